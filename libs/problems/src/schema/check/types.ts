/** How a value is known to be of a type. Numbers that JSON cannot write count as numbers, as they do in ajv. */
const TYPES: Readonly<Record<string, (value: unknown) => boolean>> = {
  string: (value) => typeof value === 'string',
  number: (value) => typeof value === 'number',
  integer: (value) => typeof value === 'number' && !(value % 1) && !Number.isNaN(value),
  boolean: (value) => typeof value === 'boolean',
  null: (value) => value === null,
  array: Array.isArray,
  object: (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
};

/** Names of the JSON types. */
export const TYPE_NAMES: ReadonlySet<unknown> = new Set(Object.keys(TYPES));

/** Whether a value is of a type. */
export function accepts(type: string): (value: unknown) => boolean {
  return TYPES[type]!;
}

/** The types that a schema allows; none when it says nothing. */
export function typesOf({ type, nullable }: { type?: unknown; nullable?: unknown }): string[] {
  const types = type === undefined ? [] : ([type].flat() as string[]);
  return nullable === true && !types.includes('null') ? [...types, 'null'] : types;
}
