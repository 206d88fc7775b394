import type { PathSegment } from '@cozecut/problems';
import { child, entriesOf, itemsOf, type Node } from '../../source/node.ts';
import { by, defineRule } from '../rule.ts';
import { secretKind } from '../secrets.ts';
import type { Context, Spot } from '../types.ts';

/** No secrets, mail addresses and phone numbers in examples and defaults. */
export const cz022 = defineRule(
  {
    id: 'CZ022',
    title: 'No secrets, mail addresses and phone numbers in examples and defaults',
    stage: 'form',
    severity: by('warning', 'warning', 'warning'),
  },
  {
    schema: (spot, context) => checkKeys(spot, ['default', 'example', 'enum'], context),
    parameter: (spot, context) => checkKeys(spot, ['example'], context),
    mediaType: (spot, context) => checkKeys(spot, ['example'], context),
    example: (spot, context) => checkKeys(spot, ['value'], context),
  },
);

function checkKeys({ node, path }: Spot, keys: readonly string[], context: Context): void {
  for (const key of keys) {
    const value = child(node, key);
    if (value !== undefined) checkValue(value, [...path, key], context, 0);
  }
}

function checkValue(node: Node, path: readonly PathSegment[], context: Context, depth: number): void {
  if (depth > 20) return;
  for (const [key, { value }] of entriesOf(node)) checkValue(value, [...path, key], context, depth + 1);
  for (const [index, item] of itemsOf(node).entries()) checkValue(item, [...path, index], context, depth + 1);
  if (node.kind !== 'scalar') return;
  const kind = secretKind(String(node.value ?? ''));
  if (kind === undefined) return;
  context.report({
    path,
    message: `this looks like ${kind}, which the checks of Coze may refuse`,
    hint: 'Use a made-up value such as user@example.com',
  });
}
