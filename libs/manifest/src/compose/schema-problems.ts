import { isOfType, type PathSegment, type Problem, parseBare, showValue } from '@cozecut/problems';
import { createValidator, type Validate, type Violation, violationProblem } from '@cozecut/problems/schema';
import { homeOfKey } from '../schema/key-classes.ts';
import { type Node, nodeAt, problemAt, toValue } from '../source/node.ts';

/** Nobody reads more, and a hostile file may hold thousands. */
const MOST_VIOLATIONS = 100;

/** Compiled schemas by schema: compiling is slow and has one result, so remembering it changes nothing else. */
const validators = new WeakMap<object, Validate>();

/** A tree after the values that came from the environment got the types that the schema wants. */
export interface Validated {
  root: Node;
  problems: Problem[];
}

/**
 * Validates a tree. Text that came from `${env:…}` becomes a number or truth value where the schema wants one; text
 * that still holds a reference is taken for valid, its value is not known.
 *
 * @param schema - One of this library.
 * @param top - What the whole document is called in messages, such as `the manifest`.
 */
export function validateTree(root: Node, schema: object, top: string): Validated {
  let validate = validators.get(schema);
  if (validate === undefined) {
    validate = createValidator(schema, { most: MOST_VIOLATIONS, isKnown: true });
    validators.set(schema, validate);
  }
  let tree = root;
  let violations = validate(toValue(tree));
  const coerced = violations.reduce(coerce, tree);
  if (coerced !== tree) {
    tree = coerced;
    violations = validate(toValue(tree));
  }
  const known = violations.filter((violation) => !isPending(tree, violation));
  const problems = known.map((violation) => toProblem(tree, violation, top));
  if (violations.length >= MOST_VIOLATIONS) {
    problems.push({
      code: 'TOO_MANY_PROBLEMS',
      severity: 'error',
      message: `there may be more than these ${problems.length} problems in ${top}`,
      hint: 'mend these first',
    });
  }
  // What is not known and would not do as text is left out where it may be, so that a built-in value stands in.
  for (const { path } of violations.filter((violation) => isPending(tree, violation))) {
    const without = removeAt(tree, path);
    const needed = validate(toValue(without)).some(
      (violation) => violation.code === 'MISSING_KEY' && samePath(violation.path, path),
    );
    if (!needed) tree = without;
  }
  return { root: tree, problems };
}

function samePath(a: readonly PathSegment[], b: readonly PathSegment[]): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** A copy of the tree without a key of a map; items of lists stay. */
function removeAt(root: Node, path: readonly PathSegment[]): Node {
  const parent = nodeAt(root, path.slice(0, -1));
  if (parent?.kind !== 'map') return root;
  const entries = new Map(parent.entries);
  entries.delete(String(path.at(-1)));
  return replaceAt(root, path.slice(0, -1), { ...parent, entries });
}

/** The problem that a violation is, with the place in the tree. */
export function toProblem(root: Node, violation: Violation, top: string): Problem {
  const { path, part, isSecret } = violation;
  const { pointer: _, ...finding } = violationProblem(violation, { top, got: gotOf(root, violation) });
  const hint = homeHint(violation) ?? violation.hint;
  const problem = problemAt(root, path, part, {
    ...finding,
    ...(hint === undefined ? {} : { hint: asWritten(root, violation, hint) }),
  });
  if (!isSecret || problem.location === undefined) return problem;
  const { source: _source, ...location } = problem.location;
  return { ...problem, location };
}

/** What came, where the value alone does not tell. */
function gotOf(root: Node, violation: Violation): string {
  const node = nodeAt(root, violation.path);
  return node?.kind === 'scalar' && node.env === 'set'
    ? 'a text from the environment'
    : asWritten(root, violation, showValue(violation.value));
}

/** A number in a text about it with all its digits: a long one has lost some as a value. */
function asWritten(root: Node, { path, value }: Violation, text: string): string {
  const place = typeof value === 'number' ? nodeAt(root, path)?.place : undefined;
  return place === undefined
    ? text
    : text.replace(String(value), place.file.text.slice(place.start, place.end));
}

function homeHint(violation: Violation): string | undefined {
  return violation.code === 'UNKNOWN_KEY' && !violation.suggestions?.length
    ? homeOfKey(String(violation.path.at(-1)))
    : undefined;
}

function isPending(root: Node, violation: Violation): boolean {
  const node = nodeAt(root, violation.path);
  return node?.kind === 'scalar' && node.env === 'pending';
}

function coerce(root: Node, violation: Violation): Node {
  if (violation.code !== 'WRONG_TYPE') return root;
  const node = nodeAt(root, violation.path);
  if (node?.kind !== 'scalar' || node.env !== 'set' || typeof node.value !== 'string') return root;
  const value = parseBare(node.value);
  if (value === undefined || !violation.types?.some((type) => isOfType(value, type))) return root;
  return replaceAt(root, violation.path, { ...node, value });
}

/** A copy of the tree with another node at a path that exists. */
function replaceAt(root: Node, path: readonly PathSegment[], node: Node): Node {
  const [segment, ...rest] = path;
  if (segment === undefined) return node;
  if (root.kind === 'list') {
    const items = root.items.map((item, index) =>
      index === Number(segment) ? replaceAt(item, rest, node) : item,
    );
    return { ...root, items };
  }
  if (root.kind === 'scalar') return root;
  const entries = new Map(root.entries);
  const entry = entries.get(String(segment));
  if (entry !== undefined)
    entries.set(String(segment), { ...entry, value: replaceAt(entry.value, rest, node) });
  return { ...root, entries };
}
