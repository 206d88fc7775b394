import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  applyDraftEdits,
  compileDraft,
  type DraftEdit,
  editableTimeline,
  editTimeline,
  type MediaFile,
  parseTimeline,
  type Timeline,
  type TimelineEditPorts,
} from '../src/index.ts';
import { catalog } from './support/catalog.ts';
import { type Any, contentOf, draftOf, editFiles } from './support/edits.ts';
import { fixedNow } from './support/ids.ts';
import { setAt, timelineOf } from './support/timeline.ts';

const second = 1_000_000;
const ports: TimelineEditPorts = {
  now: fixedNow,
  uuid: () => crypto.randomUUID(),
  media: editFiles,
  catalog,
};

/** The timeline after edits that have to work. */
function made(timeline: Timeline, edits: readonly DraftEdit[], more: Partial<TimelineEditPorts> = {}): Any {
  const result = editTimeline(timeline, edits, { ...ports, ...more });
  if (result.timeline === undefined) throw new Error(JSON.stringify(result.problems, null, 2));
  return result.timeline;
}

/** The findings of edits that have to be refused. */
function refused(timeline: Timeline, edits: unknown, more: Partial<TimelineEditPorts> = {}) {
  const before = JSON.stringify(timeline);
  const result = editTimeline(timeline, edits, { ...ports, ...more });
  expect(result.timeline).toBeUndefined();
  expect(JSON.stringify(timeline)).toBe(before);
  return result.problems.filter(({ severity }) => severity === 'error');
}

const clip = (id: string, start: number, more: object = {}) => ({
  id,
  media: 'talk.mp4',
  start,
  duration: 2,
  ...more,
});
const one = (more: object = {}, ...others: object[]): Timeline =>
  timelineOf({ id: 'v', type: 'video', name: 'main', clips: [clip('a', 0, more), ...others] });

describe('what an edit does not speak of stays as it was', () => {
  const cases = join(import.meta.dirname, 'cases');
  for (const name of readdirSync(cases)) {
    const file = join(cases, name, 'timeline.json');
    if (!existsSync(file)) continue;
    const timeline = JSON.parse(readFileSync(file, 'utf8')) as Timeline;
    const { problems } = parseTimeline(timeline);
    if (problems.some(({ severity }) => severity === 'error')) continue;
    test(name, () => {
      const [track] = timeline.tracks.filter(({ clips }) => clips.length > 0);
      const at = timeline.tracks.indexOf(track!);
      const before = editableTimeline(timeline);
      const [first] = before.tracks[at]!.clips.toSorted((a, b) => Number(a.start) - Number(b.start));
      // Goes through a draft twice: the second edit takes back what the first one does.
      const target = { track: at, index: track!.clips.length };
      const profile = timeline.profile ?? 'jianying-5.9-win';
      const edits: DraftEdit[] = [
        { op: 'duplicate', clip: { id: first!.id! }, start: '1h' },
        { op: 'migrate', profile },
        { op: 'delete', clip: target },
      ];
      const after = made({ ...timeline, profile }, edits, { media: new Map() });
      const inOrder = structuredClone({ ...before, profile }) as Any;
      for (const one of inOrder.tracks) {
        one.clips.sort((a: Any, b: Any) => a.start - b.start);
        for (const { keyframes = {} } of one.clips)
          for (const points of Object.values(keyframes) as Any[])
            points.sort((a: Any, b: Any) => a[0] - b[0]);
      }
      for (const list of [after.transitions ?? [], inOrder.transitions ?? []])
        list.sort((a: Any, b: Any) => (a.after < b.after ? -1 : 1));
      expect(after).toEqual(inOrder);
    });
  }
});

describe('edits of a timeline are those of its draft', () => {
  const start = (): Timeline =>
    timelineOf(
      {
        type: 'video',
        name: 't0',
        clips: [0, 3].map((at) =>
          clip(`v${at}`, at, {
            source: { start: at },
            fade: { in: 0.5, out: 0.5 },
            keyframes: {
              positionX: [
                [0, 0],
                [2, 1],
              ],
            },
          }),
        ),
      },
      { type: 'audio', name: 't1', clips: [0, 3].map((at) => clip(`s${at}`, at, { media: 'ten.mp3' })) },
      {
        type: 'text',
        name: 't2',
        clips: [0, 3].map((at) => ({ id: `t${at}`, text: `words ${at}`, start: at, duration: 2 })),
      },
    );
  const step = fc.record({
    op: fc.constantFrom(
      'move',
      'split',
      'trim',
      'delete',
      'duplicate',
      'speed',
      'volume',
      'cut',
      'replace-text' as const,
    ),
    track: fc.nat({ max: 2 }),
    index: fc.nat({ max: 5 }),
    a: fc.nat({ max: 60 }),
    b: fc.nat({ max: 20 }),
    ripple: fc.boolean(),
  });
  const editOf = ({
    op,
    track,
    index,
    a,
    b,
    ripple,
  }: typeof step extends fc.Arbitrary<infer S> ? S : never) => {
    const target = { track: `t${track}`, index };
    const [at, from] = [a * 100_000, b * 100_000];
    switch (op) {
      case 'move':
        return { op, clip: target, start: at };
      case 'split':
        return { op, clip: target, at };
      case 'trim':
        return { op, clip: target, start: from, end: at, ripple };
      case 'speed':
        return { op, clip: target, speed: [0.5, 1, 2][b % 3]!, ripple };
      case 'volume':
        return { op, clip: target, volume: b / 10 };
      case 'cut':
        return { op, start: at, end: at + from, ripple, tracks: [`t${track}`] };
      case 'replace-text':
        return { op, clip: target, text: `new ${b}` };
      default:
        return { op, clip: target, ...(op === 'duplicate' ? { start: at } : {}), ripple };
    }
  };
  const stateOf = (content: Any) =>
    content.tracks.map(({ name, segments }: Any) => [
      name,
      segments.map((segment: Any) => ({
        at: segment.target_timerange,
        from: segment.source_timerange,
        speed: segment.speed,
        volume: segment.volume,
        curves: segment.common_keyframes.map(({ property_type: type, keyframe_list: list }: Any) => [
          type,
          list.map(({ time_offset: offset, values }: Any) => [offset, values]),
        ]),
      })),
    ]);

  test('random edits in a row end in the same draft', () => {
    let [both, neither] = [0, 0];
    fc.assert(
      fc.property(fc.array(step, { minLength: 40, maxLength: 40 }), (steps) => {
        let timeline = start();
        let draft = draftOf(timeline);
        for (const planned of steps.map(editOf)) {
          const onDraft = applyDraftEdits(draft, [planned], ports);
          const onTimeline = editTimeline(timeline, [planned], ports);
          const isRefused = onDraft.problems.some(({ severity }) => severity === 'error');
          expect([planned, onTimeline.timeline === undefined]).toEqual([planned, isRefused]);
          if (isRefused) {
            neither++;
            continue;
          }
          both++;
          timeline = onTimeline.timeline!;
          draft = { ...draft, timeline: onDraft.timeline ?? draft.timeline };
          const { draft: compiled, problems } = compileDraft(timeline, {
            ...ports,
            media: editFiles,
            draftName: 'test',
            quantise: false,
          });
          expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
          expect([planned, stateOf(compiled!.content)]).toEqual([planned, stateOf(contentOf(draft))]);
        }
      }),
      { numRuns: 12 },
    );
    expect(both).toBeGreaterThan(50);
    expect(neither).toBeGreaterThan(50);
  });
});

describe('clips', () => {
  test('a split halves fades, animations and the transition as the app would', () => {
    const timeline = one(
      {
        fade: { in: 0.5, out: 0.25 },
        animations: {
          in: { id: '1', effectId: '1', duration: 0.5 },
          out: { id: '2', effectId: '2', duration: 0.5 },
        },
        name: 'take',
        mixMode: { id: '9' },
      },
      clip('b', 2),
    );
    timeline.transitions = [{ after: 'a', id: '7', effectId: '7', duration: 0.4 }];
    const { tracks, transitions } = made(timeline, [{ op: 'split', clip: { id: 'a' }, at: '1s' }], {
      catalog: undefined!,
    });
    const [first, added] = tracks[0].clips;
    expect(first).toMatchObject({
      id: 'a',
      start: 0,
      duration: second,
      fade: { in: 500_000, out: 0 },
      name: 'take',
    });
    expect(first.animations).toEqual({ in: { id: '1', effectId: '1', duration: 500_000 } });
    expect(added).toMatchObject({
      start: second,
      duration: second,
      source: { start: second, duration: second },
      fade: { in: 0, out: 250_000 },
      mixMode: { id: '9' },
    });
    expect(added.animations).toEqual({ out: { id: '2', effectId: '2', duration: 500_000 } });
    expect(transitions).toEqual([{ after: added.id, id: '7', effectId: '7', duration: 400_000 }]);
  });

  test('a transition goes with the clip that it led to, and is told', () => {
    const timeline = one({}, clip('b', 2));
    timeline.transitions = [{ after: 'a', id: '7', effectId: '7', duration: 0.4 }];
    const result = editTimeline(timeline, [{ op: 'delete', clip: { id: 'b' } }], {
      ...ports,
      catalog: undefined!,
    });
    expect(result.timeline).not.toHaveProperty('transitions');
    expect(result.problems).toMatchObject([{ code: 'DR074', severity: 'warning', pointer: '/0' }]);
  });

  test('a held value is cut as one, and a linear one at its place', () => {
    const timeline = one({
      keyframes: {
        opacity: [
          [0, 0.2, 'hold'],
          [1.5, 1],
        ],
        rotation: [
          [0, 0],
          [2, 90],
        ],
      },
    });
    const { tracks } = made(timeline, [{ op: 'split', clip: { id: 'a' }, at: '1s' }]);
    expect(tracks[0].clips.map(({ keyframes }: Any) => keyframes)).toEqual([
      {
        opacity: [
          [0, 0.2, 'hold'],
          [second, 0.2, 'hold'],
        ],
        rotation: [
          [0, 0],
          [second, 45],
        ],
      },
      {
        opacity: [
          [0, 0.2, 'hold'],
          [500_000, 1],
        ],
        rotation: [
          [0, 45],
          [second, 90],
        ],
      },
    ]);
  });

  test('an eased way stays eased when the clip is played faster, and is not cut in the middle', () => {
    const timeline = one({
      keyframes: {
        rotation: [
          [0, 0, 'ease-in'],
          [2, 90, 'ease-out'],
        ],
      },
    });
    const { tracks } = made(timeline, [{ op: 'speed', clip: { id: 'a' }, speed: 2 }]);
    expect(tracks[0].clips[0].keyframes).toEqual({
      rotation: [
        [0, 0, 'ease-in'],
        [second, 90],
      ],
    });
    expect(refused(timeline, [{ op: 'split', clip: { id: 'a' }, at: second }])).toMatchObject([
      { code: 'DR066' },
    ]);
  });

  test('a linear way in front of an eased one stays linear on both sides of a cut', () => {
    const timeline = one({
      keyframes: {
        rotation: [
          [0, 0],
          [1, 45, 'ease-in'],
          [2, 90],
        ],
      },
    });
    const { tracks } = made(timeline, [{ op: 'split', clip: { id: 'a' }, at: 500_000 }]);
    expect(tracks[0].clips.map(({ keyframes }: Any) => keyframes.rotation)).toEqual([
      [
        [0, 0],
        [500_000, 22.5],
      ],
      [
        [0, 22.5],
        [500_000, 45, 'ease-in'],
        [1_500_000, 90],
      ],
    ]);
  });

  test('words change, ranges keep their share, and words that are named are looked for again', () => {
    const style = { bold: true };
    const timeline = timelineOf({
      type: 'text',
      clips: [
        {
          id: 't',
          text: '1234567890',
          start: 0,
          duration: 2,
          ranges: [
            { start: 0, end: 5, style },
            { match: '90', style },
          ],
        },
      ],
    });
    const { tracks } = made(timeline, [
      { op: 'replace-text', clip: { name: '1234567890' }, text: 'abcd 90!' },
    ]);
    expect(tracks[0].clips[0]).toMatchObject({
      text: 'abcd 90!',
      ranges: [
        { start: 0, end: 4, style },
        { match: '90', style },
      ],
    });
    const gone = made(timeline, [{ op: 'replace-text', clip: { id: 't' }, text: 'ab' }]);
    expect(gone.tracks[0].clips[0].ranges).toEqual([{ start: 0, end: 1, style }]);
  });

  test('another file is named as the edit names it, and a shorter one ends the clip earlier', () => {
    const { tracks } = made(one({ name: 'old' }), [
      { op: 'replace-media', clip: { id: 'a' }, media: 'one.mp4' },
    ]);
    expect(tracks[0].clips).toEqual(
      [{ id: 'a', media: 'one.mp4', start: 0, duration: second, speed: 1 }].map(
        ({ speed: _, ...rest }) => rest,
      ),
    );
  });

  test('a still picture gets no place in its file; without facts they are asked for', () => {
    const timeline = one({ media: 'poster.png' });
    const edits: DraftEdit[] = [{ op: 'trim', clip: { id: 'a' }, start: second }];
    expect(made(timeline, edits).tracks[0].clips).toEqual([
      { id: 'a', media: 'poster.png', start: second, duration: second },
    ]);
    expect(editTimeline(timeline, edits, { ...ports, media: new Map<string, MediaFile>() }).wants).toEqual([
      'poster.png',
    ]);
    const end: DraftEdit[] = [{ op: 'trim', clip: { id: 'a' }, end: second }];
    expect(editTimeline(timeline, end, { ...ports, media: new Map<string, MediaFile>() }).wants).toEqual([]);
  });

  test('a clip that plays to the end of its file gets its length from there', () => {
    const timeline = one();
    setAt(timeline, 'tracks.0.clips.0.duration', undefined);
    const edits: DraftEdit[] = [{ op: 'split', clip: { id: 'a' }, at: second }];
    const blind = editTimeline(timeline, edits, { ...ports, media: new Map<string, MediaFile>() });
    expect(blind).toMatchObject({ wants: ['talk.mp4'] });
    expect(blind.timeline).toBeUndefined();
    expect(made(timeline, edits).tracks[0].clips.map(({ duration }: Any) => duration)).toEqual([
      second,
      9 * second,
    ]);
  });
});

describe('whole timelines', () => {
  test('a track of another one comes with a name of its own, whatever its unit', () => {
    const other = { ...one({ name: 'theirs' }), timeUnit: 'ms' } as Timeline;
    Object.assign(other.tracks[0]!.clips[0]!, { duration: 2000 });
    const timeline = one();
    const { tracks } = made(timeline, [{ op: 'copy-track', from: 'x', track: 'main', offset: '3s' }], {
      timelines: new Map([['x', other]]),
    });
    expect(tracks).toHaveLength(2);
    expect(tracks[1]).toMatchObject({
      name: 'main_2',
      clips: [{ media: 'talk.mp4', start: 3 * second, duration: 2 * second, name: 'theirs' }],
    });
    expect(tracks[1].id).not.toBe('v');
    expect(tracks[1].clips[0].id).not.toBe('a');
    expect(refused(timeline, [{ op: 'copy-track', from: 'y', track: 'main' }])).toMatchObject([
      { code: 'DRAFT_NOT_FOUND' },
    ]);
  });

  test('another one is appended, and a range is cut out of all tracks', () => {
    const { tracks } = made(
      one(),
      [
        { op: 'concat', from: 'x', gap: second },
        { op: 'cut', start: second, end: 4 * second },
      ],
      {
        timelines: new Map([['x', one()]]),
      },
    );
    expect(tracks).toHaveLength(1);
    expect(tracks[0].clips.map(({ start, duration }: Any) => [start, duration])).toEqual([
      [0, second],
      [second, second],
    ]);
  });

  test('clips are added in their own unit, to a track or on a new one', () => {
    const texts = {
      type: 'text',
      name: 'titles',
      clips: [{ text: 'hi', start: 0, duration: 1500 }],
    } as const;
    const timeline = one();
    const first = made(timeline, [{ op: 'add', track: texts as Any, timeUnit: 'ms' }]);
    expect(first.tracks[1]).toMatchObject({ name: 'titles', clips: [{ text: 'hi', duration: 1_500_000 }] });
    const more = { ...texts, clips: [{ text: 'ho', start: 2, duration: 1 }] };
    const both = made(first, [{ op: 'add', track: more as Any, to: 'titles', timeUnit: 's' }]);
    expect(both.tracks[1].clips.map(({ text, start }: Any) => [text, start])).toEqual([
      ['hi', 0],
      ['ho', 2 * second],
    ]);
    expect(refused(first, [{ op: 'add', track: more as Any, timeUnit: 's' }])).toMatchObject([
      { code: 'DR011' },
    ]);
    expect(refused(first, [{ op: 'add', track: texts as Any, to: 'titles', timeUnit: 'ms' }])).toMatchObject([
      { code: 'DR001' },
    ]);
  });

  test('placeholders are filled and colours changed', () => {
    const timeline = timelineOf(
      { type: 'video', clips: [{ id: 'a', media: 'x/y.mp4', name: '{{clip}}', start: 0, duration: 2 }] },
      {
        type: 'text',
        clips: [{ id: 't', text: 'Hi {{who}}', start: 0, duration: 2, style: { color: '#ff0000' } }],
      },
    );
    const fill = {
      op: 'fill',
      texts: { who: 'Ann' },
      media: { clip: 'talk.mp4' },
      colors: { '#FF0000': '#00ff00' },
    } as const;
    const { tracks } = made(timeline, [fill]);
    expect(tracks[0].clips[0]).toEqual({ id: 'a', media: 'talk.mp4', start: 0, duration: 2 * second });
    expect(tracks[1].clips[0]).toMatchObject({ text: 'Hi Ann', style: { color: '#00ff00' } });
    expect(refused(timeline, [{ ...fill, texts: {} }])).toMatchObject([{ code: 'DR165' }]);
  });

  test('files are looked for elsewhere, and the app is another one', () => {
    const { tracks, profile } = made(
      one({ media: '/old/talk.mp4' }),
      [
        { op: 'relink', from: '/old', to: '/new' },
        { op: 'migrate', profile: 'capcut-mac' },
      ],
      { media: new Map() },
    );
    expect(tracks[0].clips[0].media).toBe('/new/talk.mp4');
    expect(profile).toBe('capcut-mac');
  });

  test('of several edits all are made or none, and the one that cannot be made is named', () => {
    const edits = [
      { op: 'migrate', profile: 'capcut-mac' },
      { op: 'volume', clip: { id: 'a' }, volume: 0.5 },
      { op: 'delete', clip: { id: 'nobody' } },
    ];
    expect(refused(one(), edits)).toMatchObject([{ code: 'DR165', pointer: '/2' }]);
    const [nobody, unknown] = [edits[2]!, { op: 'migrate', profile: 'unheard-of' }];
    expect(refused(one(), [nobody, unknown])).toMatchObject([{ code: 'DR165', pointer: '/0' }]);
    expect(refused(one(), [edits[1]!, unknown])).toMatchObject([{ pointer: '/1' }]);
    expect(refused(one(), [{ op: 'nothing' }])).not.toEqual([]);
    expect(refused(one(), [null])).not.toEqual([]);
    expect(refused(one(), 'text')).not.toEqual([]);
  });
});
