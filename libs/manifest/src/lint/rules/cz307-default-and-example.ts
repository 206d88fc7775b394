import { showValue } from '@cozecut/problems';
import { child, type Node, toValue } from '../../source/node.ts';
import { follow } from '../document.ts';
import { by, defineRule } from '../rule.ts';
import { type ValueMode, valueError } from '../server/values.ts';
import { has } from '../spot.ts';
import type { Context, Spot } from '../types.ts';

/** Defaults and examples fit their schema. */
export const cz307 = defineRule(
  {
    id: 'CZ307',
    title: 'default and example fit their schema',
    stage: 'import',
    severity: by('error', 'error', 'error'),
  },
  {
    leave: {
      schema(spot, context) {
        check(spot, context, 'default', spot.node, 'default', 'invalid default: ');
        check(spot, context, 'example', spot.node, modeOf(spot), 'invalid example: ');
      },
      mediaType: checkHolder,
      parameter: checkHolder,
    },
  },
);

function check(
  { node, path, prefix }: Spot,
  { document, report }: Context,
  key: string,
  schema: Node,
  mode: ValueMode,
  words: string,
): void {
  const value = child(node, key);
  if (value === undefined || !has(node, key)) return;
  // A schema that cannot be read is told of elsewhere.
  const type = child(schema, 'type');
  if (type !== undefined && type.kind !== 'scalar') return;
  const error = valueError(document, schema, toValue(value), mode);
  if (error === undefined) return;
  report({
    path: [...path, key],
    message: `the ${key} ${showValue(toValue(value))} does not fit the schema: ${ourWords(error.reason)}`,
    predicted: `${prefix}${words}${error.full}`,
  });
}

function checkHolder(spot: Spot, context: Context): void {
  const { node, path, prefix } = spot;
  const schema = follow(context.document, child(node, 'schema'), [])?.node;
  if (schema === undefined) return;
  if (spot.kind === 'mediaType' && has(node, 'example') && has(node, 'examples')) {
    context.report({
      path: [...path, 'examples'],
      part: 'key',
      message: 'there are both an example and examples',
      predicted: `${prefix}example and examples are mutually exclusive`,
    });
    return;
  }
  check(spot, context, 'example', schema, modeOf(spot), 'invalid example: ');
  const examples = child(node, 'examples');
  if (examples?.kind !== 'map') return;
  for (const [name, entry] of examples.entries) {
    const example = follow(context.document, entry.value, [...path, 'examples', name]);
    const value = child(example?.node, 'value');
    if (example === undefined || value === undefined) continue;
    const error = valueError(context.document, schema, toValue(value), modeOf(spot));
    if (error === undefined) continue;
    context.report({
      path: [...example.path, 'value'],
      message: `the example "${name}" does not fit the schema: ${ourWords(error.reason)}`,
      predicted: `${prefix}example ${name}: ${error.full}`,
    });
  }
}

/** Examples of bodies may leave out what is only read, those of answers what is only written. */
function modeOf({ path }: Spot): ValueMode {
  if (path.includes('requestBody') || path[1] === 'requestBodies') return 'request';
  return path.includes('responses') ? 'response' : 'default';
}

function ourWords(reason: string): string {
  return reason.charAt(0).toLowerCase() + reason.slice(1);
}
