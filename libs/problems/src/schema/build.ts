type Options = Readonly<Record<string, unknown>>;
type Schema = Record<string, unknown>;

const OPTIONAL = '~optional';

const ofType =
  (type: string) =>
  (options: Options = {}): Schema => ({ type, ...options });

/**
 * Makes JSON Schemas with the calls of TypeBox, and the same ones. A library writes its schemas once with these calls
 * under the types of TypeBox, which gives it the TypeScript type, and does not load the several hundred files of
 * TypeBox in every program that checks a value.
 */
export const schemaBuilder = {
  /** `{ type: 'string' }` with `options` such as `maxLength`. */
  String: ofType('string'),
  /** `{ type: 'number' }` with `options` such as `minimum`. */
  Number: ofType('number'),
  /** A whole number. */
  Integer: ofType('integer'),
  /** `true` or `false`. */
  Boolean: ofType('boolean'),
  /** `null` alone. */
  Null: ofType('null'),
  /** Any value. */
  Unknown: (options: Options = {}): Schema => ({ ...options }),
  /** This value alone. */
  Literal: (value: string | number | boolean, options: Options = {}): Schema => ({
    type: typeof value,
    const: value,
    ...options,
  }),
  /** One of these values. */
  Enum: (values: readonly unknown[], options: Options = {}): Schema => ({ enum: values, ...options }),
  /** What one of these schemas takes (`anyOf`). */
  Union: (schemas: readonly Schema[], options: Options = {}): Schema => ({ anyOf: schemas, ...options }),
  /** A list of what `items` takes. */
  Array: (items: Schema, options: Options = {}): Schema => ({ type: 'array', items, ...options }),
  /** A map: `names` is a schema whose `pattern` the keys fit, `values` that of the values. */
  Record: (names: Schema, values: Schema, options: Options = {}): Schema => ({
    type: 'object',
    patternProperties: { [String(names.pattern ?? '^.*$')]: values },
    ...options,
  }),
  /** A map with these keys; each is required unless it was made by `Optional`. */
  Object: (properties: Record<string, Schema>, options: Options = {}): Schema => {
    const required = Object.keys(properties).filter((key) => !(OPTIONAL in properties[key]!));
    return { type: 'object', ...(required.length === 0 ? {} : { required }), properties, ...options };
  },
  /** The mark is not enumerable: it belongs to the map that the schema is put into, not to the document. */
  Optional: (schema: Schema): Schema => Object.defineProperty({ ...schema }, OPTIONAL, { value: true }),
  /** A schema that is written out; the caller says which type it has. */
  Unsafe: (schema: Schema): Schema => schema,
};
