import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type CompiledDraft,
  canonicalise,
  compileDraft,
  draftFiles,
  parseTimeline,
  type Timeline,
} from '../src/index.ts';
import { countingUuid, fixedNow } from './support/ids.ts';
import { mistakes } from './support/mistakes.ts';
import { validTimeline } from './support/random.ts';
import { facts, files, goodTimeline, setAt } from './support/timeline.ts';

interface Segment {
  id: string;
  material_id: string;
  extra_material_refs: string[];
  target_timerange: { start: number; duration: number };
  source_timerange: { start: number; duration: number } | null;
  speed: number;
  common_keyframes: { keyframe_list: { time_offset: number }[] }[];
}

function compile(timeline: Timeline): CompiledDraft {
  const { draft, problems } = compileDraft(timeline, {
    media: files,
    draftName: 'x',
    now: fixedNow,
    uuid: countingUuid(),
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
        for (const { segments } of tracksOf(draft)) {
          let endUs = 0;
          for (const segment of segments) {
            add(segment.id);
            expect(materialIds.has(segment.material_id)).toBe(true);
            for (const ref of segment.extra_material_refs) expect(materialIds.has(ref)).toBe(true);
            const { start, duration } = segment.target_timerange;
            expect(start).toBeGreaterThanOrEqual(endUs);
            expect(duration).toBeGreaterThan(0);
            endUs = start + duration;
            for (const us of [start, endUs])
              expect(Math.round(Math.round((us * fps) / 1e6) * (1e6 / fps))).toBe(us);
            if (segment.source_timerange !== null) {
              const played = segment.source_timerange.duration;
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
        const options = { media: files, draftName: 'x', now: fixedNow };
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
      const codes = parseTimeline(timeline, { facts }).problems.map(({ code }) => code);
      expect(codes).toContain(one.code);
      expect(codes).toContain(other.code);
    }),
    { numRuns: 200 },
  );
});
