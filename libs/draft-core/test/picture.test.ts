import { stripVTControlCharacters } from 'node:util';
import { expect, test } from 'vitest';
import {
  drawPlan,
  drawTimeline,
  parseTimeline,
  planOfDraft,
  planOfTimeline,
  svgTimeline,
  type TimelinePlan,
} from '../src/index.ts';
import { displayWidth, fitColumns } from '../src/text/display-width.ts';
import { timelineOf } from './support/timeline.ts';

const { timeline } = parseTimeline(
  timelineOf(
    {
      type: 'video',
      name: '主轨',
      clips: [
        { media: 'https://cdn.test/a/walk.mp4?sig=1', start: 0, duration: 4 },
        { media: 'C:\\pictures\\海报.png', start: 4, duration: 2 },
      ],
    },
    { type: 'audio', muted: true, clips: [{ media: 'tune.mp3', start: 1, duration: 5 }] },
    { type: 'text', clips: [{ text: '你好\n👨‍👩‍👧 world', start: 0.5, duration: 2.5 }] },
  ),
);

test('one row a track, the front on top, sound below, a ruler', () => {
  expect(drawTimeline(timeline!, { width: 62 })).toBe(
    [
      'time               |0            |2            |4',
      'text                   [你好 👨‍👩‍👧 world  ]',
      'video 主轨         [walk.mp4                  ][海报.png    ]',
      'audio (muted)             [tune.mp3                         ]',
    ].join('\n'),
  );
});

test('colours add nothing that is seen', () => {
  const plain = drawTimeline(timeline!, { width: 100 });
  const colored = drawTimeline(timeline!, { width: 100, color: true });
  expect(colored).not.toBe(plain);
  expect(stripVTControlCharacters(colored)).toBe(plain);
});

test('rows end where they should, whatever is written in them', () => {
  for (const text of ['plain', '全角文字', '😀😀😀', 'e\u0301a\u0308', '🇨🇳 flag', '한국어', '⚓️']) {
    for (const columns of [1, 2, 3, 7, 20]) expect(displayWidth(fitColumns(text, columns))).toBe(columns);
  }
  expect(displayWidth('清晨 ⚓ a')).toBe(9);
});

test('a crowd of clips stays inside of its row', () => {
  const clips = Array.from({ length: 500 }, (_, start) => ({ text: 'x', start, duration: 1 }));
  const crowd = parseTimeline(timelineOf({ type: 'text', clips })).timeline!;
  for (const row of drawTimeline(crowd, { width: 70 }).split('\n')) {
    expect(displayWidth(row)).toBeLessThanOrEqual(70);
  }
});

test('every width is kept to, whatever the names and however long the whole is', () => {
  const row = (name: string, hours: number) => ({
    type: 'video',
    name,
    muted: true,
    clips: [0, 1, 2].map((at) => ({
      startUs: at * hours * 3.6e9,
      durationUs: hours * 3.6e9,
      title: '👨‍👩‍👧 片段 clip',
      keyframesUs: [],
    })),
    transitions: [],
  });
  for (const hours of [0.001, 0.1, 4, 100]) {
    const rows = [row('很长很长很长的轨道名', hours), row('😀', hours), row('', hours)];
    const plan = { name: 'x', durationUs: 3 * hours * 3.6e9, rows, markers: [] };
    for (let width = 20; width <= 300; width += 7) {
      const lines = drawPlan(plan, { width }).split('\n');
      expect(lines).toHaveLength(4);
      for (const line of lines) expect(displayWidth(line), `${width}: ${line}`).toBeLessThanOrEqual(width);
      expect(lines[1]).toMatch(/\[/);
    }
  }
});

test('names cannot turn a row around', () => {
  const { rows } = planOfTimeline(
    parseTimeline(
      timelineOf({ type: 'text', name: 'a\u202eb', clips: [{ text: '\u2067x', start: 0, duration: 1 }] }),
    ).timeline!,
  );
  expect(rows).toMatchObject([{ name: 'a b', clips: [{ title: 'x' }] }]);
});

test('a clip of one column, or of no length, is closed', () => {
  const clip = (startUs: number, durationUs: number) => ({
    startUs,
    durationUs,
    title: 'x',
    keyframesUs: [],
  });
  const clips = [clip(0, 0), clip(5, 1), clip(50, 3), clip(99, 1), clip(100, 0)];
  const row = { type: 'text', name: '', muted: false, clips, transitions: [] };
  const [, drawn] = drawPlan({ name: '', durationUs: 100, rows: [row], markers: [] }, { width: 70 }).split(
    '\n',
  );
  expect(drawn!.slice(19)).toMatch(/^\| {2}\| +\[\] +\|$/);
  expect(displayWidth(drawn!)).toBeLessThanOrEqual(70);
});

test('nothing is drawn as such', () => {
  expect(drawTimeline(parseTimeline(timelineOf()).timeline!, { width: 80 })).toBe('empty timeline');
});

test('clips that are a resource show its name, else its id', () => {
  const clips = (key: string, ...resources: object[]): object[] =>
    resources.map((resource, start) => ({ [key]: resource, start, duration: 1 }));
  const { timeline: resources } = parseTimeline(
    timelineOf(
      { type: 'effect', clips: clips('effect', { name: 'rain' }, { id: '77', effectId: '88' }) },
      { type: 'filter', clips: clips('filter', { name: 'warm', id: '1' }, { effectId: '99' }) },
      { type: 'sticker', clips: clips('sticker', { id: '5' }, { name: 'cat' }) },
    ),
  );
  expect(drawTimeline(resources!, { width: 60 })).toBe(
    [
      'time               |0        |0.5      |1        |1.5',
      'sticker            [5                 ][cat               ]',
      'filter             [warm              ][99                ]',
      'effect             [rain              ][77                ]',
    ].join('\n'),
  );
});

const plan: TimelinePlan = {
  name: 'a <b> & "c"',
  durationUs: 90_000_000,
  rows: [
    {
      type: 'video',
      name: '主轨',
      muted: false,
      clips: [
        { startUs: 0, durationUs: 40_000_000, title: 'walk.mp4', keyframesUs: [0, 20_000_000] },
        { startUs: 40_000_000, durationUs: 50_000_000, title: '<海报>', keyframesUs: [] },
      ],
      transitions: [{ atUs: 40_000_000, durationUs: 4_000_000, title: '叠化' }],
    },
    { type: 'audio', name: '', muted: true, clips: [], transitions: [] },
  ],
  markers: [{ atUs: 10_000_000, title: 'hook' }],
};

test('an SVG has every track, clip, keyframe, transition and marker, with times', async () => {
  const svg = svgTimeline(plan, { theme: 'light' });
  expectWellFormed(svg);
  expect(svg).toContain('<title>a &lt;b&gt; &amp; &quot;c&quot;: 2 tracks, 1:30 s</title>');
  expect(svg).toContain('<title>walk.mp4 0–40 s</title>');
  expect(svg).toContain('<title>&lt;海报&gt; 40–1:30 s</title>');
  expect(svg).toContain('<title>transition 叠化</title>');
  expect(svg).toContain('<title>hook</title>');
  expect(svg).toContain('<title>audio (muted)</title>');
  expect(svg.match(/class="key"/g)).toHaveLength(2);
  expect(svg).toBe(svgTimeline(plan, { theme: 'light' }));
});

test('the notes of a timeline are its markers, and the compiler says that they stay there', () => {
  const noted = { ...timelineOf({ type: 'text', clips: [{ text: 'x', start: 0, duration: 4 }] }) };
  const parsed = parseTimeline({ ...noted, markers: [{ at: '1500ms', text: 'cut\nhere' }] });
  expect(planOfTimeline(parsed.timeline!).markers).toEqual([{ atUs: 1_500_000, title: 'cut here' }]);
  expect(parsed.problems).toMatchObject([{ code: 'DR161', severity: 'info', pointer: '/markers' }]);
  const wrong = parseTimeline({ ...noted, markers: [{ at: '5', text: '' }] });
  expect(wrong.problems).toMatchObject([{ code: 'DR005', pointer: '/markers/0/at' }]);
});

test('themes differ in colours only', () => {
  const [light, dark, auto] = (['light', 'dark', 'auto'] as const).map((theme) =>
    svgTimeline(plan, { theme }),
  );
  const body = (svg: string | undefined): string => svg!.replace(/<style>.*<\/style>/, '');
  expect(light).not.toBe(dark);
  expect(body(light)).toBe(body(dark));
  expect(body(light)).toBe(body(auto));
  expect(auto).toContain('@media (prefers-color-scheme: dark)');
});

test('an SVG stays well-formed and small, whatever is written in it', () => {
  const title = 'x\u0000\u001b[31m\uD800]]>&<script>"\uFFFF';
  const clips = Array.from({ length: 100_000 }, (_, index) => ({
    startUs: index * 1_000_000,
    durationUs: 1_000_000,
    title,
    keyframesUs: [],
  }));
  const rows = [{ type: 'hologram"', name: title, muted: false, clips, transitions: [] }];
  const svg = svgTimeline({ name: title, durationUs: 1e11, rows, markers: [] }, { width: 900 });
  expectWellFormed(svg);
  expect(svg.length).toBeLessThan(500_000);
  expectWellFormed(svgTimeline({ name: '', durationUs: 0, rows: [], markers: [] }));
});

test('names of tracks and clips cannot steer the terminal', () => {
  const evil = 'a\u001b[31mb\u0007\nc';
  const segment = { id: 'S1', material_id: 'V1', target_timerange: { start: 0, duration: 1_000_000 } };
  const draft = {
    materials: { videos: [{ id: 'V1', material_name: evil }] },
    tracks: [
      { type: 'video', name: evil, segments: [segment] },
      { type: evil, segments: [segment] },
    ],
  };
  const drawn = drawPlan(planOfDraft(draft, 'draft'), { width: 80 });
  expect(drawn.split('\n')).toHaveLength(3);
  expect(drawn).not.toMatch(/[^\P{Cc}\n]/u);
});

test('a draft gives the same picture as the timeline it was made from', () => {
  const draft = {
    materials: {
      videos: [
        { id: 'V1', material_name: 'walk.mp4', path: '/media/walk.mp4' },
        { id: 'V2', path: 'C:\\pictures\\海报.png' },
      ],
      audios: [{ id: 'A1', name: 'tune.mp3' }],
      texts: [{ id: 'T1', content: JSON.stringify({ text: '你好\n👨‍👩‍👧 world', styles: [] }) }],
    },
    tracks: [
      {
        type: 'video',
        name: '主轨',
        attribute: 0,
        segments: [segmentOf('V2', 4, 2, 0), segmentOf('V1', 0, 4, 0)],
      },
      { type: 'audio', name: '', attribute: 1, segments: [segmentOf('A1', 1, 5, 0)] },
      { type: 'text', name: '', attribute: 0, segments: [segmentOf('T1', 0.5, 2.5, 15_000)] },
    ],
  };
  expect(drawPlan(planOfDraft(draft, 'x'), { width: 62 })).toBe(drawTimeline(timeline!, { width: 62 }));
  const { rows } = planOfTimeline(timeline!);
  expect(planOfDraft(draft, 'x').rows).toEqual(rows);
});

test('a draft with anything in it gives a plan', () => {
  for (const content of [
    null,
    [],
    'text',
    { tracks: {}, materials: [] },
    { tracks: [null, 3, { segments: [null, { target_timerange: 'x', common_keyframes: [1] }] }] },
    { materials: { texts: [{ id: 'T', content: '<b>old</b>' }] }, tracks: [{ type: 7 }] },
  ]) {
    expect(planOfDraft(content, 'x').rows).toBeInstanceOf(Array);
  }
});

function segmentOf(material: string, start: number, length: number, layer: number): object {
  return {
    material_id: material,
    render_index: layer,
    target_timerange: { start: start * 1e6, duration: length * 1e6 },
    extra_material_refs: [],
  };
}

/** Every tag is closed, in order, and no character is there that XML 1.0 forbids. */
function expectWellFormed(svg: string): void {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there.
  expect(svg).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/);
  expect(svg.isWellFormed()).toBe(true);
  const open: string[] = [];
  for (const [, end, name, self] of svg.matchAll(
    /<(\/?)([a-z]+)(?:\s+[a-zA-Z0-9:-]+="[^"<>]*")*\s*(\/?)>/g,
  )) {
    if (end === '/') expect(open.pop()).toBe(name);
    else if (self === '') open.push(name!);
  }
  expect(open).toEqual([]);
  expect(svg.replace(/<\/?[a-z]+(?:\s+[a-zA-Z0-9:-]+="[^"<>]*")*\s*\/?>/g, '')).not.toMatch(/[<>]/);
}
