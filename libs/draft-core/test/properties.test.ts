import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type CompiledDraft,
  canonicalise,
  compileDraft,
  draftFiles,
  parseTimeline,
  readCozeExport,
  readInput,
  type Timeline,
  toTimelines,
} from '../src/index.ts';
import { catalog, sharedCatalog } from './support/catalog.ts';
import { cozeDraft, cozeFacts, walk } from './support/coze.ts';
import { countingUuid, fixedNow } from './support/ids.ts';
import { mistakes } from './support/mistakes.ts';
import { mutations } from './support/mutations.ts';
import { validTimeline } from './support/random.ts';
import { facts, files, goodTimeline, setAt } from './support/timeline.ts';

interface Segment {
  id: string;
  material_id: string;
  extra_material_refs?: string[];
  target_timerange: { start: number; duration: number };
  source_timerange?: { start: number; duration: number } | null;
  speed: number;
  common_keyframes: { keyframe_list: { time_offset: number }[] }[];
}

function compile(timeline: Timeline): CompiledDraft {
  const { draft, problems } = compileDraft(timeline, {
    media: files,
    draftName: 'x',
    now: fixedNow,
    uuid: countingUuid(),
    catalog: sharedCatalog,
  });
  expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  return draft!;
}

const tracksOf = ({ content }: CompiledDraft): { type: string; segments: Segment[] }[] =>
  content.tracks as { type: string; segments: Segment[] }[];

describe('every valid timeline', () => {
  test('compiles into a draft that holds together', () => {
    fc.assert(
      fc.property(validTimeline, (timeline) => {
        const draft = compile(timeline);
        const { fps } = timeline.canvas;
        const ids = new Set<string>();
        const add = (id: string): void => {
          expect(ids.has(id)).toBe(false);
          ids.add(id);
        };
        for (const entries of Object.values(draft.content.materials))
          for (const { id } of entries) add(String(id));
        const materialIds = new Set(ids);
        const { videos, audios } = draft.content.materials;
        const lengths = new Map(
          [...videos!, ...audios!].map(({ id, duration }) => [String(id), Number(duration)]),
        );
        for (const { segments } of tracksOf(draft)) {
          let endUs = 0;
          for (const segment of segments) {
            add(segment.id);
            expect(materialIds.has(segment.material_id)).toBe(true);
            for (const ref of segment.extra_material_refs ?? []) expect(materialIds.has(ref)).toBe(true);
            const { start, duration } = segment.target_timerange;
            expect(start).toBeGreaterThanOrEqual(endUs);
            expect(duration).toBeGreaterThan(0);
            endUs = start + duration;
            for (const us of [start, endUs])
              expect(Math.round(Math.round((us * fps) / 1e6) * (1e6 / fps))).toBe(us);
            if (segment.source_timerange) {
              const { start: from, duration: played } = segment.source_timerange;
              expect(from).toBeGreaterThanOrEqual(0);
              expect(played).toBeGreaterThan(0);
              // Not by a microsecond beyond the file.
              expect(from + played).toBeLessThanOrEqual(lengths.get(segment.material_id)!);
              expect(Math.abs(played - duration * segment.speed)).toBeLessThanOrEqual(1e6 / fps + 1);
            }
            for (const { keyframe_list: points } of segment.common_keyframes) {
              const offsets = points.map(({ time_offset }) => time_offset);
              expect([...new Set(offsets)].sort((a, b) => a - b)).toEqual(offsets);
              expect(offsets[0]).toBeGreaterThanOrEqual(0);
              expect(offsets.at(-1)).toBeLessThanOrEqual(duration);
            }
          }
          expect(draft.durationUs).toBeGreaterThanOrEqual(endUs);
        }
      }),
      { numRuns: 150 },
    );
  });

  test('animations lie in their clip, one after the other', () => {
    fc.assert(
      fc.property(validTimeline, (timeline) => {
        const draft = compile(timeline);
        const placed = new Map(
          (draft.content.materials.material_animations ?? []).map(({ id, animations }) => [
            String(id),
            animations as { type: string; start: number; duration: number }[],
          ]),
        );
        for (const segment of tracksOf(draft).flatMap(({ segments }) => segments)) {
          const ref = segment.extra_material_refs?.find((one) => placed.has(one));
          let endUs = 0;
          for (const { start, duration } of placed.get(ref ?? '') ?? []) {
            expect(start).toBeGreaterThanOrEqual(endUs);
            expect(duration).toBeGreaterThan(0);
            endUs = start + duration;
          }
          expect(endUs).toBeLessThanOrEqual(segment.target_timerange.duration);
        }
      }),
      { numRuns: 60 },
    );
  });

  test('gives the same bytes each time', () => {
    fc.assert(
      fc.property(validTimeline, (timeline) => {
        const copy = structuredClone(timeline);
        const [first, second] = [compile(timeline), compile(timeline)].map((draft) =>
          draftFiles(draft, { kind: 'absolute', folder: '/drafts/x' }),
        );
        expect(second).toEqual(first);
        // What was given is not touched.
        expect(timeline).toEqual(copy);
      }),
      { numRuns: 40 },
    );
  });

  test('means the same whatever its ids are', () => {
    fc.assert(
      fc.property(validTimeline, (timeline) => {
        const options = { media: files, draftName: 'x', now: fixedNow, catalog: sharedCatalog };
        const random = compileDraft(timeline, { ...options, uuid: () => crypto.randomUUID() });
        expect(canonicalise(random.draft!.content)).toEqual(canonicalise(compile(timeline).content));
        expect(canonicalise(canonicalise(random.draft!.content))).toEqual(
          canonicalise(random.draft!.content),
        );
      }),
      { numRuns: 40 },
    );
  });

  test('parts of a text cover it once, in order', () => {
    fc.assert(
      fc.property(validTimeline, (timeline) => {
        for (const material of compile(timeline).content.materials.texts!) {
          const { styles, text } = JSON.parse(String(material.content)) as {
            styles: { range: [number, number] }[];
            text: string;
          };
          let at = 0;
          for (const { range } of styles) {
            expect(range[0]).toBe(at);
            at = range[1];
          }
          expect(at).toBe(text.length);
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe('every valid timeline that is broken in one way gives its finding', () => {
  const judge = (timeline: Timeline) => parseTimeline(timeline, { facts }).problems;

  test.each(mutations.map((mutation) => [mutation.code, mutation.what, mutation] as const))(
    '%s %s',
    (code, _, { severity, fits, apply }) => {
      fc.assert(
        fc.property(validTimeline, fc.nat(), fc.nat(), (valid, trackSeed, clipSeed) => {
          const fitting = valid.tracks.flatMap((track, index) => (fits(track) ? [index] : []));
          fc.pre(fitting.length > 0);
          expect(judge(valid).filter((problem) => problem.severity === 'error')).toEqual([]);
          const timeline = structuredClone(valid);
          const track = fitting[trackSeed % fitting.length]!;
          const pointer = apply(timeline, track, clipSeed % valid.tracks[track]!.clips.length);
          const there = judge(timeline).filter((problem) => problem.pointer!.startsWith(pointer));
          expect(there.map((problem) => `${problem.code} ${problem.severity}`)).toContain(
            `${code} ${severity}`,
          );
        }),
        { numRuns: 15 },
      );
    },
  );
});

test('any two mistakes in different parts are both found', () => {
  // A clip that cannot be read hides what else is wrong with its track, and what it has in common with others.
  const part = (at: string): string => at.split('.').slice(0, 2).join('.');
  const between = ['DR011', 'DR014', 'DR017'];
  const local = mistakes.filter(({ at, code }) => at.startsWith('tracks.') && !between.includes(code));
  fc.assert(
    fc.property(fc.constantFrom(...local), fc.constantFrom(...local), (one, other) => {
      fc.pre(part(one.at) !== part(other.at));
      const timeline = goodTimeline();
      setAt(timeline, one.at, one.value);
      setAt(timeline, other.at, other.value);
      const codes = parseTimeline(timeline, { facts, catalog }).problems.map(({ code }) => code);
      expect(codes).toContain(one.code);
      expect(codes).toContain(other.code);
    }),
    { numRuns: 200 },
  );
});

describe('whatever comes in', () => {
  const anything = fc.oneof(
    fc.constantFrom(null, undefined, '', 'x', -1, 0, 1e300, true, [], {}, [null], [[]], { type: 'video' }),
    fc.jsonValue({ maxDepth: 2 }),
  );

  test('a timeline is judged, never a crash', () => {
    const paths = pathsOf(goodTimeline());
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom(...paths), anything), { minLength: 1, maxLength: 3 }),
        (changes) => {
          const timeline = goodTimeline();
          for (const [path, value] of changes) setAnywhere(timeline, path, value);
          const { problems } = parseTimeline(timeline, { facts, catalog });
          for (const { code, message, pointer } of problems) {
            expect(code).toMatch(/^(DR\d{3}|PROFILE_UNKNOWN)$/);
            expect(message).not.toBe('');
            expect(pointer).toMatch(/^(\/|$)/);
          }
        },
      ),
      { numRuns: 400 },
    );
  });

  test('an export is judged, never a crash', () => {
    const whole = (): object => ({
      drafts: [
        cozeDraft('video', [
          walk(0, 4000, {
            transform: { position_x: 0 },
            keyframes: { position: [{ time: 0, value: { x: 0, y: 0 } }], scale: [{ time: 0, value: 1 }] },
            effects: { transition_type: 'x', filter_type: 'y' },
            background: { fit_mode: 'fill', color: '#fff' },
            crop: { enabled: true, left: 0.1 },
            animations: { intro: 'a' },
          }),
          walk(4000, 8000),
        ]),
        cozeDraft('text', [
          {
            type: 'text',
            content: 'x',
            time_range: { start: 0, end: 2000 },
            style: { stroke: { enabled: true } },
          },
        ]),
        cozeDraft('audio', [
          {
            material_url: 'https://cdn.test/tune.mp3',
            time_range: { start: 0, end: 2000 },
            audio: { fade_in: 1 },
          },
        ]),
      ],
    });
    const paths = pathsOf(whole());
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom(...paths), anything), { minLength: 1, maxLength: 3 }),
        (changes) => {
          const value = whole();
          for (const [path, change] of changes) setAnywhere(value, path, change);
          const read = readCozeExport(value);
          const { timelines, problems } = toTimelines(read, { facts: cozeFacts });
          for (const { message } of problems) expect(message).not.toBe('');
          for (const timeline of timelines) parseTimeline(timeline, { facts: cozeFacts });
        },
      ),
      {
        numRuns: 400,
        examples: [
          [[[['drafts', '0', 'tracks', '0', 'segments', '0', 'time_range', 'end'], { toString: false }]]],
        ],
      },
    );
  });

  test('a text that is cut off is told to end too early, at its end', () => {
    const whole = JSON.stringify({
      drafts: [cozeDraft('text', [{ content: 'a "b" \\ \u00e9 😀', n: [1.5e3, -2, true, null] }])],
    });
    for (let length = 0; length < whole.length; length++) {
      const cut = whole.slice(0, length);
      // A number may be cut so that it is one still; then the comma is missing.
      expect(() => readInput(cut)).toThrow(
        /not valid JSON at line 1, column \d+: (the text ends|expected|this cannot)/,
      );
    }
  });
});

function pathsOf(value: unknown, path: string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return [path];
  return [
    ...(path.length > 0 ? [path] : []),
    ...Object.entries(value).flatMap(([key, item]) => pathsOf(item, [...path, key])),
  ];
}

/** Sets a value at a path, unless an earlier change has removed the way to it. */
function setAnywhere(document: object, path: string[], value: unknown): void {
  let object: unknown = document;
  for (const step of path.slice(0, -1))
    object = (object as Record<string, unknown> | null | undefined)?.[step];
  if (typeof object === 'object' && object !== null)
    (object as Record<string, unknown>)[path.at(-1)!] = structuredClone(value);
}
