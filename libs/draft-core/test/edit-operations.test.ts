import { createCatalog } from '@cozecut/catalog';
import { describe, expect, test } from 'vitest';
import { type DraftEdit, findProfile, lintDraft, listDraft, type OpenedDraft } from '../src/index.ts';
import { catalogRows } from './support/catalog.ts';
import {
  type Any,
  contentOf,
  danglingOf,
  draftOf,
  edit,
  edited,
  idsOf,
  metaOf,
  openedFrom,
  places,
  threeClips,
} from './support/edits.ts';
import { timelineOf } from './support/timeline.ts';

const codes = (opened: OpenedDraft, edits: DraftEdit[], ports = {}): string[] =>
  edit(opened, edits, ports).problems.map(({ code, severity }) => `${severity} ${code}`);
const errorsOf = (opened: OpenedDraft): string[] =>
  lintDraft(opened)
    .filter(({ severity }) => severity === 'error')
    .map(({ code, message }) => `${code} ${message}`)
    // The drafts lie nowhere and are not listed.
    .filter((text) => !/^DR(?:147|120|142|122)/.test(text));
const segment = (opened: OpenedDraft, index: number, track = 0): Any =>
  contentOf(opened).tracks[track].segments[index];
const companion = (opened: OpenedDraft, array: string, index: number, track = 0): Any =>
  contentOf(opened).materials[array].find(({ id }: Any) =>
    segment(opened, index, track).extra_material_refs.includes(id),
  );

/** One clip with a bit of everything that has to follow its ends. */
function richClip(): OpenedDraft {
  return draftOf(
    timelineOf({
      type: 'video',
      name: 'main',
      clips: [
        {
          media: 'talk.mp4',
          start: 0,
          source: { start: 1, duration: 4 },
          speed: 2,
          fade: { in: 0.3, out: 0.4 },
          animations: {
            in: { id: '1', effectId: '1', duration: 0.4 },
            out: { id: '2', effectId: '2', duration: 0.6 },
          },
          keyframes: {
            positionX: [
              [0, 0],
              [2, 1],
            ],
            opacity: [
              [0.5, 0.2],
              [1.5, 0.8],
            ],
          },
        },
        { media: 'a.mp4', start: 2, duration: 1 },
      ],
    }),
  );
}

describe('split', () => {
  const after = edited(richClip(), [{ op: 'split', clip: { name: 'talk.mp4' }, at: '0.5s' }]);

  test('both parts play what the whole played', () => {
    expect(places(after)).toEqual([
      [0, 0.5],
      [0.5, 1.5],
      [2, 1],
    ]);
    expect(segment(after, 0).source_timerange).toEqual({ start: 1_000_000, duration: 1_000_000 });
    expect(segment(after, 1).source_timerange).toEqual({ start: 2_000_000, duration: 3_000_000 });
    expect(companion(after, 'speeds', 1).speed).toBe(2);
  });

  test('curves go on where they were cut', () => {
    const curve = (index: number, type: string) =>
      segment(after, index)
        .common_keyframes.find(({ property_type }: Any) => property_type === type)
        .keyframe_list.map(({ time_offset, values }: Any) => [time_offset / 1e6, ...values]);
    expect(curve(0, 'KFTypePositionX')).toEqual([
      [0, 0],
      [0.5, 0.25],
    ]);
    expect(curve(1, 'KFTypePositionX')).toEqual([
      [0, 0.25],
      [1.5, 1],
    ]);
    expect(curve(0, 'KFTypeAlpha')).toEqual([[0.5, 0.2]]);
    expect(curve(1, 'KFTypeAlpha')).toEqual([
      [0, 0.2],
      [1, 0.8],
    ]);
    expect(segment(after, 1).clip.transform.x).toBe(0.25);
  });

  test('the beginning stays with the first part, the end with the second', () => {
    expect(companion(after, 'audio_fades', 0)).toMatchObject({
      fade_in_duration: 300_000,
      fade_out_duration: 0,
    });
    expect(companion(after, 'audio_fades', 1)).toMatchObject({
      fade_in_duration: 0,
      fade_out_duration: 400_000,
    });
    const animations = (index: number) =>
      companion(after, 'material_animations', index).animations.map(({ type, start, duration }: Any) => [
        type,
        start,
        duration,
      ]);
    expect(animations(0)).toEqual([['in', 0, 400_000]]);
    expect(animations(1)).toEqual([['out', 900_000, 600_000]]);
  });

  test('nothing is shared and nothing is lost', () => {
    const ids = idsOf(contentOf(after));
    expect(new Set(ids).size).toBe(ids.length);
    expect(danglingOf(contentOf(after))).toEqual([]);
    expect(errorsOf(after)).toEqual([]);
  });

  test('an eased curve keeps its way', () => {
    const keyframes = {
      positionX: [
        [0, 0, 'ease-in-out'],
        [2, 1],
      ],
    };
    const before = draftOf(
      timelineOf({ type: 'video', clips: [{ media: 'talk.mp4', start: 0, duration: 2, keyframes }] }),
    );
    const [first, second] = [0, 1].map((index) => {
      const one = edited(before, [{ op: 'split', clip: { name: 'talk.mp4' }, at: '1s' }]);
      return segment(one, index).common_keyframes[0].keyframe_list;
    });
    expect(first[1].values[0]).toBeCloseTo(0.5, 6);
    expect(second[0].values[0]).toBeCloseTo(0.5, 6);
    expect(first[0].right_control.x).toBe(420_000);
    expect(first[1].left_control.x).toBeLessThan(0);
    expect(second[0].right_control.x).toBeGreaterThan(0);
  });

  test('the transition stays with the part that leaves', () => {
    const before = draftOf({
      ...timelineOf({
        type: 'video',
        clips: [
          { id: 'x', media: 'talk.mp4', start: 0, duration: 4 },
          { id: 'y', media: 'talk.mp4', start: 4, duration: 4, source: { start: 4 } },
        ],
      }),
      transitions: [{ after: 'x', id: '5', effectId: '5', duration: 0.5 }],
    });
    const parts = edited(before, [{ op: 'split', clip: { track: 0, index: 0 }, at: '2s' }]);
    expect(companion(parts, 'transitions', 0)).toBeUndefined();
    expect(companion(parts, 'transitions', 1)).toBeDefined();
    expect(contentOf(parts).materials.transitions).toHaveLength(1);
    const gone = edit(parts, [{ op: 'delete', clip: { track: 0, index: 2 } }]);
    expect(gone.problems.map(({ code }) => code)).toEqual(['DR074']);
    expect((gone.timeline!.value(0) as Any).materials.transitions).toEqual([]);
  });

  test.each(['0s', '2s', '5s'])('not at %s, which is not inside', (at) => {
    expect(codes(richClip(), [{ op: 'split', clip: { name: 'talk.mp4' }, at }])).toEqual(['error DR165']);
  });
});

describe('trim and speed', () => {
  test('a later start skips as much of the file', () => {
    const after = edited(richClip(), [{ op: 'trim', clip: { name: 'talk.mp4' }, start: '0.5s' }]);
    expect(places(after)[0]).toEqual([0.5, 1.5]);
    expect(segment(after, 0).source_timerange).toEqual({ start: 2_000_000, duration: 3_000_000 });
    expect(errorsOf(after)).toEqual([]);
  });

  test('a later end with ripple pushes what follows; more than there is is refused', () => {
    const longer = { op: 'trim', clip: { name: 'talk.mp4' }, duration: '4s', ripple: true } as const;
    const after = edited(richClip(), [longer]);
    expect(places(after)).toEqual([
      [0, 4],
      [4, 1],
    ]);
    expect(segment(after, 0).source_timerange.duration).toBe(8_000_000);
    expect(contentOf(after).duration).toBe(5_000_000);
    expect(codes(richClip(), [{ ...longer, duration: '5s' }])).toEqual(['error DR020']);
    expect(codes(richClip(), [{ ...longer, ripple: false }])).toEqual(['error DR001']);
  });

  test('a speed changes the length and what is measured by it', () => {
    const after = edited(richClip(), [{ op: 'speed', clip: { name: 'talk.mp4' }, speed: 4, ripple: true }]);
    expect(places(after)).toEqual([
      [0, 1],
      [1, 1],
    ]);
    expect(segment(after, 0)).toMatchObject({
      speed: 4,
      source_timerange: { start: 1_000_000, duration: 4_000_000 },
    });
    expect(companion(after, 'speeds', 0).speed).toBe(4);
    const times = segment(after, 0).common_keyframes[0].keyframe_list.map(
      ({ time_offset }: Any) => time_offset,
    );
    expect(times).toEqual([0, 1_000_000]);
    const { animations } = companion(after, 'material_animations', 0);
    expect(animations[1]).toMatchObject({ start: 400_000, duration: 600_000 });
    expect(errorsOf(after)).toEqual([]);
  });

  test('a still has no speed, nothing has speed 0, a curve of speed is not cut', () => {
    const still = draftOf(
      timelineOf({ type: 'video', clips: [{ media: 'poster.png', start: 0, duration: 1 }] }),
    );
    expect(codes(still, [{ op: 'speed', clip: { track: 0, index: 0 }, speed: 2 }])).toEqual(['error DR025']);
    expect(codes(richClip(), [{ op: 'speed', clip: { track: 0, index: 0 }, speed: 0 }])).toEqual([
      'error DR022',
    ]);
    const curved = openedFrom(
      richClip().timeline!.text.replace('"curve_speed":null', '"curve_speed":{"speed_points":[]}'),
    );
    expect(codes(curved, [{ op: 'split', clip: { track: 0, index: 0 }, at: '1s' }])).toEqual(['error DR027']);
  });
});

describe('delete and duplicate', () => {
  test('what only the clip used goes, what others use stays', () => {
    const clips = [0, 1].map((start) => ({ media: 'song.mp3', start, duration: 1, fade: { in: 0.1 } }));
    const before = draftOf(
      timelineOf({ type: 'audio', clips }, { type: 'text', clips: [{ text: 'x', start: 0, duration: 1 }] }),
    );
    const unused = { id: 'unused', type: 'canvas_color' };
    const content = contentOf(before);
    content.materials.canvases.push(unused);
    const one = edited(openedFrom(JSON.stringify(content)), [{ op: 'delete', clip: { track: 0, index: 0 } }]);
    const left = contentOf(one).materials;
    expect([left.audios.length, left.speeds.length, left.audio_fades.length]).toEqual([1, 1, 1]);
    expect(left.canvases).toEqual([unused]);
    const none = edited(one, [{ op: 'delete', clip: { track: 0, index: 0 } }]);
    expect(contentOf(none).materials).toMatchObject({
      audios: [],
      speeds: [],
      audio_fades: [],
      canvases: [unused],
    });
    expect(contentOf(none).tracks.map(({ type }: Any) => type)).toEqual(['text']);
  });

  test('with ripple the gap is closed', () => {
    const after = edited(threeClips(), [{ op: 'delete', clip: { name: 'b.mp4' }, ripple: true }]);
    expect(places(after)).toEqual([
      [0, 2],
      [2, 2],
    ]);
    expect(metaOf(after).tm_duration).toBe(4_000_000);
  });

  test('a copy has ids of its own and shares only its file', () => {
    const after = edited(richClip(), [{ op: 'duplicate', clip: { name: 'talk.mp4' }, ripple: true }]);
    expect(places(after)).toEqual([
      [0, 2],
      [2, 2],
      [4, 1],
    ]);
    const ids = idsOf(contentOf(after));
    expect(new Set(ids).size).toBe(ids.length);
    expect(contentOf(after).materials.videos).toHaveLength(2);
    expect(codes(richClip(), [{ op: 'duplicate', clip: { name: 'talk.mp4' } }])).toEqual(['error DR001']);
  });

  test('a copy of a text can say something else', () => {
    const before = draftOf(timelineOf({ type: 'text', clips: [{ text: 'one', start: 0, duration: 1 }] }));
    const after = edited(before, [
      { op: 'duplicate', clip: { name: 'one' } },
      { op: 'replace-text', clip: { track: 0, index: 1 }, text: 'two' },
    ]);
    expect(listDraft(after.timeline!).tracks[0]!.clips.map(({ name }) => name)).toEqual(['one', 'two']);
  });
});

describe('text', () => {
  const ranges = [
    { start: 0, end: 4, style: { bold: true } },
    { start: 4, end: 6, style: { italic: true } },
  ];
  const before = draftOf(
    timelineOf({ type: 'text', clips: [{ text: 'boldit..', start: 0, duration: 1, ranges }] }),
  );
  const say = (text: string): Any => {
    const after = edited(before, [{ op: 'replace-text', clip: { track: 0, index: 0 }, text }]);
    return JSON.parse(contentOf(after).materials.texts[0].content);
  };
  const rangesOf = (content: Any): number[][] => content.styles.map(({ range }: Any) => range);

  test('parts keep their share', () => {
    expect(rangesOf(say('twice as long as'))).toEqual([
      [0, 8],
      [8, 12],
      [12, 16],
    ]);
    expect(rangesOf(say('four'))).toEqual([
      [0, 2],
      [2, 3],
      [3, 4],
    ]);
    expect(say('four').text).toBe('four');
  });

  test('no part begins inside of a character, and none is empty', () => {
    expect(rangesOf(say('😀😀😀'))).toEqual([
      [0, 2],
      [2, 4],
      [4, 6],
    ]);
    // Flags and families are several code points each.
    expect(rangesOf(say('🇩🇪👨‍👩‍👧é!'))).toEqual([
      [0, 12],
      [12, 13],
      [13, 14],
    ]);
    expect(rangesOf(say('😀'))).toEqual([[0, 2]]);
    expect(rangesOf(say('a'))).toEqual([[0, 1]]);
  });

  test('ranges in bytes become ranges in UTF-16 units', () => {
    const content = contentOf(before);
    const text = JSON.parse(content.materials.texts[0].content);
    for (const style of text.styles) style.range = style.range.map((at: number) => 2 * at);
    content.materials.texts[0].content = JSON.stringify(text);
    const after = edited(openedFrom(JSON.stringify(content)), [
      { op: 'replace-text', clip: { track: 0, index: 0 }, text: 'BOLDIT..' },
    ]);
    expect(rangesOf(JSON.parse(contentOf(after).materials.texts[0].content))).toEqual([
      [0, 4],
      [4, 6],
      [6, 8],
    ]);
  });

  test('a template takes as many texts as it has, a text one, and none is empty', () => {
    const content = contentOf(before);
    const [text] = content.materials.texts;
    const second = { ...text, id: 'second' };
    content.materials.texts.push(second);
    content.materials.text_templates = [
      {
        id: 'template',
        name: 'T',
        text_info_resources: [text.id, 'second'].map((id) => ({ text_material_id: id })),
      },
    ];
    content.tracks[0].segments[0].material_id = 'template';
    const template = openedFrom(JSON.stringify(content));
    const clip = { track: 0, index: 0 };
    const after = edited(template, [{ op: 'replace-text', clip, text: ['eins', 'zwei'] }]);
    expect(contentOf(after).materials.texts.map((one: Any) => JSON.parse(one.content).text)).toEqual([
      'eins',
      'zwei',
    ]);
    expect(codes(template, [{ op: 'replace-text', clip, text: ['1', '2', '3'] }])).toEqual(['error DR165']);
    expect(codes(before, [{ op: 'replace-text', clip, text: ['1', '2'] }])).toEqual(['error DR165']);
    expect(codes(before, [{ op: 'replace-text', clip, text: ' ' }])).toEqual(['error DR102']);
    const copy = edited(template, [{ op: 'duplicate', clip }]);
    expect(contentOf(copy).materials.texts).toHaveLength(4);
    const gone = edited(template, [{ op: 'delete', clip }]);
    expect(contentOf(gone).materials).toMatchObject({ texts: [], text_templates: [] });
  });
});

describe('add', () => {
  test('clips are written as the compiler writes them', () => {
    const before = threeClips();
    const after = edited(before, [
      {
        op: 'add',
        to: 'main',
        track: { type: 'video', clips: [{ media: 'talk.mp4', start: '6s', duration: '1s' }] },
      },
      {
        op: 'add',
        timeUnit: 's',
        track: { type: 'text', name: 'titles', clips: [{ text: 'Hi', start: 0, duration: 2 }] },
      },
    ]);
    expect(places(after)).toEqual([
      [0, 2],
      [2, 2],
      [4, 2],
      [6, 1],
    ]);
    expect(contentOf(after).tracks.map(({ type, name }: Any) => [type, name])).toEqual([
      ['video', 'main'],
      ['text', 'titles'],
    ]);
    expect(contentOf(after).duration).toBe(7_000_000);
    const [entry] = metaOf(after).draft_materials[0].value.slice(-1);
    const video = contentOf(after).materials.videos.at(-1);
    expect(entry).toMatchObject({ file_Path: video.path, id: video.local_material_id });
    expect(video.path).toMatch(/^\/drafts\/test\/assets\/video\//);
    expect(metaOf(after).draft_timeline_materials_size_).toBe(
      metaOf(before).draft_timeline_materials_size_ + 1008,
    );
    expect(errorsOf(after)).toEqual([]);
  });

  test('a file that the draft has is not added again', () => {
    const after = edit(threeClips(), [
      {
        op: 'add',
        to: 'main',
        track: { type: 'video', clips: [{ media: 'a.mp4', start: '6s', duration: '1s' }] },
      },
    ]);
    const content = after.timeline!.value(0) as Any;
    expect(content.materials.videos).toHaveLength(3);
    expect(danglingOf(content)).toEqual([]);
  });

  test('a mistake in a clip and a wrong track change nothing', () => {
    const clip = { media: 'talk.mp4', start: '1s', duration: '1s' };
    const track = { type: 'video' as const, clips: [clip] };
    expect(codes(threeClips(), [{ op: 'add', to: 'main', track }])).toEqual(['error DR001']);
    expect(codes(threeClips(), [{ op: 'add', to: 'main', track: { type: 'text', clips: [] } }])).toEqual([
      'error DR010',
    ]);
    expect(
      codes(threeClips(), [{ op: 'add', track: { type: 'video', clips: [{ ...clip, speed: -1 }] } }]),
    ).toEqual(['error DR022']);
  });
});

describe('whole drafts', () => {
  const other = (): OpenedDraft =>
    draftOf(
      timelineOf(
        {
          type: 'video',
          name: 'main',
          clips: [{ media: 'talk.mp4', start: 0, duration: 3, fade: { in: 1 } }],
        },
        { type: 'text', name: 'words', clips: [{ text: 'there', start: 1, duration: 1 }] },
      ),
      { name: 'other' },
    );
  const ports = () => ({ drafts: new Map([['o', other()]]) });

  test('one is appended to another, with its files', () => {
    const result = edit(threeClips(), [{ op: 'concat', from: 'o' }], ports());
    const after = edited(threeClips(), [{ op: 'concat', from: 'o' }], ports());
    expect(places(after)).toEqual([
      [0, 2],
      [2, 2],
      [4, 2],
      [6, 3],
    ]);
    expect(places(after, 1)).toEqual([[7, 1]]);
    expect(contentOf(after).duration).toBe(9_000_000);
    const video = contentOf(after).materials.videos.at(-1);
    expect(result.files).toEqual([
      {
        from: video.path.replace('/drafts/test/', '/drafts/other/'),
        path: video.path.replace('/drafts/test/', ''),
        bytes: other().entries.get(video.path.replace('/drafts/test/', ''))!.bytes,
      },
    ]);
    expect(metaOf(after).draft_materials[0].value.at(-1)).toMatchObject({
      file_Path: video.path,
      id: video.local_material_id,
    });
    expect(errorsOf(after)).toEqual([]);
  });

  test('a file that the other draft has not listed is listed here', () => {
    const { meta: _, ...bare } = other();
    const after = edited(threeClips(), [{ op: 'concat', from: 'o' }], {
      drafts: new Map([['o', { ...bare, meta: undefined }]]),
    });
    const video = contentOf(after).materials.videos.at(-1);
    expect(metaOf(after).draft_materials[0].value.at(-1)).toMatchObject({
      file_Path: video.path,
      id: video.local_material_id,
      metetype: 'video',
      extra_info: 'talk.mp4',
      duration: 10_000_000,
    });
  });

  test('a file that is missing, or only a link, is told and not copied', () => {
    const bare = { ...other(), entries: new Map() };
    const result = edit(threeClips(), [{ op: 'concat', from: 'o' }], { drafts: new Map([['o', bare]]) });
    expect(result.problems).toEqual([expect.objectContaining({ code: 'DR120', severity: 'warning' })]);
    expect(result.files).toEqual([]);
    const relative = other().timeline!.text.replaceAll('/drafts/other/assets', 'assets');
    const zip: OpenedDraft = { ...openedFrom(relative, undefined, 'other'), kind: 'zip' };
    expect(codes(threeClips(), [{ op: 'concat', from: 'o' }], { drafts: new Map([['o', zip]]) })).toEqual([
      'error DRAFT_READ_ONLY',
    ]);
  });

  test('or with tracks of its own, after a gap; twice gives no id twice', () => {
    const append = { op: 'concat', from: 'o', tracks: 'new', gap: '1s' } as const;
    const after = edited(threeClips(), [append, append], ports());
    expect(contentOf(after).tracks.map(({ type }: Any) => type)).toEqual([
      'video',
      'video',
      'video',
      'text',
      'text',
    ]);
    expect(contentOf(after).duration).toBe(14_000_000);
    const ids = idsOf(contentOf(after));
    expect(new Set(ids).size).toBe(ids.length);
    expect(errorsOf(after)).toEqual([]);
  });

  test('a range is cut out of all tracks, or leaves a gap', () => {
    const before = edited(threeClips(), [{ op: 'concat', from: 'o' }], ports());
    const after = edited(before, [{ op: 'cut', start: '1s', end: '7.5s' }]);
    expect(places(after)).toEqual([
      [0, 1],
      [1, 1.5],
    ]);
    expect(places(after, 1)).toEqual([[1, 0.5]]);
    expect(contentOf(after).duration).toBe(2_500_000);
    expect(errorsOf(after)).toEqual([]);
    const lifted = edited(before, [{ op: 'cut', start: '1s', end: '7.5s', ripple: false, tracks: ['main'] }]);
    expect(places(lifted)).toEqual([
      [0, 1],
      [7.5, 1.5],
    ]);
    expect(places(lifted, 1)).toEqual([[7, 1]]);
  });

  test('files are looked for elsewhere, also on the other system', () => {
    const after = edited(threeClips(), [{ op: 'relink', from: '/drafts/test/assets', to: 'D:\\media' }]);
    for (const { path } of contentOf(after).materials.videos)
      expect(path).toMatch(/^D:\\media\\video\\[0-9a-f]{64}\.mp4$/);
    const paths = metaOf(after).draft_materials[0].value.map(({ file_Path }: Any) => file_Path);
    expect(paths).toEqual(contentOf(after).materials.videos.map(({ path }: Any) => path));
    const back = edited(after, [{ op: 'relink', from: 'd:/MEDIA/', to: '/drafts/test/assets/' }]);
    expect(contentOf(back).materials.videos).toEqual(contentOf(threeClips()).materials.videos);
    expect(codes(threeClips(), [{ op: 'relink', from: '/drafts/te', to: '/x' }])).toEqual(['error DR165']);
  });

  test('a draft moves to another app: markers, masks, companions', () => {
    const clips = [{ media: 'talk.mp4', start: 0, duration: 2, mask: { shape: 'heart' } }];
    const before = draftOf(timelineOf({ type: 'video', clips }));
    const result = edit(before, [{ op: 'migrate', profile: 'capcut-mac' }]);
    const after = edited(before, [{ op: 'migrate', profile: 'capcut-mac' }]);
    const content = contentOf(after);
    expect(content).toMatchObject({
      new_version: '179.0.0',
      platform: { app_source: 'cc', os: 'mac' },
      color_space: -1,
    });
    expect(content.materials.masks).toEqual([]);
    expect(content.materials.common_mask).toEqual([
      expect.objectContaining({
        resource_id: '7350964630979613186',
        resource_type: 'heart',
        category: 'video',
      }),
    ]);
    expect(segment(after, 0)).toMatchObject({ enable_video_mask: true });
    expect(content.materials.vocal_separations).toHaveLength(1);
    expect(danglingOf(content)).toEqual([]);
    expect(result.alsoAs).toEqual(['draft_info.json', 'draft_content.json']);
    const there = edited(after, [{ op: 'migrate', profile: 'jianying-11-win' }]);
    expect(contentOf(there)).toMatchObject({ new_version: '187.0.0' });
    expect(contentOf(there).materials.common_mask[0]).toMatchObject({ resource_id: '7416258912162157068' });
  });

  test('there and back again: no companion is left that the former app does not know, and the linter agrees', () => {
    const clips = [{ media: 'talk.mp4', start: 0, duration: 2 }];
    const before = draftOf(
      timelineOf({ type: 'video', clips }, { type: 'text', clips: [{ text: 'x', start: 0, duration: 1 }] }),
    );
    const there = edited(before, [{ op: 'migrate', profile: 'capcut-mac' }]);
    expect(contentOf(there).materials.placeholder_infos).toHaveLength(1);
    const back = edited(there, [{ op: 'migrate', profile: 'jianying-5.9-win' }]);
    expect(contentOf(back).materials.placeholder_infos).toEqual([]);
    expect(danglingOf(contentOf(back))).toEqual([]);
    const linted = lintDraft(back, { profile: findProfile('jianying-5.9-win') });
    expect(linted.filter(({ code }) => ['DR157', 'DR031', 'DR032'].includes(code))).toEqual([]);
    const content = contentOf(there);
    content.materials.placeholder_infos[0].res_path = 'kept.bin';
    const used = openedFrom(JSON.stringify(content));
    expect(edit(used, [{ op: 'migrate', profile: 'jianying-5.9-win' }]).problems).toMatchObject([
      { code: 'DR157', severity: 'warning', message: expect.stringContaining('placeholder_infos') },
    ]);
  });

  test('a draft moves to another app: effects of the same name', () => {
    const before = draftOf(
      timelineOf(
        {
          type: 'video',
          clips: [{ media: 'talk.mp4', start: 0, duration: 2, animations: { in: { name: 'zoom' } } }],
        },
        { type: 'filter', clips: [{ filter: { name: 'warm', intensity: 40 }, start: 0, duration: 1 }] },
        { type: 'filter', clips: [{ filter: { name: 'cool' }, start: 0, duration: 1 }] },
      ),
    );
    const result = edit(before, [{ op: 'migrate', profile: 'capcut-win' }]);
    expect(result.problems.map(({ code, message }) => [code, message])).toEqual([
      ['DR157', 'filter "cool" is a resource of jianying: capcut ignores it'],
    ]);
    const migrated = { ...before, timeline: result.timeline! };
    const after = contentOf(migrated);
    expect(after.materials.effects).toMatchObject([
      { name: 'Warm Days', resource_id: '1210', effect_id: '1210', value: 0.4 },
      { name: 'cool', resource_id: '1111' },
    ]);
    expect(after.materials.material_animations[0].animations).toMatchObject([
      { name: 'Zoom', resource_id: '1201', id: '1201', duration: 500_000 },
    ]);
    const back = edited(migrated, [{ op: 'migrate', profile: 'jianying-11-win' }]);
    expect(contentOf(back).materials.effects[0]).toMatchObject({ name: 'warm', resource_id: '1110' });
  });

  test('parameters that an effect of the same name does not have are left out, and told', () => {
    const catalog = createCatalog([
      ...catalogRows,
      { ...catalogRows.find(({ name }) => name === 'Drizzle')!, name: 'rain', resourceId: '1300' },
    ]);
    const effect = { name: 'rain', params: { speed: 50, angle: 50 } };
    const before = draftOf(timelineOf({ type: 'effect', clips: [{ effect, start: 0, duration: 1 }] }));
    const result = edit(before, [{ op: 'migrate', profile: 'capcut-win' }], { catalog });
    expect(result.problems.map(({ message }) => message)).toEqual([
      '"rain" of capcut has no parameter "angle"; it is left out',
      '"rain" of capcut has no parameter "size"; it is left out',
    ]);
    const [made] = contentOf({ ...before, timeline: result.timeline! }).materials.video_effects;
    expect(made).toMatchObject({ resource_id: '1300', adjust_params: [{ name: 'speed', value: 0.5 }] });
  });

  test('fonts, decorations and bubbles move in every place that names them, or are named once', () => {
    const row = (
      app: 'jianying' | 'capcut',
      kind: 'font' | 'bubble' | 'text-effect',
      name: string,
      id: string,
    ) => ({
      app,
      kind,
      name,
      resourceId: id,
      effectId: `9${id}`,
      origin: 'imported' as const,
    });
    const catalog = createCatalog([
      ...catalogRows,
      row('capcut', 'font', 'Block', '501'),
      row('capcut', 'text-effect', 'neon', '502'),
      row('jianying', 'bubble', 'cloud', '503'),
      row('capcut', 'bubble', 'cloud', '504'),
    ]);
    const looks = (font: string, decoration: object) => ({
      style: { font: { name: font } },
      decoration,
      ranges: [{ start: 0, end: 1, style: { bold: true } }],
    });
    const clips = [
      {
        text: 'one',
        start: 0,
        duration: 1,
        bubble: { resourceId: '503', effectId: '9503' },
        ...looks('Block', { name: 'neon' }),
      },
      ...[1, 2].map((start) => ({
        text: 'two',
        start,
        duration: 1,
        bubble: { resourceId: '77', effectId: '77' },
        ...looks('Round Hand', { id: '88', effectId: '88' }),
      })),
    ];
    const ports = { catalog };
    const before = draftOf(timelineOf({ type: 'text', clips }), ports);
    const result = edit(before, [{ op: 'migrate', profile: 'capcut-win' }], ports);
    expect(result.problems.map(({ code, message }) => `${code} ${message}`).sort()).toEqual([
      'DR157 bubble "77" is a resource of jianying: capcut ignores it',
      'DR157 font "Round Hand" is a resource of jianying: capcut ignores it',
      'DR157 text effect "88" is a resource of jianying: capcut ignores it',
    ]);
    const after = { ...before, timeline: result.timeline! };
    const { texts, effects } = contentOf(after).materials;
    const styles = JSON.parse(texts[0].content).styles;
    expect(styles).toHaveLength(2);
    for (const style of styles) {
      expect(style.font.id).toBe('501');
      expect(style.effectStyle.id).toBe('9502');
    }
    expect(effects.slice(0, 2)).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ type: 'text_shape', resource_id: '504', effect_id: '9504' }),
        expect.objectContaining({ type: 'text_effect', resource_id: '502', effect_id: '9502' }),
      ]),
    );
    for (const one of effects) expect(one).not.toHaveProperty('name');
    expect(JSON.parse(texts[1].content)).toEqual(JSON.parse(contentOf(before).materials.texts[1].content));
    expect(lintDraft(after, ports).filter(({ code }) => code === 'DR103')).toEqual([]);
  });

  test('an animated picture is a video to one app, and a kind of its own to another', () => {
    const cat = { media: 'cat.gif', start: 0, duration: 1 };
    const before = draftOf(timelineOf({ type: 'video', clips: [cat] }), { profile: 'jianying-11-win' });
    expect(contentOf(before).materials.videos[0]).toMatchObject({ type: 'gif', duration: 10_800_000_000 });
    const after = edited(before, [{ op: 'migrate', profile: 'jianying-5.9-win' }]);
    expect(contentOf(after).materials.videos[0]).toMatchObject({ type: 'video', duration: 2_000_000 });
    const back = edited(after, [{ op: 'migrate', profile: 'jianying-11-win' }]);
    expect(contentOf(back).materials.videos[0]).toMatchObject({ type: 'gif', duration: 10_800_000_000 });

    const long = draftOf(timelineOf({ type: 'video', clips: [{ ...cat, duration: 9 }] }), {
      profile: 'jianying-11-win',
    });
    const told = edit(long, [{ op: 'migrate', profile: 'capcut-win' }]);
    expect(told.problems).toMatchObject([{ code: 'DR036', severity: 'warning' }]);
    expect(contentOf({ ...long, timeline: told.timeline! }).materials.videos[0].type).toBe('gif');
  });

  test('what another app does not know is told', () => {
    const content = contentOf(
      draftOf(
        timelineOf({
          type: 'filter',
          clips: [{ filter: { id: '77', effectId: '77' }, start: 0, duration: 1 }],
        }),
      ),
    );
    content.materials.masks.push({ id: 'm', name: 'odd', resource_id: '1', type: 'mask' });
    expect(codes(openedFrom(JSON.stringify(content)), [{ op: 'migrate', profile: 'capcut-win' }])).toEqual([
      'warning DR157',
      'warning DR157',
    ]);
    expect(codes(threeClips(), [{ op: 'migrate', profile: 'premiere' }])).toEqual(['error PROFILE_UNKNOWN']);
  });
});

describe('which clip is meant', () => {
  test.each<[DraftEdit, RegExp]>([
    [{ op: 'delete', clip: { id: 'nope' } }, /no clip is of id nope/],
    [{ op: 'delete', clip: { name: 'd.mp4' } }, /no clip is called "d.mp4"/],
    [{ op: 'delete', clip: { track: 'man', index: 0 } }, /track "man" not found/],
    [{ op: 'delete', clip: { track: 'main', at: '9s' } }, /no clip is at 9s, on track "main"/],
    [{ op: 'delete', clip: { track: 'main' } }, /a clip is named by/],
    [{ op: 'delete', clip: { track: 7, index: 0 } }, /track 7 not found: there are 1/],
  ])('%j: %s', (one, message) => {
    expect(edit(threeClips(), [one]).problems).toEqual([
      expect.objectContaining({
        code: 'DR165',
        severity: 'error',
        message: expect.stringMatching(message),
        pointer: '/0',
      }),
    ]);
  });

  test('several are listed with their ids', () => {
    const clips = [0, 1].map((start) => ({ text: 'same', start, duration: 1 }));
    const before = draftOf(timelineOf({ type: 'text', clips }));
    const [problem] = edit(before, [{ op: 'delete', clip: { name: 'same' } }]).problems;
    expect(problem).toMatchObject({ code: 'DR165', message: '2 clips are called "same"' });
    for (const { id } of contentOf(before).tracks[0].segments) expect(problem!.hint).toContain(id);
  });

  test('an edit that is not one is told by its place, and no edit of the list is made', () => {
    const wrong = [
      { op: 'delete', clip: { id: 'x' } },
      { op: 'delete' },
      { op: 'explode' },
    ] as unknown as DraftEdit[];
    const { problems, timeline } = edit(threeClips(), wrong);
    expect(timeline).toBeUndefined();
    expect(problems.map(({ pointer }) => pointer)).toEqual(['/1', expect.stringMatching(/^\/2/)]);
    const half = edit(threeClips(), [
      { op: 'delete', clip: { name: 'a.mp4' } },
      { op: 'delete', clip: { id: 'x' } },
    ]);
    expect(half.timeline).toBeUndefined();
    expect(half.problems.map(({ pointer }) => pointer)).toEqual(['/1']);
  });

  test('two edits may pass through a state that alone would be wrong', () => {
    const after = edited(threeClips(), [
      { op: 'move', clip: { name: 'a.mp4' }, start: '2s' },
      { op: 'move', clip: { name: 'b.mp4' }, start: 0 },
    ]);
    expect(listDraft(after.timeline!).tracks[0]!.clips.map(({ name }) => name)).toEqual([
      'b.mp4',
      'a.mp4',
      'c.mp4',
    ]);
  });
});

test('a time between two frames is taken as it is, and told once', () => {
  const result = edit(threeClips(), [
    { op: 'split', clip: { name: 'a.mp4' }, at: 1_010_000 },
    { op: 'split', clip: { name: 'b.mp4' }, at: '3010ms' },
  ]);
  expect(result.problems).toEqual([
    expect.objectContaining({
      code: 'DR008',
      severity: 'warning',
      message: expect.stringContaining('moves it to 1000000'),
    }),
  ]);
  expect((result.timeline!.value(0) as Any).tracks[0].segments[0].target_timerange.duration).toBe(1_010_000);
});

test('volume: of a clip, of a track; never negative, never over a curve', () => {
  const keyframes = {
    volume: [
      [0, 1],
      [1, 0],
    ],
  };
  const before = draftOf(
    timelineOf(
      { type: 'audio', name: 'm', clips: [0, 1].map((start) => ({ media: 'song.mp3', start, duration: 1 })) },
      { type: 'audio', name: 'n', clips: [{ media: 'song.mp3', start: 0, duration: 2, keyframes }] },
    ),
  );
  const after = edited(before, [{ op: 'volume', track: 'm', volume: 0.25 }]);
  expect([0, 1].map((index) => segment(after, index).volume)).toEqual([0.25, 0.25]);
  expect(codes(before, [{ op: 'volume', track: 'm', volume: -1 }])).toEqual(['error DR028']);
  expect(codes(before, [{ op: 'volume', track: 'n', volume: 1 }])).toEqual(['error DR068']);
  expect(codes(before, [{ op: 'volume', track: 'm', volume: 11 }])).toEqual(['warning DR029']);
});
