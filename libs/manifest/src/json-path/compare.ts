import type { Operator } from './ast.ts';

/** Counts the work of a query. */
export interface Budget {
  /** @throws JsonPathError when there is nothing left. */
  spend(steps: number): void;
}

/** The result of a query or a function that has none: it equals only itself. */
export const NOTHING: unique symbol = Symbol('nothing');

/** Compares two values by the rules of RFC 9535, section 2.3.5.2.2. */
export function compareValues(operator: Operator, left: unknown, right: unknown, budget: Budget): boolean {
  switch (operator) {
    case '==':
      return isEqual(left, right, budget);
    case '!=':
      return !isEqual(left, right, budget);
    case '<':
      return isLess(left, right);
    case '>':
      return isLess(right, left);
    case '<=':
      return isLess(left, right) || isEqual(left, right, budget);
    case '>=':
      return isLess(right, left) || isEqual(left, right, budget);
  }
}

/** Texts by their code points, which is not the order of UTF-16. */
function isLess(left: unknown, right: unknown): boolean {
  if (typeof left === 'number' && typeof right === 'number') return left < right;
  if (typeof left !== 'string' || typeof right !== 'string') return false;
  return Buffer.compare(Buffer.from(left), Buffer.from(right)) < 0;
}

function isEqual(left: unknown, right: unknown, budget: Budget): boolean {
  budget.spend(1);
  if (Array.isArray(left) && Array.isArray(right)) {
    return left.length === right.length && left.every((item, index) => isEqual(item, right[index], budget));
  }
  if (isMap(left) && isMap(right)) {
    const names = Object.keys(left);
    return (
      names.length === Object.keys(right).length &&
      names.every((name) => Object.hasOwn(right, name) && isEqual(left[name], right[name], budget))
    );
  }
  return left === right;
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
