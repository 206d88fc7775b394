import type { JsonSchema } from '../types.ts';

/**
 * The arguments without those that a node of a workflow sends for what nobody filled in: Coze makes them zero, an
 * empty list or a map of nulls. Only what the schema would refuse, or what says nothing, is left out; and a zero or
 * `false` where the schema says `x-zero: unset`.
 */
export function withoutUnset(
  { properties = {}, required = [] }: JsonSchema,
  args: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const needed = new Set(required as string[]);
  const given = Object.entries(args).filter(([name, value]) => {
    const known = Object.hasOwn(properties as object, name) && !needed.has(name);
    return !known || !isUnset((properties as Record<string, JsonSchema>)[name]!, value);
  });
  return Object.fromEntries(given);
}

function isUnset(schema: JsonSchema, value: unknown): boolean {
  if (value === 0 || value === false)
    return schema['x-zero'] === 'unset' || (value === 0 && refusesZero(schema));
  if (Array.isArray(value)) return value.length === 0 && Number(schema.minItems ?? 0) > 0;
  if (typeof value !== 'object' || value === null || schema.type !== 'object') return false;
  const members = Object.values(value);
  return members.length > 0 && members.every((member) => member === null);
}

function refusesZero({ enum: values, minimum, exclusiveMinimum }: JsonSchema): boolean {
  if (Array.isArray(values)) return !values.includes(0);
  return Number(minimum ?? 0) > 0 || Number(exclusiveMinimum ?? -1) >= 0;
}
