import type { JsonSchema } from '../types.ts';

/** Keywords that say what a value may be in place of `type`. */
const SHAPING = ['type', 'properties', 'items', 'prefixItems', 'const', 'enum', 'anyOf', 'oneOf', 'allOf'];

/** Unions inside of unions multiply; a value with more ways to be something counts as any value. */
const MAX_ALTERNATIVES = 200;

/** Keywords that hold for a value whichever of its alternatives it is. */
const NOTES = new Set(['title', 'description', 'default']);

const SCALARS = new Set(['string', 'integer', 'number', 'boolean']);

/** A schema without combinators, or what is known about a value that no such schema describes. */
export interface Reduced {
  /** Keywords without `allOf`, `anyOf`, `oneOf`, `const`; `type` is one name. */
  schema: JsonSchema;
  /** `plain`: the schema says it all; `scalars`: one of `types`; `any`: cannot be expressed. */
  kind: 'plain' | 'scalars' | 'any';
  types: readonly string[];
  nullable: boolean;
}

/** Brings a schema into the form with one type, as far as there is one that accepts the same values or more. */
export function reduceSchema(input: unknown): Reduced {
  const { alternatives, base } = expand(input);
  const nullable = alternatives.some(allowsNull) || base.nullable === true;
  const shapes = alternatives.filter((schema) => !isOnlyNull(schema)).map(withoutNull);
  const merged = shapes.length === 1 ? shapes[0] : unify(shapes);
  const notes = Object.fromEntries(
    Object.entries(base).filter(([key]) => NOTES.has(key) || key.startsWith('x-')),
  );
  if (merged !== undefined && typeof merged.type === 'string' && merged.type !== 'null') {
    return { schema: { ...merged, ...notes }, kind: 'plain', types: [merged.type], nullable };
  }
  const types = [...new Set(shapes.flatMap(typesOf))];
  const scalars =
    types.length > 0 &&
    shapes.every((schema) => typesOf(schema).length > 0) &&
    types.every((type) => SCALARS.has(type));
  return { schema: { ...base, ...notes }, kind: scalars ? 'scalars' : 'any', types, nullable };
}

/** The alternatives of a schema, each with the keywords that stand beside the union. */
function expand(input: unknown): { alternatives: JsonSchema[]; base: JsonSchema } {
  if (!isSchema(input)) return { alternatives: [{}], base: {} };
  const { allOf, anyOf, oneOf, const: fixed, ...rest } = input;
  const own: JsonSchema = fixed === undefined ? rest : { ...rest, enum: [fixed] };
  const base = Array.isArray(allOf) ? allOf.filter(isSchema).map(flatten).reduce(both, own) : own;
  const unions = [anyOf, oneOf].filter(Array.isArray).map((branches) => branches.filter(isSchema));
  const shaping = unions.filter((branches) =>
    branches.some((branch) => SHAPING.some((key) => key in branch)),
  );
  let alternatives: JsonSchema[] = [base];
  for (const branches of shaping) {
    const options = branches.flatMap((branch) => expand(branch).alternatives);
    if (options.length * alternatives.length > MAX_ALTERNATIVES) return { alternatives: [{}], base };
    alternatives = alternatives.flatMap((schema) => options.map((option) => both(schema, option)));
  }
  return { alternatives, base };
}

/** One schema for a part of an `allOf`; unions in it are kept apart by the caller's expansion. */
function flatten(schema: JsonSchema): JsonSchema {
  const { alternatives } = expand(schema);
  return alternatives.length === 1 ? alternatives[0]! : (unify(alternatives) ?? {});
}

/** A schema for values that keep both. */
function both(a: JsonSchema, b: JsonSchema): JsonSchema {
  const merged: Record<string, unknown> = { ...a, ...b };
  if (isSchema(a.properties) && isSchema(b.properties)) {
    const properties: Record<string, unknown> = { ...a.properties };
    for (const [name, schema] of Object.entries(b.properties)) {
      const before = properties[name];
      properties[name] = before === undefined || same(before, schema) ? schema : { allOf: [before, schema] };
    }
    merged.properties = properties;
  }
  if (Array.isArray(a.required) && Array.isArray(b.required)) {
    merged.required = [...new Set([...a.required, ...b.required])];
  }
  if (Array.isArray(a.enum) && Array.isArray(b.enum)) {
    merged.enum = a.enum.filter((value) => (b.enum as unknown[]).some((other) => same(value, other)));
  }
  if (a.description !== undefined) merged.description = a.description;
  return merged;
}

/** One schema that accepts what any of several accepts, when they are of one type. */
function unify(schemas: readonly JsonSchema[]): JsonSchema | undefined {
  const types = [...new Set(schemas.flatMap(typesOf))];
  if (schemas.length === 0 || schemas.some((schema) => typesOf(schema).length !== 1)) return undefined;
  if (types.every((type) => type === 'integer' || type === 'number') && types.length === 2) {
    return { type: 'number' };
  }
  const [type] = types;
  if (types.length !== 1 || type === undefined) return undefined;
  if (type === 'object') return unifyObjects(schemas);
  if (type === 'array') return { type, items: anyOf(schemas.map((schema) => schema.items ?? {})) };
  const choices = schemas.map((schema) => schema.enum);
  const values = choices.every(Array.isArray) ? unique(choices.flat()) : undefined;
  const first = { ...schemas[0] };
  const shared = Object.fromEntries(
    Object.entries(first).filter(([key, value]) => schemas.every((schema) => same(schema[key], value))),
  );
  return { ...shared, type, ...(values === undefined ? {} : { enum: values }) };
}

function unifyObjects(schemas: readonly JsonSchema[]): JsonSchema {
  const properties: Record<string, unknown> = {};
  const maps = schemas.map((schema) => (isSchema(schema.properties) ? schema.properties : {}));
  for (const name of new Set(maps.flatMap((map) => Object.keys(map)))) {
    properties[name] = anyOf(maps.filter((map) => name in map).map((map) => map[name]));
  }
  const lists = schemas.map((schema) =>
    Array.isArray(schema.required) ? (schema.required as string[]) : [],
  );
  const required = (lists[0] ?? []).filter((name) => lists.every((list) => list.includes(name)));
  return { type: 'object', properties, required };
}

function anyOf(schemas: readonly unknown[]): unknown {
  const distinct = unique(schemas);
  return distinct.length === 1 ? distinct[0] : { anyOf: distinct };
}

/** Types that a schema without combinators names or implies; none when it allows anything. */
function typesOf(schema: JsonSchema): string[] {
  if (schema.type !== undefined) return [schema.type].flat() as string[];
  if (Array.isArray(schema.enum)) return [...new Set(schema.enum.map(jsonType))];
  if ('properties' in schema) return ['object'];
  if ('items' in schema || 'prefixItems' in schema) return ['array'];
  if ('pattern' in schema || 'minLength' in schema || 'maxLength' in schema) return ['string'];
  return [];
}

function allowsNull(schema: JsonSchema): boolean {
  return (
    typesOf(schema).includes('null') ||
    schema.nullable === true ||
    (Array.isArray(schema.enum) && schema.enum.includes(null))
  );
}

function isOnlyNull(schema: JsonSchema): boolean {
  const types = typesOf(schema);
  return types.length === 1 && types[0] === 'null';
}

/** The schema for the values that are not null, with `type` as one name where there is one. */
function withoutNull(schema: JsonSchema): JsonSchema {
  const types = typesOf(schema).filter((type) => type !== 'null');
  const { type: _, enum: values, ...rest } = schema;
  const narrowed = types.includes('number') ? types.filter((type) => type !== 'integer') : types;
  return {
    ...(narrowed.length === 0 ? {} : { type: narrowed.length === 1 ? narrowed[0] : narrowed }),
    ...rest,
    ...(Array.isArray(values) ? { enum: values.filter((value) => value !== null) } : {}),
  };
}

function jsonType(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  return typeof value;
}

function isSchema(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function unique<T>(values: readonly T[]): T[] {
  const seen = new Map(values.map((value) => [JSON.stringify(value), value]));
  return [...seen.values()];
}
