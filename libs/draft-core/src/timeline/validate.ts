import type { Problem } from '@cozecut/problems';
import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import { timelineSchema } from './schema.ts';
import { describeShapeError } from './shape-errors.ts';

/** Whether a value has the shape of a timeline, and which parts have not. */
export interface ShapeCheck {
  problems: Problem[];
  /** Pointers of the tracks, clips and transitions that cannot be read; the others can. */
  unreadable: ReadonlySet<string>;
  /** Whether something is wrong that everything depends on, so that nothing can be read. */
  fatal: boolean;
}

let compiled: ValidateFunction | undefined;

// Compiling the schema takes longer than using it, so it is done once, and only when a timeline is checked.
function validator(): ValidateFunction {
  compiled ??= new Ajv2020({
    allErrors: true,
    verbose: true,
    strict: true,
    strictRequired: false,
    strictTuples: false,
    allowUnionTypes: true,
    discriminator: true,
  }).compile(timelineSchema);
  return compiled;
}

/** Checks a value against the schema of `draft-timeline/1`; one problem for each mistake, not for each keyword. */
export function checkShape(value: unknown): ShapeCheck {
  const validate = validator();
  if (validate(value)) return { problems: [], unreadable: new Set(), fatal: false };
  const problems: Problem[] = [];
  const unreadable = new Set<string>();
  let fatal = false;
  for (const error of withoutBranches(validate.errors ?? [])) {
    const clip = /^\/tracks\/\d+\/clips\/\d+/.exec(error.instancePath)?.[0];
    const misplaced = clip === undefined ? undefined : misplacedClip(value, clip);
    if (misplaced !== undefined) {
      if (!unreadable.has(clip!)) problems.push(misplaced);
      unreadable.add(clip!);
      continue;
    }
    problems.push(describeShapeError(error));
    // An unknown key is a mistake, but what is known can still be read.
    if (error.keyword === 'additionalProperties') continue;
    const part = clip ?? /^\/(tracks|transitions)\/\d+/.exec(error.instancePath)?.[0];
    if (part !== undefined) unreadable.add(part);
    else fatal ||= isBase(error);
  }
  return { problems, unreadable, fatal };
}

/** Whether an error is in what everything else is measured by: unit, canvas, the lists themselves. */
function isBase({ instancePath, keyword, params }: ErrorObject): boolean {
  if (instancePath === '') return keyword !== 'required' || baseKeys.has(String(params.missingProperty));
  return baseKeys.has(instancePath.split('/')[1]!);
}

const baseKeys = new Set(['timeUnit', 'canvas', 'tracks', 'transitions']);

/** Drops what ajv says about the alternatives of a union; the union itself says what was expected. */
function withoutBranches(errors: ErrorObject[]): ErrorObject[] {
  const unions = errors.filter(({ keyword }) => keyword === 'anyOf');
  if (unions.length === 0) return errors;
  const byPath = Map.groupBy(unions, ({ instancePath }) => instancePath);
  return errors.filter((error) => {
    for (let path = error.instancePath; ; path = path.slice(0, path.lastIndexOf('/'))) {
      if (byPath.get(path)?.some((union) => error.schemaPath.startsWith(`${union.schemaPath}/`)))
        return false;
      if (path === '') return true;
    }
  });
}

const marks = {
  text: 'text',
  sticker: 'sticker',
  effect: 'effect',
  filter: 'filter',
  media: 'media',
} as const;

/** A clip that would be fine on a track of another type is told so once. */
function misplacedClip(value: unknown, pointer: string): Problem | undefined {
  const [, , track, , index] = pointer.split('/');
  const { tracks } = value as { tracks: { type: string; clips: Record<string, unknown>[] }[] };
  const { type, clips } = tracks[Number(track)]!;
  const clip = clips[Number(index)];
  if (typeof clip !== 'object' || clip === null) return undefined;
  const expected = type === 'video' || type === 'audio' ? 'media' : type;
  const kind = Object.values(marks).find((mark) => clip[mark] !== undefined);
  if (kind === undefined || clip[expected] !== undefined) return undefined;
  const [a, goal] = kind === 'media' ? ['a media', 'video or audio'] : [`${article(kind)} ${kind}`, kind];
  return {
    code: 'DR010',
    severity: 'error',
    pointer,
    message: `tracks[${track}].clips[${index}]: ${a} clip cannot go on ${article(type)} ${type} track`,
    hint: `put it on a track of type ${goal}`,
  };
}

function article(word: string): string {
  return /^[aeiou]/.test(word) ? 'an' : 'a';
}
