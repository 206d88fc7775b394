import { type Fix, type Problem, parsePointer } from '@cozecut/problems';
import { captionLanes } from '../captions/split-overlapping.ts';
import { BLUR_LEVELS } from '../rules/background.ts';
import { cleanCaption } from '../rules/caption-text.ts';
import { type ParseTimelineOptions, parseTimeline } from '../timeline/parse.ts';
import type { Timeline } from '../timeline/schema.ts';
import { JsonDocument } from './json/json-document.ts';
import type { Change } from './json/json-editor.ts';
import { Lines } from './json/lines.ts';
import { applyEdits, chooseFixes } from './json/text-edits.ts';

/** Options of {@link lintTimeline}. */
export interface LintTimelineOptions extends ParseTimelineOptions {
  /** Path of the file, as problems name it. */
  file: string;
}

/**
 * Holds the text of a `draft-timeline/1` file against the shape and the rules. Findings carry their place in the file,
 * and edits where the repair is certain.
 *
 * @throws UserError JSON_INVALID, JSON_TOO_DEEP, JSON_TOO_COMPLEX when there is no JSON to look at.
 *
 * @example
 * ```ts
 * import { lintTimeline } from '@cozecut/draft-core';
 *
 * const text = `{
 *   "schema": "draft-timeline/1", "name": "Morning", "timeUnit": "s",
 *   "canvas": { "width": 1080, "height": 1920, "fps": 30 },
 *   "tracks": [{ "type": "text", "clips": [{ "text": "Out at six", "start": "5", "duration": 1 }] }]
 * }`;
 * for (const { code, location } of lintTimeline(text, { file: 'walk.json' })) {
 *   console.log(code, location?.start.line); // => DR005 4
 * }
 * ```
 */
export function lintTimeline(text: string, { file, ...options }: LintTimelineOptions): Problem[] {
  const document = new JsonDocument(text, file);
  const lines = new Lines(document, file);
  // One repair moves all captions of a track; the first finding carries it.
  const split = new Set<string>();
  return parseTimeline(document.value(document.root), options).problems.map((problem) => {
    if (problem.pointer === undefined) return problem;
    const path = stepsOf(document, problem.pointer);
    const isFurther = problem.code === 'DR111' && split.has(path[1]!);
    if (problem.code === 'DR111') split.add(path[1]!);
    const fix = isFurther ? undefined : fixOf(problem.code, document, path, file);
    const location = lines.locate(document.nearest(path));
    return { ...problem, location, ...(fix === undefined ? {} : { fix }) };
  });
}

/** Repairs that cannot be wrong, by the rule that asks for them. */
const FIXES: Readonly<
  Record<string, (value: unknown, path: readonly string[]) => [title: string, change: Change] | undefined>
> = {
  DR013: (_, path) => ['remove the empty track', (editor) => editor.removeAt(path)],
  DR049: (_, path) => ['remove what has no effect', (editor) => editor.removeAt(path)],
  DR052: (level, path) => {
    if (typeof level !== 'number') return undefined;
    const [nearest] = BLUR_LEVELS.toSorted((a, b) => Math.abs(a - level) - Math.abs(b - level));
    return [`take the level ${nearest}`, (editor) => editor.setAt(path, nearest)];
  },
  DR119: (text, path) => {
    const clean = typeof text === 'string' ? cleanCaption(text) : text;
    return clean === text ? undefined : ['clean the text', (editor) => editor.setAt(path, clean)];
  },
};

function fixOf(code: string, document: JsonDocument, path: readonly string[], file: string): Fix | undefined {
  const node = document.at(path);
  if (code === 'DR111') return moveCaptions(document, Number(path[1]), file);
  if (node === undefined || !Object.hasOwn(FIXES, code)) return undefined;
  // Cleaning would move what ranges count.
  if (code === 'DR119' && document.at([...path.slice(0, -1), 'ranges']) !== undefined) return undefined;
  const made = FIXES[code]!(document.value(node), path);
  if (made === undefined) return undefined;
  const [title, change] = made;
  return { title, edits: document.edits(change).map((edit) => ({ file, ...edit })) };
}

/** The captions of a track that overlap others move to tracks behind it. */
function moveCaptions(document: JsonDocument, track: number, file: string): Fix | undefined {
  const [, ...further] = captionLanes(document.value(document.root) as Timeline)[track]!;
  const [list, clips] = [document.at(['tracks']), document.at(['tracks', track, 'clips'])];
  if (further.length === 0 || list === undefined || clips === undefined) return undefined;
  const moved = new Map<string, number>();
  for (const clip of further.flatMap((lane): unknown[] => lane.clips)) {
    const written = JSON.stringify(clip);
    moved.set(written, (moved.get(written) ?? 0) + 1);
  }
  const edits = document.edits((editor) => {
    // The later of two equal captions moves.
    for (const node of [...document.members(clips)].reverse()) {
      const written = JSON.stringify(document.value(node));
      const left = moved.get(written) ?? 0;
      if (left === 0) continue;
      moved.set(written, left - 1);
      editor.remove(node);
    }
    for (const lane of further) editor.insert(list, lane, track + 1);
  });
  return { title: 'move them to a further caption track', edits: edits.map((edit) => ({ file, ...edit })) };
}

function stepsOf(document: JsonDocument, pointer: string): string[] {
  const path = parsePointer(pointer);
  // A pointer may lead to a key that is missing; its map is the place then.
  while (path.length > 0 && document.at(path) === undefined) path.pop();
  return path;
}

/** A timeline after its repairs. */
export interface MendedTimeline {
  text: string;
  /** How many findings were mended. */
  fixed: number;
}

/** Makes the certain repairs, as often as there are some; the rest of the text keeps its bytes. */
export function mendTimeline(text: string, options: LintTimelineOptions): MendedTimeline {
  let mended: MendedTimeline = { text, fixed: 0 };
  // Each round mends something that is gone then; the bound is for repairs that would undo each other.
  for (let round = 0; round < 10; round++) {
    const { edits, count } = chooseFixes(lintTimeline(mended.text, options));
    if (count === 0) break;
    mended = { text: applyEdits(mended.text, edits), fixed: mended.fixed + count };
  }
  return mended;
}
