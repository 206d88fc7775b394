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
  String: ofType('string'),
  Number: ofType('number'),
  Integer: ofType('integer'),
  Boolean: ofType('boolean'),
  Null: ofType('null'),
  Unknown: (options: Options = {}): Schema => ({ ...options }),
  Literal: (value: string | number | boolean, options: Options = {}): Schema => ({
    type: typeof value,
    const: value,
    ...options,
  }),
  Enum: (values: readonly unknown[], options: Options = {}): Schema => ({ enum: values, ...options }),
  Union: (schemas: readonly Schema[], options: Options = {}): Schema => ({ anyOf: schemas, ...options }),
  Array: (items: Schema, options: Options = {}): Schema => ({ type: 'array', items, ...options }),
  Record: (names: Schema, values: Schema, options: Options = {}): Schema => ({
    type: 'object',
    patternProperties: { [String(names.pattern ?? '^.*$')]: values },
    ...options,
  }),
  Object: (properties: Record<string, Schema>, options: Options = {}): Schema => {
    const required = Object.keys(properties).filter((key) => !(OPTIONAL in properties[key]!));
    return { type: 'object', ...(required.length === 0 ? {} : { required }), properties, ...options };
  },
  /** The mark is not enumerable: it belongs to the map that the schema is put into, not to the document. */
  Optional: (schema: Schema): Schema => Object.defineProperty({ ...schema }, OPTIONAL, { value: true }),
  /** A schema that is written out; the caller says which type it has. */
  Unsafe: (schema: Schema): Schema => schema,
};
