import { formatPointer, isOfType, type PathSegment, showJson, typeOf, typeWords } from '@cozecut/problems';

/** How an output is compared with the one that was expected; see the examples of a tool in the manifest. */
export type OutputMatch = 'exact' | 'shape' | 'subset';

/** One place where an output is not what was expected. */
export interface OutputDifference {
  /** JSON Pointer into the output. */
  pointer: string;
  /** What was expected and what came. */
  message: string;
}

/**
 * Compares the output of a tool with the one of an example.
 *
 * - `exact`: equal, whatever the order of keys.
 * - `subset`: equal where something is expected; further keys are fine, lists are as long as expected.
 * - `shape`: the same keys with values of the same type. The elements of a list are like those expected, the last of
 *   which stands for all further ones; a list is empty only where an empty one is expected.
 */
export function matchOutput(expected: unknown, came: unknown, match: OutputMatch): OutputDifference[] {
  return [...compare(expected, came, match, [])];
}

type Path = readonly PathSegment[];
type Values = Readonly<Record<string, unknown>>;

function* compare(expected: unknown, came: unknown, match: OutputMatch, path: Path): Differences {
  const type = typeOf(expected);
  const isAlike = isOfType(came, type) || (type === 'integer' && typeof came === 'number');
  if (!isAlike) yield difference(path, wanted(expected, match), showJson(came));
  else if (type === 'array') yield* compareLists(expected as unknown[], came as unknown[], match, path);
  else if (type === 'object') yield* compareMaps(expected as Values, came as Values, match, path);
  else if (match !== 'shape' && expected !== came) yield difference(path, showJson(expected), showJson(came));
}

type Differences = Generator<OutputDifference>;

function* compareMaps(expected: Values, came: Values, match: OutputMatch, path: Path): Differences {
  for (const [key, value] of Object.entries(expected)) {
    if (Object.hasOwn(came, key)) yield* compare(value, came[key], match, [...path, key]);
    else yield difference([...path, key], wanted(value, match), 'nothing');
  }
  if (match === 'subset') return;
  for (const key of Object.keys(came)) {
    if (!Object.hasOwn(expected, key)) yield difference([...path, key], 'nothing', showJson(came[key]));
  }
}

function* compareLists(expected: unknown[], came: unknown[], match: OutputMatch, path: Path): Differences {
  const isLongEnough = match === 'shape' ? came.length > 0 : came.length === expected.length;
  if (expected.length === 0 ? came.length > 0 && match !== 'shape' : !isLongEnough) {
    yield difference(path, `${expected.length} elements`, String(came.length));
  }
  if (expected.length === 0) return;
  const compared = match === 'shape' ? came : came.slice(0, expected.length);
  for (const [index, element] of compared.entries()) {
    yield* compare(expected[Math.min(index, expected.length - 1)], element, match, [...path, index]);
  }
}

function wanted(value: unknown, match: OutputMatch): string {
  const type = typeOf(value);
  return match === 'shape' || type === 'array' || type === 'object' ? typeWords([type]) : showJson(value);
}

function difference(path: Path, expected: string, came: string): OutputDifference {
  return { pointer: formatPointer(path), message: `expected ${expected}, came ${came}` };
}
