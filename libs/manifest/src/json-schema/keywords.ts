import { Type } from '../schema/type.ts';

/** What the value of a keyword holds, for keywords that hold schemas. */
export type SchemaHolder = 'schema' | 'schemas' | 'map';

/** Keywords of JSON Schema (2020-12, and `definitions`) that hold further schemas. */
export const SCHEMA_HOLDERS: Readonly<Record<string, SchemaHolder>> = {
  items: 'schema',
  additionalProperties: 'schema',
  contains: 'schema',
  propertyNames: 'schema',
  not: 'schema',
  if: 'schema',
  // biome-ignore lint/suspicious/noThenProperty: the name of a keyword
  then: 'schema',
  else: 'schema',
  unevaluatedProperties: 'schema',
  unevaluatedItems: 'schema',
  contentSchema: 'schema',
  prefixItems: 'schemas',
  allOf: 'schemas',
  anyOf: 'schemas',
  oneOf: 'schemas',
  properties: 'map',
  patternProperties: 'map',
  dependentSchemas: 'map',
  $defs: 'map',
  definitions: 'map',
};

/** Keywords that say something about a value without restricting it. */
export const ANNOTATIONS = new Set([
  'title',
  'description',
  'default',
  'examples',
  'example',
  'deprecated',
  'readOnly',
  'writeOnly',
]);

/** Keywords that only organise a file and are left out once `$ref`s are resolved. */
export const FILE_KEYWORDS = new Set(['$defs', 'definitions', '$schema', '$id', '$comment']);

/** Kinds of files that Coze tells apart: `x-assist-type`, and `format` with `_url` behind it. */
export const FILE_KINDS: readonly string[] = [
  'file',
  'image',
  'doc',
  'ppt',
  'code',
  'excel',
  'zip',
  'video',
  'audio',
  'txt',
];

const types = ['string', 'number', 'integer', 'boolean', 'object', 'array', 'null'] as const;
const size = Type.Optional(Type.Integer({ minimum: 0 }));
const limit = Type.Optional(Type.Number());
const schema = Type.Optional(Type.Union([Type.Record(Type.String(), Type.Unknown()), Type.Boolean()]));
const schemas = Type.Optional(
  Type.Array(Type.Union([Type.Record(Type.String(), Type.Unknown()), Type.Boolean()]), { minItems: 1 }),
);
const schemaMap = Type.Optional(Type.Record(Type.String(), Type.Unknown()));
const text = Type.Optional(Type.String());
const flag = Type.Optional(Type.Boolean());

/** The keywords of one schema, without looking into the schemas that it holds. */
export const KeywordsSchema = Type.Object(
  {
    type: Type.Optional(
      Type.Union([
        Type.Enum([...types]),
        Type.Array(Type.Enum([...types]), { minItems: 1, uniqueItems: true }),
      ]),
    ),
    title: text,
    description: text,
    format: text,
    pattern: text,
    contentEncoding: text,
    contentMediaType: text,
    $schema: text,
    $id: text,
    $comment: text,
    $ref: text,
    deprecated: flag,
    readOnly: flag,
    writeOnly: flag,
    nullable: flag,
    uniqueItems: flag,
    default: Type.Optional(Type.Unknown()),
    example: Type.Optional(Type.Unknown()),
    examples: Type.Optional(Type.Array(Type.Unknown())),
    const: Type.Optional(Type.Unknown()),
    enum: Type.Optional(Type.Array(Type.Unknown(), { minItems: 1, uniqueItems: true })),
    required: Type.Optional(Type.Array(Type.String(), { uniqueItems: true })),
    dependentRequired: Type.Optional(Type.Record(Type.String(), Type.Array(Type.String()))),
    minimum: limit,
    maximum: limit,
    exclusiveMinimum: limit,
    exclusiveMaximum: limit,
    multipleOf: Type.Optional(Type.Number({ exclusiveMinimum: 0 })),
    minLength: size,
    maxLength: size,
    minItems: size,
    maxItems: size,
    minProperties: size,
    maxProperties: size,
    minContains: size,
    maxContains: size,
    items: schema,
    additionalProperties: schema,
    contains: schema,
    propertyNames: schema,
    not: schema,
    if: schema,
    // biome-ignore lint/suspicious/noThenProperty: the name of a keyword
    then: schema,
    else: schema,
    unevaluatedProperties: schema,
    unevaluatedItems: schema,
    contentSchema: schema,
    prefixItems: schemas,
    allOf: schemas,
    anyOf: schemas,
    oneOf: schemas,
    properties: schemaMap,
    patternProperties: schemaMap,
    dependentSchemas: schemaMap,
    $defs: schemaMap,
    definitions: schemaMap,
    // What Coze reads; a value of another type makes it fail long after the import.
    'x-global-disable': flag,
    'x-local-disable': flag,
    'x-variable-ref': Type.Optional(Type.String({ minLength: 1 })),
    'x-assist-type': Type.Optional(Type.Enum([...FILE_KINDS])),
  },
  { additionalProperties: false, patternProperties: { '^x-': {} } },
);
