import { isDeepEqual } from './equal.ts';
import { type Check, checkPart, fail, type SchemaNode } from './node.ts';
import { accepts, typesOf } from './types.ts';

/** Checks of a list. */
export function arrayChecks(node: SchemaNode): Check[] {
  const { maxItems, minItems, uniqueItems } = node.schema;
  const checks: Check[] = [];
  if (typeof maxItems === 'number') {
    checks.push((value, errors) => {
      if ((value as unknown[]).length > maxItems) fail(errors, node, 'maxItems', value, { limit: maxItems });
    });
  }
  if (typeof minItems === 'number') {
    checks.push((value, errors) => {
      if ((value as unknown[]).length < minItems) fail(errors, node, 'minItems', value, { limit: minItems });
    });
  }
  checks.push(...itemChecks(node));
  if (uniqueItems === true) {
    const find = repetitionFinder(node.schema.items);
    checks.push((value, errors) => {
      const found = find(value as unknown[]);
      if (found !== undefined) fail(errors, node, 'uniqueItems', value, found);
    });
  }
  return checks;
}

function itemChecks(node: SchemaNode): Check[] {
  const { prefixItems = [], items } = node.schema as { prefixItems?: unknown[]; items?: unknown };
  const checks: Check[] = [];
  if (prefixItems.length > 0) {
    const first = prefixItems.map((schema, index) => node.inner(schema, ['prefixItems', index]));
    checks.push((value, errors) => {
      const list = value as unknown[];
      const length = Math.min(list.length, first.length);
      for (let index = 0; index < length; index += 1) checkPart(first[index]!, list[index], index, errors);
    });
  }
  const from = prefixItems.length;
  if (items === false && from > 0) {
    checks.push((value, errors) => {
      if ((value as unknown[]).length <= from) return;
      fail(errors, node, 'items', value, { limit: from }, `must NOT have more than ${from} items`);
    });
  } else if (items !== undefined) {
    const check = node.inner(items, ['items']);
    checks.push((value, errors) => {
      const list = value as unknown[];
      for (let index = from; index < list.length; index += 1) checkPart(check, list[index], index, errors);
    });
  }
  return checks;
}

interface Repetition extends Record<string, unknown> {
  i: number;
  j: number;
}

/** Finds two items that are the same, from the end; the fast way is for items that are no lists or maps. */
function repetitionFinder(items: unknown): (list: readonly unknown[]) => Repetition | undefined {
  const types = typeof items === 'object' && items !== null ? typesOf(items) : [];
  const isPlain = types.length > 0 && !types.includes('array') && !types.includes('object');
  return isPlain ? (list) => findPlain(list, types.map(accepts)) : findAny;
}

function findPlain(
  list: readonly unknown[],
  types: readonly ((value: unknown) => boolean)[],
): Repetition | undefined {
  const seen = new Map<unknown, number>();
  for (let i = list.length - 1; i >= 0; i -= 1) {
    const item = list[i];
    // An item of a wrong type is reported as such.
    if (!types.some((isType) => isType(item))) continue;
    const j = seen.get(item);
    if (j !== undefined) return { i, j };
    seen.set(item, i);
  }
  return undefined;
}

function findAny(list: readonly unknown[]): Repetition | undefined {
  for (let i = list.length - 1; i > 0; i -= 1) {
    for (let j = i - 1; j >= 0; j -= 1) if (isDeepEqual(list[i], list[j])) return { i, j };
  }
  return undefined;
}
