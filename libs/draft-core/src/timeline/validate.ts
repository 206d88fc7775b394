import { formatPointer, type PathSegment, type Problem } from '@cozecut/problems';
import { createValidator, type Validate, type Violation } from '@cozecut/problems/schema';
import { infiniteNumbers, isFiniteAll } from './finite-numbers.ts';
import { timelineSchema } from './schema.ts';
import { isTime, mistakenPath, shapeProblem } from './shape-problem.ts';

/** Whether a value has the shape of a timeline, and which parts have not. */
export interface ShapeCheck {
  problems: Problem[];
  /** Pointers of the tracks, clips, transitions and markers that cannot be read; the others can. */
  unreadable: ReadonlySet<string>;
  /** Whether something is wrong that everything depends on, so that nothing can be read. */
  fatal: boolean;
}

let compiled: Validate | undefined;

// Compiling the schema takes longer than using it, so it is done once, and only when a timeline is checked.
function validator(): Validate {
  compiled ??= createValidator(timelineSchema, { isKnown: true });
  return compiled;
}

/** Checks a value against the schema of `draft-timeline/1`; one problem for each mistake. */
export function checkShape(value: unknown): ShapeCheck {
  const problems: Problem[] = [];
  const unreadable = new Set<string>();
  let fatal = false;
  const violations = validator()(value);
  for (const violation of [...violations, ...infinite(value, violations)]) {
    const path = mistakenPath(violation);
    const part = partOf(path);
    const misplaced = part?.length === CLIP ? misplacedClip(value, part) : undefined;
    if (misplaced !== undefined) {
      if (!unreadable.has(misplaced.pointer)) problems.push(misplaced);
      unreadable.add(misplaced.pointer);
      continue;
    }
    problems.push(shapeProblem(violation));
    // An unknown key is a mistake, but what is known can still be read, unless the key stands for one that is needed.
    if (violation.code === 'UNKNOWN_KEY' && violation.meant === undefined) continue;
    if (part !== undefined) unreadable.add(formatPointer(part));
    else fatal ||= path.length === 0 || BASE_KEYS.has(path[0]!);
  }
  return { problems, unreadable, fatal };
}

/** Numbers that no draft can hold. Those of times are told where times are read, others may have been told. */
function infinite(value: unknown, told: readonly Violation[]): Violation[] {
  if (isFiniteAll(value)) return [];
  const places = new Set(told.map(({ path }) => formatPointer(path)));
  return infiniteNumbers(value).flatMap(({ path, value: got }): Violation[] =>
    isTime(path) || places.has(formatPointer(path))
      ? []
      : [{ code: 'WRONG_VALUE', path, part: 'value', expected: 'must be a finite number', value: got }],
  );
}

/** What everything else is measured by: unit, canvas, the lists themselves. */
const BASE_KEYS = new Set<PathSegment>(['timeUnit', 'canvas', 'tracks', 'transitions', 'markers']);

/** Lists whose entries can be left out, so that the others are read. */
const PARTS = new Set<PathSegment>(['tracks', 'transitions', 'markers']);

/** Length of the path of a clip: `tracks`, index, `clips`, index. */
const CLIP = 4;

/** The clip, track, transition or marker that a path is in. */
function partOf(path: readonly PathSegment[]): readonly PathSegment[] | undefined {
  const [list, index, clips, clip] = path;
  if (!PARTS.has(list ?? '') || index === undefined) return undefined;
  return list === 'tracks' && clips === 'clips' && clip !== undefined
    ? path.slice(0, CLIP)
    : path.slice(0, 2);
}

const TRACKS = new Set(['video', 'audio', 'text', 'sticker', 'effect', 'filter']);
const MARKS = ['text', 'sticker', 'effect', 'filter', 'media'];

/** A clip that would be fine on a track of another type is told so once. */
function misplacedClip(
  value: unknown,
  [, track, , index]: readonly PathSegment[],
): (Problem & { pointer: string }) | undefined {
  const { tracks } = value as { tracks: { type: string; clips: Record<string, unknown>[] }[] };
  const { type, clips } = tracks[Number(track)]!;
  const clip = clips[Number(index)];
  if (typeof clip !== 'object' || clip === null || !TRACKS.has(type)) return undefined;
  const expected = type === 'video' || type === 'audio' ? 'media' : type;
  const kind = MARKS.find((mark) => clip[mark] !== undefined);
  if (kind === undefined || clip[expected] !== undefined) return undefined;
  const [a, goal] = kind === 'media' ? ['a media', 'video or audio'] : [`${article(kind)} ${kind}`, kind];
  return {
    code: 'DR010',
    severity: 'error',
    pointer: formatPointer(['tracks', track!, 'clips', index!]),
    message: `tracks[${track}].clips[${index}]: ${a} clip cannot go on ${article(type)} ${type} track`,
    hint: `put it on a track of type ${goal}`,
  };
}

function article(word: string): string {
  return /^[aeiou]/.test(word) ? 'an' : 'a';
}
