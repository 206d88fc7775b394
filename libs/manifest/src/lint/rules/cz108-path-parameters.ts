import { closest } from '@cozecut/problems';
import { child } from '../../source/node.ts';
import { fixOf, insertKey, replaceValue } from '../fix/edits.ts';
import { by, defineRule } from '../rule.ts';
import { list, quote } from '../server/go.ts';
import { pathVariables } from '../server/template.ts';
import { isTrue, operationName, type Placed, parametersOf, placedAt, textAt } from '../spot.ts';
import type { Context, Spot } from '../types.ts';

/** The parameters in the path are those of the operation, are required and are simple. */
export const cz108 = defineRule(
  {
    id: 'CZ108',
    title: 'The parameters of the path are declared, required and simple',
    stage: 'import',
    severity: by('error', 'error', 'error'),
    fixable: true,
  },
  {
    pathItem: checkConflict,
    operation: checkNames,
    parameter: checkParameter,
  },
);

function checkConflict({ key, path, parent }: Spot, { report }: Context): void {
  if (parent?.kind !== 'document') return;
  const paths = child(parent.node, 'paths');
  const others = paths?.kind === 'map' ? [...paths.entries.keys()] : [];
  const bare = key.replace(/\{[^}]*\}/g, '{}');
  const other = others.find((name) => name === bare && name !== key && name < key);
  if (other === undefined) return;
  report({
    path,
    part: 'key',
    message: `the path ${key} is the same as ${other} for the server`,
    predicted: `invalid paths: conflicting paths ${quote(key)} and ${quote(other)}`,
  });
}

function checkNames(spot: Spot, { document, report }: Context): void {
  const urlPath = String(spot.path[1]);
  const inPath = pathVariables(urlPath);
  const common = spot.parent === undefined ? [] : parametersOf(document, spot.parent);
  const declared = [...parametersOf(document, spot), ...common].filter(
    ({ node }) => textAt(node, 'in') === 'path',
  );
  const names = declared.map(({ node }) => textAt(node, 'name'));
  const operation = operationName(spot);
  const extra = names.filter((name) => !inPath.includes(name));
  const missing = inPath.filter((name) => !names.includes(name));
  if (extra.length + missing.length === 0) return;
  const wrongCount = names.length !== inPath.length;
  const predicted = wrongCount
    ? {
        predicted: `invalid paths: operation ${operation} must define exactly all path parameters (missing: ${list([...new Set([...extra, ...missing])])})`,
      }
    : { stage: 'run' as const };
  const places = new Map<string, Placed>(declared.map((place) => [textAt(place.node, 'name'), place]));
  for (const name of missing) {
    report({
      path: spot.path,
      part: 'key',
      message: `${operation} has no path parameter "${name}"${extra.length > 0 ? ` (it has "${extra.join('", "')}")` : ''}`,
      suggestions: wrongCount ? [] : closest(name, extra),
      ...(wrongCount
        ? {
            hint: `Add { name: ${name}, in: path, required: true, schema: { type: string } } to its parameters`,
          }
        : {}),
      ...predicted,
    });
  }
  // A wrong name is one mistake, told where the name is missing.
  if (!wrongCount) return;
  for (const name of extra) {
    report({
      path: [...(places.get(name)?.path ?? spot.path), 'name'],
      message: `the path ${urlPath} has no {${name}}`,
      suggestions: closest(name, inPath),
      ...predicted,
    });
  }
}

function checkParameter(spot: Spot, { document, report }: Context): void {
  const { node, path, prefix } = spot;
  if (textAt(node, 'in') !== 'path') return;
  const name = textAt(node, 'name');
  if (!isTrue(node, 'required')) {
    const value = child(node, 'required');
    report({
      path: [...path, 'required'],
      message: `the path parameter "${name}" must have required: true`,
      predicted: `${prefix}path parameter ${quote(name)} must be required`,
      fix: fixOf(
        'Add required: true',
        value === undefined
          ? insertKey(document, node, 'required', 'true')
          : replaceValue(document, value, 'true'),
      ),
    });
  }
  const schema = placedAt(document, spot, 'schema');
  if (schema !== undefined && textAt(schema.node, 'type') === 'array') {
    report({
      path: [...schema.path, 'type'],
      message: `the path parameter "${name}" must be one value (got a list)`,
      predicted: `the type of parameter '${name}' cannot be 'array'`,
      phase: 'plugin',
    });
  }
}
