import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type DraftEdit, JsonDocument, lintDraft, type OpenedDraft } from '../src/index.ts';
import { editDraftFolder, openDraft, renameDraft } from '../src/node/index.ts';
import { lintFolder, makeDraft } from './support/draft-folder.ts';
import { type Any, contentOf, danglingOf, draftOf, edit, edited, metaOf, places } from './support/edits.ts';
import { timelineOf } from './support/timeline.ts';

const second = 1_000_000;

/** Clips of two seconds that touch, each but the last with a transition of half a second. */
function linked(...names: string[]): OpenedDraft {
  const clips = names.map((name, index) => ({
    id: name,
    media: `${name}.mp4`,
    start: 2 * index,
    duration: 2,
  }));
  const transitions = names
    .slice(0, -1)
    .map((after) => ({ after, id: `t-${after}`, effectId: '1', duration: 0.5 }));
  return draftOf({ ...timelineOf({ type: 'video', name: 'main', clips }), transitions });
}

/** The resource ids of the transitions, by the place of the clip they leave. */
function transitionsOf(opened: OpenedDraft): Record<number, string[]> {
  const { materials, tracks } = contentOf(opened);
  return Object.fromEntries(
    tracks[0].segments.flatMap(({ extra_material_refs: refs }: Any, index: number) => {
      const found = materials.transitions.filter(({ id }: Any) => refs.includes(id));
      return found.length === 0 ? [] : [[index, found.map(({ resource_id: id }: Any) => id)]];
    }),
  );
}

const messages = (opened: OpenedDraft, edits: DraftEdit[]): string[] =>
  edit(opened, edits).problems.map(({ code, severity, message }) => `${severity} ${code} ${message}`);

describe('a range is cut out around a transition', () => {
  const cut = (start: number, end: number, more = {}): DraftEdit[] => [
    { op: 'cut', start: start * second, end: end * second, ...more },
  ];

  test('what is left of both clips touches: it stays, without a word', () => {
    const edits = cut(1, 3);
    const after = edited(linked('a', 'b'), edits);
    expect(places(after)).toEqual([
      [0, 1],
      [1, 1],
    ]);
    expect(transitionsOf(after)).toEqual({ 0: ['t-a'] });
    expect(contentOf(after).materials.transitions).toHaveLength(1);
    expect(messages(linked('a', 'b'), edits)).toEqual([]);
  });

  test('the end of the first clip, the start of the second', () => {
    expect(transitionsOf(edited(linked('a', 'b', 'c'), cut(1, 2)))).toEqual({ 0: ['t-a'], 1: ['t-b'] });
    expect(transitionsOf(edited(linked('a', 'b', 'c'), cut(2, 3)))).toEqual({ 0: ['t-a'], 1: ['t-b'] });
    expect(transitionsOf(edited(linked('a', 'b', 'c'), cut(0.5, 1)))).toEqual({ 1: ['t-a'], 2: ['t-b'] });
  });

  test('it is longer than what is left: cut to that, and told', () => {
    const edits: DraftEdit[] = [{ op: 'cut', start: '300ms', end: '3s' }];
    const after = edited(linked('a', 'b'), edits);
    expect(contentOf(after).materials.transitions[0].duration).toBe(300_000);
    expect(messages(linked('a', 'b'), edits)).toEqual([expect.stringMatching(/^warning DR075 .*"a.mp4"/)]);
  });

  test('a gap is left, or nothing follows: it goes, and is named', () => {
    for (const edits of [cut(1, 3, { ripple: false }), cut(1, 4)]) {
      const after = edited(linked('a', 'b'), edits);
      expect(transitionsOf(after)).toEqual({});
      expect(contentOf(after).materials.transitions).toEqual([]);
      expect(messages(linked('a', 'b'), edits)).toEqual([
        expect.stringMatching(/^warning DR074 the transition after "a.mp4" at 0 s .*was removed/),
      ]);
    }
  });

  test('a clip goes as a whole: so does what led out of it, and is named', () => {
    const edits = cut(2, 4);
    expect(transitionsOf(edited(linked('a', 'b', 'c'), edits))).toEqual({ 0: ['t-a'] });
    expect(messages(linked('a', 'b', 'c'), edits)).toEqual([
      expect.stringMatching(/^warning DR074 the transition after "b.mp4" .*was removed/),
    ]);
    // Nobody misses a transition between clips that are both gone.
    expect(messages(linked('a', 'b', 'c'), cut(0, 6))).toEqual([]);
  });
});

describe('a file that is there already', () => {
  const other = (): OpenedDraft =>
    draftOf(
      timelineOf(
        { type: 'video', name: 'main', clips: [{ media: 'a.mp4', start: 0, duration: 1 }] },
        { type: 'video', name: 'over', clips: [{ media: 'c.mp4', start: 0, duration: 1 }] },
        { type: 'text', name: 'words', clips: [{ text: 'x', start: 0, duration: 1 }] },
      ),
      { name: 'other' },
    );
  const ports = { drafts: new Map([['o', other()]]) };
  const namesOf = (opened: OpenedDraft): string[] => contentOf(opened).tracks.map(({ name }: Any) => name);
  const duplicates = (opened: OpenedDraft) =>
    lintDraft(opened).filter(({ code }) => ['DR035', 'DR011', 'DR014', 'DR030', 'DR032'].includes(code));

  test.each<[string, DraftEdit[], string[]]>([
    ['concat', [{ op: 'concat', from: 'o' }], ['main', 'over', 'words']],
    [
      'concat on new tracks',
      [{ op: 'concat', from: 'o', tracks: 'new' }],
      ['main', 'main_2', 'over', 'words'],
    ],
    [
      'copy-track, twice',
      [
        { op: 'copy-track', from: 'o', track: 'main' },
        { op: 'copy-track', from: 'o', track: 'main' },
      ],
      ['main', 'main_2', 'main_3'],
    ],
    [
      'copy-track with a name',
      [{ op: 'copy-track', from: 'o', track: 'main', name: 'second' }],
      ['main', 'second'],
    ],
  ])('%s uses it again, and no two tracks have one name', (_, edits, names) => {
    const after = edited(linked('a', 'b'), edits, ports);
    expect(namesOf(after).sort()).toEqual(names);
    expect(duplicates(after)).toEqual([]);
    const files = contentOf(after).materials.videos.map(({ path }: Any) => path);
    expect(new Set(files).size).toBe(files.length);
    expect(metaOf(after).draft_materials[0].value).toHaveLength(files.length);
  });

  test('a name that is asked for and taken is an error', () => {
    const edits: DraftEdit[] = [{ op: 'copy-track', from: 'o', track: 'over', name: 'main' }];
    expect(edit(linked('a', 'b'), edits, ports).problems).toMatchObject([
      { code: 'DR011', severity: 'error' },
    ]);
  });

  test('a new clip of a file that is shown in another way gets a material of its own', () => {
    const content = contentOf(linked('a', 'b'));
    content.materials.videos[0].matting = { flag: 3 };
    const cut = { ...linked('a', 'b'), timeline: new JsonDocument(JSON.stringify(content), 'x') };
    const clips = [{ media: 'a.mp4', start: 4, duration: 1 }];
    const track = { type: 'video', clips } as Extract<DraftEdit, { op: 'add' }>['track'];
    const add: DraftEdit[] = [{ op: 'add', track, timeUnit: 's' }];
    expect(contentOf(edited(cut, add)).materials.videos).toHaveLength(3);
    expect(contentOf(edited(linked('a', 'b'), add)).materials.videos).toHaveLength(2);
  });

  test('two clips get the same new file: one material; one that was there twice before stays so', () => {
    const twice = edited(linked('a', 'b'), [
      { op: 'replace-media', clip: { track: 0, index: 0 }, media: 'four.mp4' },
      { op: 'replace-media', clip: { track: 0, index: 1 }, media: 'four.mp4' },
    ]);
    expect(contentOf(twice).materials.videos).toHaveLength(1);
    expect(duplicates(twice)).toEqual([]);
    const before = linked('a', 'b');
    const content = contentOf(before);
    content.materials.videos.push({ ...content.materials.videos[0], id: 'again' });
    content.tracks[0].segments[1].material_id = 'again';
    const doubled = { ...before, timeline: new JsonDocument(JSON.stringify(content), 'x') };
    const moved = edited(doubled, [{ op: 'volume', clip: { track: 0, index: 0 }, volume: 0.5 }]);
    expect(contentOf(moved).materials.videos).toEqual(content.materials.videos);
  });
});

describe('clips of a draft for another app', () => {
  const theirs = (): OpenedDraft =>
    draftOf(
      timelineOf(
        {
          type: 'video',
          name: 'main',
          clips: [
            {
              media: 'talk.mp4',
              start: 0,
              duration: 2,
              mask: { shape: 'heart' },
              animations: { in: { name: 'zoom' } },
            },
          ],
        },
        { type: 'filter', name: 'look', clips: [{ filter: { name: 'cool' }, start: 0, duration: 1 }] },
      ),
      { name: 'other' },
    );
  const ports = { drafts: new Map([['o', theirs()]]) };
  const ours = (): OpenedDraft =>
    draftOf(
      timelineOf({
        type: 'video',
        name: 'own',
        clips: [{ media: 'a.mp4', start: 0, duration: 1, mask: { shape: 'circle' } }],
      }),
      { profile: 'capcut-win' },
    );

  test.each<DraftEdit[]>([
    [{ op: 'concat', from: 'o', tracks: 'new' }],
    [
      { op: 'copy-track', from: 'o', track: 'main' },
      { op: 'copy-track', from: 'o', track: 'look' },
    ],
  ])('get what this app has instead, and the rest is told: %j', (...edits) => {
    const { problems } = edit(ours(), edits, ports);
    expect(problems.map(({ code, message }) => `${code} ${message}`)).toEqual([
      'DR157 filter "cool" is a resource of jianying: capcut ignores it',
    ]);
    const after = edited(ours(), edits, ports);
    const { materials, tracks } = contentOf(after);
    expect(materials.masks ?? []).toEqual([]);
    expect(materials.common_mask.map(({ resource_type: type }: Any) => type)).toEqual(['circle', 'heart']);
    expect(materials.material_animations.at(-1).animations[0]).toMatchObject({ name: 'Zoom', id: '1201' });
    const copy = tracks.find(({ name }: Any) => name === 'main');
    expect(copy.segments[0].enable_video_mask).toBe(true);
    expect(lintDraft(after).filter(({ code }) => ['DR047', 'DR081', 'DR017'].includes(code))).toEqual([]);
  });

  test('a reference that leads nowhere stays behind', () => {
    const other = linked('a');
    const content = contentOf(other);
    content.tracks[0].segments[0].extra_material_refs.push('nowhere');
    const broken = { ...other, timeline: new JsonDocument(JSON.stringify(content), 'x') };
    const after = edited(linked('b'), [{ op: 'concat', from: 'o' }], { drafts: new Map([['o', broken]]) });
    expect(danglingOf(contentOf(after))).toEqual([]);
  });

  test('a new track is on a layer where no other is, whatever its type', () => {
    const sticker = { sticker: { id: '5', effectId: '5' }, start: 0, duration: 1 };
    const other = draftOf(timelineOf({ type: 'sticker', name: 'fun', clips: [sticker] }), { name: 'other' });
    const before = linked('a', 'b');
    const content = contentOf(before);
    const layer = contentOf(other).tracks[0].segments[0].render_index;
    for (const segment of content.tracks[0].segments) segment.render_index = layer;
    const ownPorts = { drafts: new Map([['o', other]]) };
    const drawn = { ...before, timeline: new JsonDocument(JSON.stringify(content), 'x') };
    for (const one of [
      { op: 'copy-track', from: 'o', track: 'fun' },
      { op: 'concat', from: 'o' },
    ] as DraftEdit[]) {
      const after = edited(drawn, [one], ownPorts);
      expect(lintDraft(after).filter(({ code }) => code === 'DR017')).toEqual([]);
    }
  });
});

describe('a draft folder after edits', () => {
  let parent: string;
  beforeEach(async () => {
    parent = await mkdtemp(join(tmpdir(), 'aftermath-'));
  });
  afterEach(() => rm(parent, { recursive: true, force: true }));

  const change = async (folder: string, edits: DraftEdit[]): Promise<string[]> => {
    await editDraftFolder(await openDraft(folder), edits, {
      now: () => 1_790_000_000_000,
      uuid: crypto.randomUUID,
    });
    const found = await lintFolder(folder);
    return found.map(({ code, message }) => `${code} ${message}`);
  };

  test('what the file about it says keeps up with the files that are played', async () => {
    const folder = await makeDraft(parent);
    const clean = await lintFolder(folder).then((found) => found.map(({ code }) => code));
    const isNew = (found: string[]) => found.filter((one) => !clean.includes(one.split(' ')[0]!));
    expect(isNew(await change(folder, [{ op: 'delete', clip: { name: 'walk.mp4' } }]))).toEqual([]);
    expect(isNew(await change(folder, [{ op: 'delete', clip: { name: 'poster.png' } }]))).toEqual([]);
    const renamed = await renameDraft(await openDraft(folder), 'other', {
      now: () => 1_790_000_000_000,
      uuid: () => crypto.randomUUID(),
    });
    expect((await lintFolder(renamed)).map(({ code }) => code)).toEqual(clean);
  });

  test('nothing is left of it: the linter has nothing to say', async () => {
    const folder = await makeDraft(parent);
    const clips = ['talk.mp4', 'walk.mp4', 'poster.png', 'song.mp3', 'Hello 😀 world', '第二句'];
    const found = await change(
      folder,
      clips.map((name) => ({ op: 'delete', clip: { name } })),
    );
    expect(found).toEqual([]);
    const { timeline } = await openDraft(folder);
    expect(contentOf({ timeline } as OpenedDraft)).toMatchObject({ duration: 0, tracks: [] });
  });
});
