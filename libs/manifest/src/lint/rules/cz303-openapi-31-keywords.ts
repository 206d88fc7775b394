import { showValue } from '@cozecut/problems';
import { child, entriesOf, type MapNode, nodeAt, toValue } from '../../source/node.ts';
import { fixOf, insertKey, removeKey, renameKey, replaceValue, written } from '../fix/edits.ts';
import { GRAMMAR } from '../grammar.ts';
import { by, defineRule } from '../rule.ts';
import { list } from '../server/go.ts';
import { has, textAt } from '../spot.ts';
import type { Context, Spot } from '../types.ts';
import { misreadsOf } from './misread.ts';

/** Schemas are written as in OpenAPI 3.0, without what came with 3.1. */
export const cz303 = defineRule(
  {
    id: 'CZ303',
    title: 'No lists of types, type null, numeric exclusive bounds, const and examples in schemas',
    stage: 'import',
    severity: by('error', 'error', 'error'),
    fixable: true,
  },
  {
    source: checkTypes,
    schema: checkNull,
    leave: { schema: checkKeywords },
  },
);

function checkTypes(context: Context): void {
  const { document, report } = context;
  for (const { path, key, value, predicted } of misreadsOf('CZ303', context)) {
    const schema = nodeAt(document.root, path.slice(0, -1));
    if (schema?.kind !== 'map') continue;
    const isBound = key !== 'type';
    const types = Array.isArray(value) ? value.filter((type) => type !== 'null') : [];
    const shown = Array.isArray(value) ? JSON.stringify(value) : showValue(value);
    report({
      path,
      message: isBound
        ? `${key} must be true or false beside a bound (got ${showValue(value)})`
        : `type must be one type (got ${shown})`,
      hint: isBound
        ? `OpenAPI 3.0: ${key === 'exclusiveMinimum' ? 'minimum' : 'maximum'}: ${String(value)} and ${key}: true`
        : 'A value that may be missing is not in "required"; Coze has no null',
      predicted,
      phase: 'load',
      fix: isBound ? boundFix(document, schema, key, value) : typeFix(document, schema, types),
    });
  }
}

function typeFix(document: Context['document'], schema: MapNode, types: readonly unknown[]) {
  const [type] = types;
  if (types.length !== 1 || typeof type !== 'string') return undefined;
  return fixOf(`Write ${type}`, replaceValue(document, child(schema, 'type'), written(type)));
}

function boundFix(document: Context['document'], schema: MapNode, key: string, value: unknown) {
  const bound = key === 'exclusiveMinimum' ? 'minimum' : 'maximum';
  if (typeof value !== 'number' || has(schema, bound)) return undefined;
  return fixOf(
    `Write ${bound} and ${key}: true`,
    insertKey(document, schema, bound, String(value)),
    replaceValue(document, child(schema, key), 'true'),
  );
}

function checkNull({ node, path, prefix }: Spot, { report }: Context): void {
  if (textAt(node, 'type') !== 'null') return;
  report({
    path: [...path, 'type'],
    message: 'there is no type null in OpenAPI 3.0',
    hint: 'Leave the property out of "required"',
    predicted: `${prefix}unsupported 'type' value "null"`,
  });
}

function checkKeywords({ node, path, prefix }: Spot, { document, report }: Context): void {
  const unknown = entriesOf(node)
    .map(([key]) => key)
    .filter((key) => !Object.hasOwn(GRAMMAR.schema, key) && !key.startsWith('x-'))
    .toSorted();
  const predicted = `${prefix}extra sibling fields: ${list(unknown)}`;
  const value = child(node, 'const');
  if (value !== undefined) {
    const fix = has(node, 'enum')
      ? undefined
      : fixOf(
          'Write it as enum',
          renameKey(document, node.entries.get('const'), 'enum'),
          replaceValue(document, value, written([toValue(value)])),
        );
    report({
      path: [...path, 'const'],
      part: 'key',
      message: 'const came with OpenAPI 3.1; write an enum of one value',
      predicted,
      fix,
    });
  }
  if (child(node, 'examples') !== undefined) {
    const fix = has(node, 'type')
      ? fixOf('Remove examples', removeKey(document, node, 'examples'))
      : undefined;
    report({
      path: [...path, 'examples'],
      part: 'key',
      message: 'examples of a schema came with OpenAPI 3.1; write one example',
      predicted,
      fix,
    });
  }
}
