import { child, textOf } from '../../source/node.ts';
import { by, defineRule } from '../rule.ts';
import { quote } from '../server/go.ts';
import { has, operationName, type Placed, parametersOf, placedAt, textAt } from '../spot.ts';
import type { Context, Spot } from '../types.ts';
import { reportMisreads } from './misread.ts';

/** A parameter has a name and a schema with a simple type. */
export const cz113 = defineRule(
  {
    id: 'CZ113',
    title: 'A parameter has a name and a schema of a simple type',
    stage: 'import',
    severity: by('error', 'error', 'error'),
  },
  {
    source: (context) => reportMisreads('CZ113', context),
    parameter: checkShape,
    operation: checkTypes,
  },
);

function checkShape({ node, path, prefix }: Spot, { report }: Context): void {
  const name = textAt(node, 'name');
  if (name === '') {
    report({
      path: [...path, 'name'],
      message: 'a parameter must have a name',
      predicted: `${prefix}parameter name can't be blank`,
    });
  }
  const words = `${prefix}parameter ${quote(name)} `;
  if (has(node, 'schema') === has(node, 'content')) {
    report({
      path: [...path, 'schema'],
      message: has(node, 'schema')
        ? `the parameter "${name}" has both a schema and content`
        : `the parameter "${name}" needs a schema`,
      predicted: `${words}schema is invalid: parameter must contain exactly one of content and schema`,
    });
  } else if (has(node, 'example') && has(node, 'examples')) {
    report({
      path: [...path, 'examples'],
      part: 'key',
      message: `the parameter "${name}" has both an example and examples`,
      predicted: `${words}example and examples are mutually exclusive`,
    });
  }
}

function checkTypes(spot: Spot, { document, report }: Context): void {
  for (const parameter of parametersOf(document, spot)) {
    const name = textAt(parameter.node, 'name');
    const schema = placedAt(document, parameter, 'schema');
    const say = (path: readonly (string | number)[], message: string, predicted: string) =>
      report({ path, message, predicted, phase: 'plugin' });
    if (schema === undefined) {
      if (!has(parameter.node, 'content')) continue;
      say(
        [...parameter.path, 'content'],
        `the parameter "${name}" needs a schema instead of content`,
        'parameter schema is required',
      );
      continue;
    }
    const type = textAt(schema.node, 'type');
    const at = [...schema.path, 'type'];
    if (type === '' && !(has(schema.node, 'type') && textOf(child(schema.node, 'type')) === undefined)) {
      say(at, `the parameter "${name}" needs a type`, `the type of  parameter '${name}' is required`);
    } else if (type === 'object') {
      say(
        at,
        `the parameter "${name}" cannot be an object`,
        `the type of parameter '${name}' cannot be 'object'`,
      );
    } else if (type === 'array' && textAt(parameter.node, 'in') !== 'path') checkItems(spot, schema, name);
  }

  function checkItems(operation: Spot, schema: Placed, name: string): void {
    const items = placedAt(document, schema, 'items');
    const type = textAt(items?.node, 'type');
    if (items === undefined || (type !== 'object' && type !== 'array')) return;
    report({
      path: [...items.path, 'type'],
      message: `the items of the parameter "${name}" must be simple values (got ${type})`,
      stage: 'tools',
      predicted: `the item type of parameter '${name}' cannot be 'object' or 'array'`,
      phase: 'tools',
      operation: operationName(operation),
    });
  }
}
