import { isDeepEqual } from './equal.ts';
import { type Check, fail, type SchemaNode } from './node.ts';

/** Checks of a value of any type. */
export function generalChecks(node: SchemaNode): Check[] {
  const { schema } = node;
  const { enum: allowedValues, anyOf, oneOf, allOf } = schema as Record<string, unknown[] | undefined>;
  const checks: Check[] = [];
  if (schema.const !== undefined) {
    const allowedValue = schema.const;
    checks.push((value, errors) => {
      if (!isDeepEqual(value, allowedValue)) fail(errors, node, 'const', value, { allowedValue });
    });
  }
  if (allowedValues !== undefined) {
    checks.push((value, errors) => {
      for (const allowed of allowedValues) if (isDeepEqual(value, allowed)) return;
      fail(errors, node, 'enum', value, { allowedValues });
    });
  }
  if (anyOf !== undefined) checks.push(anyOfCheck(node, anyOf));
  // With a discriminator one alternative alone is looked at, with the checks of maps.
  if (oneOf !== undefined && schema.discriminator === undefined) checks.push(oneOfCheck(node, oneOf));
  return [...checks, ...(allOf ?? []).map((one, index) => node.inner(one, ['allOf', index]))];
}

function anyOfCheck(node: SchemaNode, schemas: readonly unknown[]): Check {
  const alternatives = schemas.map((schema, index) => node.inner(schema, ['anyOf', index], true));
  return (value, errors) => {
    const before = errors.length;
    for (const check of alternatives) {
      const here = errors.length;
      check(value, errors);
      if (errors.length > here) continue;
      errors.length = before;
      return;
    }
    fail(errors, node, 'anyOf', value);
  };
}

function oneOfCheck(node: SchemaNode, schemas: readonly unknown[]): Check {
  const alternatives = schemas.map((schema, index) => node.inner(schema, ['oneOf', index], true));
  return (value, errors) => {
    const before = errors.length;
    const passing: number[] = [];
    for (let index = 0; index < alternatives.length && passing.length < 2; index += 1) {
      const here = errors.length;
      alternatives[index]!(value, errors);
      if (errors.length === here) passing.push(index);
    }
    if (passing.length === 1) errors.length = before;
    else fail(errors, node, 'oneOf', value, { passingSchemas: passing.length === 0 ? null : passing });
  };
}
