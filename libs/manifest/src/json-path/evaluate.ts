import type { PathSegment } from '@cozecut/problems';
import { JsonPathError, type Query, type Segment, type Selector, type Test } from './ast.ts';
import { type Budget, compareValues } from './compare.ts';
import { callLogical, callValue } from './functions.ts';
import { parseQuery } from './parse.ts';

/** A node of a document that a query selects. */
export interface Match {
  path: PathSegment[];
  value: unknown;
}

/** Each `..` may select a node many times over. */
const MAX_NODES = 100_000;
/** Filters inside of filters may look at every node for every node. */
const MAX_STEPS = 3_000_000;

/**
 * Selects nodes with a JSONPath query (RFC 9535). Members come in the order in which they are written.
 *
 * @throws JsonPathError when the query cannot be read, or asks for more than there is time for.
 */
export function selectNodes(document: unknown, query: string): Match[] {
  const segments = parseQuery(query);
  let steps = 0;
  const budget: Budget = {
    spend: (count) => {
      steps += count;
      if (steps > MAX_STEPS)
        throw new JsonPathError('the query takes too long: use less .. and fewer filters');
    },
  };
  return run(segments, { path: [], value: document }, { root: document, budget });
}

/** What a filter sees besides the node that it tests. */
export interface Scope {
  root: unknown;
  budget: Budget;
}

function run(segments: readonly Segment[], start: Match, scope: Scope): Match[] {
  let nodes = [start];
  for (const { isDescendant, selectors } of segments) {
    const found: Match[] = [];
    for (const node of nodes) {
      for (const from of isDescendant ? withDescendants(node, scope.budget) : [node]) {
        // Not spread into push: a list may have more items than a call can have arguments.
        for (const selector of selectors)
          for (const match of select(selector, from, scope)) found.push(match);
      }
      if (found.length > MAX_NODES) {
        throw new JsonPathError(`the query selects more than ${MAX_NODES} nodes: use .. only once`);
      }
    }
    scope.budget.spend(found.length + 1);
    nodes = found;
  }
  return nodes;
}

function select(selector: Selector, node: Match, scope: Scope): Match[] {
  const { path, value } = node;
  switch (selector.kind) {
    case 'name': {
      const { name } = selector;
      const isThere = isMap(value) && Object.hasOwn(value, name);
      return isThere ? [{ path: [...path, name], value: value[name] }] : [];
    }
    case 'wildcard':
      return children(node);
    case 'index':
      return Array.isArray(value) ? pick(node, value, [selector.index]) : [];
    case 'slice':
      return Array.isArray(value) ? pick(node, value, sliceIndexes(selector, value.length)) : [];
    case 'filter':
      return children(node).filter((child) => holds(selector.test, child.value, scope));
  }
}

function holds(test: Test, current: unknown, scope: Scope): boolean {
  scope.budget.spend(1);
  const answers = (query: Query) => answer(query, current, scope);
  switch (test.kind) {
    case 'or':
      return test.tests.some((one) => holds(one, current, scope));
    case 'and':
      return test.tests.every((one) => holds(one, current, scope));
    case 'not':
      return !holds(test.test, current, scope);
    case 'compare': {
      const left = callValue(test.left, answers);
      return compareValues(test.operator, left, callValue(test.right, answers), scope.budget);
    }
    case 'holds': {
      const { subject } = test;
      if (subject.kind === 'query') return answers(subject).length > 0;
      return callLogical(subject, answers, scope.budget);
    }
  }
}

function answer({ isRoot, segments }: Query, current: unknown, scope: Scope): unknown[] {
  const start: Match = { path: [], value: isRoot ? scope.root : current };
  return run(segments, start, scope).map(({ value }) => value);
}

function pick({ path }: Match, list: readonly unknown[], indexes: readonly number[]): Match[] {
  return indexes
    .map((index) => (index < 0 ? list.length + index : index))
    .filter((index) => index >= 0 && index < list.length)
    .map((index) => ({ path: [...path, index], value: list[index] }));
}

/** Indexes of a slice, by the bounds of RFC 9535, section 2.3.4.2. */
function sliceIndexes({ start, end, step }: Extract<Selector, { kind: 'slice' }>, length: number): number[] {
  if (step === 0) return [];
  const from = (index: number) => (index >= 0 ? index : length + index);
  const clamp = (index: number, low: number, high: number) => Math.min(Math.max(index, low), high);
  const indexes: number[] = [];
  if (step > 0) {
    const upper = clamp(from(end ?? length), 0, length);
    for (let at = clamp(from(start ?? 0), 0, length); at < upper; at += step) indexes.push(at);
  } else {
    const lower = end === undefined ? -1 : clamp(from(end), -1, length - 1);
    for (let at = clamp(from(start ?? length - 1), -1, length - 1); at > lower; at += step) indexes.push(at);
  }
  return indexes;
}

function children({ path, value }: Match): Match[] {
  if (Array.isArray(value)) return value.map((item, index) => ({ path: [...path, index], value: item }));
  if (!isMap(value)) return [];
  return Object.entries(value).map(([name, item]) => ({ path: [...path, name], value: item }));
}

function withDescendants(node: Match, budget: Budget): Match[] {
  const found: Match[] = [];
  const visit = (at: Match): void => {
    budget.spend(1);
    found.push(at);
    for (const child of children(at)) visit(child);
  };
  visit(node);
  return found;
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
