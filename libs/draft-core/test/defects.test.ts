import { describe, expect, test } from 'vitest';
import {
  type CompiledDraft,
  checkDraftName,
  compileDraft,
  draftFiles,
  findProfile,
  listProfiles,
  parseTimeline,
  readInput,
  toTimelines,
} from '../src/index.ts';
import { catalog } from './support/catalog.ts';
import {
  contentOf,
  danglingOf,
  draftOf,
  edit,
  edited,
  openedFrom,
  places,
  threeClips,
} from './support/edits.ts';
import { countingUuid, fixedNow } from './support/ids.ts';
import { facts, files, goodTimeline, timelineOf } from './support/timeline.ts';

// Mistakes that drafts of other libraries are known for, of new drafts and of changes of drafts that are there.

type Loose = Record<string, unknown>;

function run(timeline: unknown, uuid = countingUuid()): ReturnType<typeof compileDraft> {
  return compileDraft(timeline, { media: files, draftName: 'test', now: fixedNow, uuid, catalog });
}

function compile(timeline: unknown, uuid?: () => string): CompiledDraft {
  const { draft, problems } = run(timeline, uuid);
  if (draft === undefined) throw new Error(JSON.stringify(problems));
  return draft;
}

const segmentsOf = ({ content }: CompiledDraft): Loose[] =>
  (content.tracks as { segments: Loose[] }[]).flatMap(({ segments }) => segments);
const materials = ({ content }: CompiledDraft, array: string): Loose[] => content.materials[array]!;

describe('no draft of ours has this defect:', () => {
  test('two drafts have the same ids', () => {
    const uuid = countingUuid();
    const [first, second] = [compile(goodTimeline(), uuid), compile(goodTimeline(), uuid)];
    expect(first.draftId).not.toBe(second.draftId);
    expect(first.content.id).not.toBe(second.content.id);
    expect(first.meta.draft_id).toBe(first.draftId);
  });

  test('parts of a text are counted in code points', () => {
    const clips = [{ text: 'emoji 😀 end', start: 0, duration: 1 }];
    const [text] = materials(compile(timelineOf({ type: 'text', clips })), 'texts');
    expect(JSON.parse(String(text!.content)).styles[0].range).toEqual([0, 12]);
  });

  test('text and stickers refer to a speed that is not there', () => {
    const draft = compile(
      timelineOf(
        { type: 'text', clips: [{ text: 'x', start: 0, duration: 1 }] },
        { type: 'sticker', clips: [{ sticker: { id: '1' }, start: 0, duration: 1 }] },
      ),
    );
    for (const { extra_material_refs } of segmentsOf(draft)) expect(extra_material_refs).toEqual([]);
  });

  test('writing twice gives something else', () => {
    const draft = compile(goodTimeline());
    const [first, second] = [1, 2].map(() => draftFiles(draft, { kind: 'portable' }));
    expect(second).toEqual(first);
  });

  test('the type of a material contradicts its file', () => {
    const clips = ['talk.mp4', 'poster.png'].map((media, start) => ({ media, start, duration: 1 }));
    const videos = materials(compile(timelineOf({ type: 'video', clips })), 'videos');
    expect(videos.map(({ type }) => type)).toEqual(['video', 'photo']);
    for (const video of videos) expect(video).not.toHaveProperty('material_type');
  });

  test('a loop starts together with the animation at the start', () => {
    const animations = { in: { name: 'fade' }, loop: { name: 'pulse' } };
    const clips = [{ text: 'x', start: 0, duration: 1, animations }];
    const [material] = materials(compile(timelineOf({ type: 'text', clips })), 'material_animations');
    const [first, loop] = material!.animations as { start: number; duration: number }[];
    expect(loop).toMatchObject({ start: first!.duration, duration: 1_000_000 - first!.duration });
  });

  test('segments lie in the order in which they were added', () => {
    const clips = [2, 0, 1].map((start) => ({ text: String(start), start, duration: 1 }));
    const starts = segmentsOf(compile(timelineOf({ type: 'text', clips }))).map(
      ({ target_timerange }) => (target_timerange as { start: number }).start,
    );
    expect(starts).toEqual([0, 1_000_000, 2_000_000]);
  });

  test('a file that is used twice becomes two materials', () => {
    const clips = [0, 1].map((start) => ({ media: 'talk.mp4', start, duration: 1 }));
    const draft = compile(timelineOf({ type: 'video', clips }));
    expect(materials(draft, 'videos')).toHaveLength(1);
    expect(new Set(segmentsOf(draft).map(({ material_id }) => material_id)).size).toBe(1);
  });

  test('the list of media is empty and one file name is missing', () => {
    const written = draftFiles(compile(goodTimeline()), { kind: 'absolute', folder: '/drafts/test' });
    const [primary, mirror, meta] = written;
    expect(written.map(({ name }) => name)).toEqual([
      'draft_content.json',
      'draft_info.json',
      'draft_meta_info.json',
    ]);
    expect(mirror!.text).toBe(primary!.text);
    const { draft_name, draft_fold_path, draft_materials } = JSON.parse(meta!.text);
    expect([draft_name, draft_fold_path]).toEqual(['test', '/drafts/test']);
    expect(draft_materials[0].value).toHaveLength(3);
  });

  test('a relative layer is ignored', () => {
    const track = (layer: number): object => ({
      type: 'text',
      layer,
      clips: [{ text: 'x', start: 0, duration: 1 }],
    });
    const layers = segmentsOf(compile(timelineOf(track(5), track(2)))).map(
      ({ render_index }) => render_index,
    );
    expect(layers).toEqual([15_002, 15_005]);
  });

  test('a colour behind a clip carries a blur', () => {
    const clips = [
      { media: 'talk.mp4', start: 0, duration: 1, background: { type: 'color', color: '#112233' } },
    ];
    expect(materials(compile(timelineOf({ type: 'video', clips })), 'canvases')).toMatchObject([
      { type: 'canvas_color', blur: 0, color: '#112233FF' },
    ]);
  });

  test('a name that is not known is refused without a word about those that are', () => {
    const clips = [{ filter: { name: 'worm' }, start: 0, duration: 1 }];
    expect(run(timelineOf({ type: 'filter', clips })).problems).toMatchObject([
      { code: 'DR079', suggestions: ['warm'] },
    ]);
  });

  test('a name that is documented does not exist', () => {
    const shapes = ['line', 'mirror', 'circle', 'rectangle', 'heart', 'star'];
    const moon = timelineOf({
      type: 'video',
      clips: [{ media: 'talk.mp4', start: 0, mask: { shape: 'moon' } }],
    });
    // The message is where a person reads which there are.
    const [{ message } = { message: '' }] = run(moon).problems;
    for (const one of shapes) expect(message).toContain(one);
    for (const { id: profile } of listProfiles())
      for (const one of shapes) {
        const clips = [{ media: 'talk.mp4', start: 0, duration: 1, mask: { shape: one } }];
        const draft = compile({ ...timelineOf({ type: 'video', clips }), profile });
        expect(materials(draft, draft.profile.masks.array)).toMatchObject([{ type: 'mask' }]);
      }
    const { suggestions = [] } = run({ ...goodTimeline(), profile: 'capcut' }).problems[0]!;
    for (const name of suggestions) expect(() => findProfile(name)).not.toThrow();
  });

  test('subtitles end at a foreign header, a blank line, a dot or an overlap', () => {
    const srt = [
      'WEBVTT',
      '1\n00:00:00.000 --> 00:00:02.000\nfirst\n\nwith a blank line',
      '2\n00:00:01,000 --> 00:00:03,000\nover the first',
      '00:00:03,000 --> 00:00:04,000\nwithout a number',
    ].join('\n\n');
    const { timelines, problems } = toTimelines(readInput(srt, { from: 'srt' }), { facts: new Map() });
    const texts = timelines[0]!.tracks.map(({ clips }) => clips.map((clip) => 'text' in clip && clip.text));
    expect(texts).toEqual([['first\n\nwith a blank line', 'without a number'], ['over the first']]);
    expect(problems.map(({ code, severity }) => `${code} ${severity}`)).toContain('DR164 warning');
    expect(compile(timelines[0]).durationUs).toBe(4_000_000);
  });

  test('a still picture is as long as the app lists it, an animated one as long as somebody guesses', () => {
    const still = timelineOf({ type: 'video', clips: [{ media: 'poster.png', start: 0 }] });
    expect(parseTimeline(still, { facts }).problems).toMatchObject([{ code: 'DR003', severity: 'error' }]);
    const shown = timelineOf({ type: 'video', clips: [{ media: 'poster.png', start: 0, duration: 2 }] });
    expect(compile(shown).durationUs).toBe(2_000_000);
    expect(materials(compile(shown), 'videos')[0]!.duration).toBe(10_800_000_000);
    const animated = timelineOf({ type: 'video', clips: [{ media: 'blink.gif', start: 0 }] });
    expect(compile(animated).durationUs).toBe(1_200_000);
  });
});

describe('no longer accepted without a word:', () => {
  const video = (...clips: object[]): object =>
    timelineOf({
      type: 'video',
      clips: clips.map((clip) => ({ media: 'talk.mp4', start: 0, duration: 2, ...clip })),
    });
  const cut = (second: object, transition: object): object => ({
    ...video({ id: 'a' }, second),
    transitions: [{ after: 'a', name: 'wipe', ...transition }],
  });
  const curve = (points: unknown[], property = 'opacity'): object => ({ keyframes: { [property]: points } });

  test.each([
    ['a transition without a next clip', 'DR074', cut({ start: 3 }, {})],
    ['a transition longer than its clips', 'DR075', cut({ start: 2 }, { duration: 5 })],
    ['a fade longer than its clip', 'DR090', video({ fade: { in: 9 } })],
    [
      'an animation longer than its clip',
      'DR072',
      video({ animations: { out: { name: 'shrink', duration: 5 } } }),
    ],
    ['a filter of 500 percent', 'DR083', video({ filters: [{ name: 'warm', intensity: 500 }] })],
    [
      'surplus parameters on an effect track',
      'DR085',
      timelineOf({
        type: 'effect',
        clips: [{ effect: { name: 'sparkle', params: { 0: 1 } }, start: 0, duration: 1 }],
      }),
    ],
    ['a scale of one axis beside that of both', 'DR063', video({ transform: { scale: 2, scaleX: 1 } })],
    [
      'a keyframe behind its clip',
      'DR060',
      video(
        curve([
          [0, 1],
          [99, 0],
        ]),
      ),
    ],
    ['a start before 0', 'DR002', video({ start: -1 })],
    ['a speed of 0', 'DR022', video({ speed: 0 })],
    ['a negative speed', 'DR022', video({ speed: -1 })],
    ['a negative volume', 'DR028', video({ volume: -3 })],
    ['a main track that starts late', 'DR006', video({ start: 1 })],
    ['a clip without a length', 'DR003', video({ duration: 0 })],
    ['a time without a unit', 'DR005', video({ start: '5' })],
    ['an empty time', 'DR005', video({ start: '' })],
    ['a time with digits behind its unit', 'DR005', video({ start: '1s500' })],
    ['a mix mode that is set again', 'DR053', video({ mixMode: [{ name: 'screen' }, { name: 'screen' }] })],
    ['clips that overlap', 'DR001', video({}, { start: 1 })],
    ['more of a file than it has', 'DR020', video({ source: { start: 9 } })],
    [
      'an opacity of 5',
      'DR062',
      video(
        curve([
          [0, 5],
          [1, 1],
        ]),
      ),
    ],
    ['a second mask', 'DR045', video({ mask: [{ shape: 'star' }, { shape: 'heart' }] })],
    ['a name that no list has', 'DR079', video({ animations: { in: { name: 'nothing like it' } } })],
    ['a field that nothing reads', 'DR162', video({ croop: {} })],
  ])('%s: %s', (_, code, timeline) => {
    expect(run(timeline).problems.map((problem) => problem.code)).toContain(code);
  });

  test('a name that leaves the folder of the drafts: DR150', () => {
    expect(checkDraftName('../x')).toMatchObject([{ code: 'DR150', severity: 'error' }]);
  });

  test('"500ms" is a time like any other', () => {
    expect(compile(video({ duration: '500ms' })).durationUs).toBe(500_000);
  });
});

describe('no edit of ours has this defect:', () => {
  const texts = () =>
    draftOf(timelineOf({ type: 'text', name: 'words', clips: [{ text: 'hi', start: 0, duration: 4 }] }), {
      name: 'other',
    });
  const shorter = { op: 'replace-media', clip: { name: 'b.mp4' }, media: 'one.mp4' } as const;

  test('a track of texts cannot be copied, because its speeds are not there', () => {
    const after = edited(threeClips(), [{ op: 'copy-track', from: 'o', track: 'words' }], {
      drafts: new Map([['o', texts()]]),
    });
    expect(danglingOf(contentOf(after))).toEqual([]);
    expect(contentOf(after).materials.texts).toHaveLength(1);
  });

  test('a copied track that plays later does not make the draft longer', () => {
    const after = edited(threeClips(), [{ op: 'copy-track', from: 'o', track: 0, offset: '3s' }], {
      drafts: new Map([['o', texts()]]),
    });
    expect(contentOf(after).duration).toBe(7_000_000);
  });

  test('a new file in a clip does not change the total length', () => {
    const aligned = edited(threeClips(), [{ ...shorter, shrink: 'cut_tail_align' }]);
    expect(contentOf(aligned).duration).toBe(5_000_000);
  });

  test('a cut head moves the start, keeps the length, and the clip overlaps the next', () => {
    expect(places(edited(threeClips(), [{ ...shorter, shrink: 'cut_head' }]))[1]).toEqual([3, 1]);
  });

  test('saving twice doubles what was copied', () => {
    const copied = edited(threeClips(), [{ op: 'copy-track', from: 'o', track: 0 }], {
      drafts: new Map([['o', texts()]]),
    });
    expect(edit(copied, []).timeline).toBeUndefined();
    const again = edited(copied, [{ op: 'volume', track: 'main', volume: 1 }]);
    expect(again.timeline!.text).toBe(copied.timeline!.text);
  });

  test('a replaced image stays a photo', () => {
    const still = draftOf(
      timelineOf({ type: 'video', clips: [{ media: 'poster.png', start: 0, duration: 1 }] }),
    );
    const [video] = contentOf(edited(still, [{ op: 'replace-media', name: 'poster.png', media: 'a.mp4' }]))
      .materials.videos as Loose[];
    expect(video).toMatchObject({ type: 'video' });
    expect(video).not.toHaveProperty('material_type');
  });

  test('a loop goes on from the start of the clip when its length changes', () => {
    const animations = { in: { name: 'fade' }, loop: { name: 'pulse' } };
    const before = draftOf(
      timelineOf({ type: 'text', clips: [{ text: 'x', start: 0, duration: 2, animations }] }),
    );
    const after = edited(before, [{ op: 'trim', clip: { name: 'x' }, duration: '3s' }]);
    const [first, loop] = contentOf(after).materials.material_animations[0].animations;
    expect(loop).toMatchObject({ start: first.duration, duration: 3_000_000 - first.duration });
  });

  test('the layer of a new track is ignored', () => {
    const clips = [{ text: 'over', start: 0, duration: 1 }];
    const layerOf = (track: object): number =>
      contentOf(
        edited(texts(), [{ op: 'add', track: { type: 'text', clips, ...track } as never }]),
      ).tracks.at(-1).segments[0].render_index;
    expect(layerOf({ layer: 7 })).toBe(15007);
    expect(layerOf({ absoluteLayer: 20_000 })).toBe(20_000);
    expect(layerOf({})).toBe(15001);
  });

  test('names that are not exact are guessed, unknown tracks make a draft unreadable', () => {
    const content = contentOf(threeClips());
    content.tracks.push({ id: 'x', type: 'hologram', segments: [] });
    const odd = openedFrom(JSON.stringify(content));
    expect(edit(odd, [{ op: 'volume', track: 'main', volume: 0.5 }]).problems).toEqual([]);
    const [problem] = edit(odd, [{ op: 'volume', track: 'Main', volume: 0.5 }]).problems;
    expect(problem).toMatchObject({ code: 'DR165', suggestions: ['main'] });
  });
});
