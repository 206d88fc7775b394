import { FILE_KINDS } from '../json-schema/keywords.ts';
import type { JsonSchema } from '../types.ts';
import { ENGLISH_NOTES, type Notes } from './notes.ts';
import { isRe2 } from './re2.ts';
import { reduceSchema } from './reduce.ts';
import { joinSentences } from './text.ts';
import { encodeWire, type Wire } from './wire.ts';

/** A schema of OpenAPI 3.0 in the part of it that Coze understands. */
export type CozeSchema = { [keyword: string]: unknown };

/** A converted schema and how its values travel. */
export interface Converted {
  schema: CozeSchema;
  wire: Wire;
  /** Whether null was allowed; Coze has no null, the value is optional instead. */
  nullable: boolean;
}

/** How a schema is converted. */
export interface ConvertOptions {
  /** Values of an answer: integer ids become text. */
  side: 'input' | 'output';
  /** Words for what the plugin does not say itself; English ones when left out. */
  notes?: Notes;
  /** Name of the field, for one that nobody described. */
  name?: string;
  /** Coze ignores defaults inside of lists. */
  inList?: boolean;
  /** Whether the value may be missing. */
  isOptional?: boolean;
}

/** Formats that Coze knows; any other one makes it reject the tool. */
const FORMATS = new Set(FILE_KINDS.map((kind) => `${kind}_url`));

/** Keywords that OpenAPI 3.0 has too, by type. */
const KEPT: Readonly<Record<string, readonly string[]>> = {
  string: ['minLength', 'maxLength'],
  array: ['minItems', 'maxItems', 'uniqueItems'],
  integer: ['multipleOf'],
  number: ['multipleOf'],
};

/** Converts one schema. Constraints that Coze cannot state are left out; the tool still checks them. */
export function convertSchema(input: unknown, options: ConvertOptions): Converted {
  const { schema, kind, types, nullable } = reduceSchema(input);
  if (kind === 'scalars') return asText(schema, types, nullable, options);
  if (kind === 'any') return asJson(schema, nullable, options);
  switch (types[0]) {
    case 'object':
      return isEmpty(schema.properties)
        ? asJson(schema, nullable, options)
        : asObject(schema, nullable, options);
    case 'array':
      return asList(schema, nullable, options);
    case 'integer':
      if (options.side === 'output' && isId(options.name))
        return asText(schema, ['integer'], nullable, options);
      return asScalar(schema, 'integer', nullable, options);
    default:
      return asScalar(schema, types[0]!, nullable, options);
  }
}

function asScalar(schema: JsonSchema, type: string, nullable: boolean, options: ConvertOptions): Converted {
  const values = Array.isArray(schema.enum) ? schema.enum : undefined;
  const isText = type === 'string';
  const wire: Wire = isText
    ? { kind: 'same' }
    : { kind: 'bare', type: type as 'integer' | 'number' | 'boolean' };
  return {
    schema: {
      type,
      description: description(schema, options, choicesNote(values, options)),
      ...(values === undefined ? {} : { enum: values }),
      ...fallback(schema, wire, options),
      ...bounds(schema, type),
      ...kept(schema, type),
      ...(isText && typeof schema.pattern === 'string' && isRe2(schema.pattern)
        ? { pattern: schema.pattern }
        : {}),
      ...(isText ? fileFormat(schema) : {}),
      ...extensions(schema, isText),
    },
    wire,
    nullable,
  };
}

function asText(
  schema: JsonSchema,
  types: readonly string[],
  nullable: boolean,
  options: ConvertOptions,
): Converted {
  const wire: Wire = { kind: 'text', types };
  const only = types.filter((type) => type !== 'string');
  const note =
    options.side === 'input' ? notesOf(options).textOf(only, only.length < types.length) : undefined;
  return {
    schema: {
      type: 'string',
      description: description(schema, options, note),
      ...fallback(schema, wire, options),
      ...extensions(schema, true),
    },
    wire,
    nullable,
  };
}

function asJson(schema: JsonSchema, nullable: boolean, options: ConvertOptions): Converted {
  const wire: Wire = { kind: 'json' };
  const note = notesOf(options).say(options.side === 'input' ? 'Pass it as JSON text' : 'JSON text');
  return {
    schema: {
      type: 'string',
      description: description(schema, options, note),
      ...fallback(schema, wire, options),
      ...extensions(schema, false),
    },
    wire,
    nullable,
  };
}

function asList(schema: JsonSchema, nullable: boolean, options: ConvertOptions): Converted {
  const tuple = Array.isArray(schema.prefixItems) ? schema.prefixItems : [];
  const rest = typeof schema.items === 'object' ? [schema.items] : [];
  const items = [...tuple, ...rest];
  const { name = 'item' } = options;
  const item = convertSchema(items.length === 1 ? items[0] : items.length === 0 ? {} : { anyOf: items }, {
    ...options,
    name: /[^s]s$/.test(name) ? name.slice(0, -1) : name,
    inList: true,
    isOptional: false,
  });
  const wire: Wire = { kind: 'list', item: item.wire };
  return {
    schema: {
      type: 'array',
      description: description(schema, options),
      ...fallback(schema, wire, options),
      ...kept(schema, 'array'),
      items: item.schema,
      ...extensions(schema, false),
    },
    wire,
    nullable,
  };
}

function asObject(schema: JsonSchema, nullable: boolean, options: ConvertOptions): Converted {
  const properties: Record<string, CozeSchema> = {};
  const entries = new Map<string, Wire>();
  const required: string[] = [];
  const nulls: string[] = [];
  const wanted = Array.isArray(schema.required) ? (schema.required as string[]) : [];
  for (const [name, property] of Object.entries(schema.properties as JsonSchema)) {
    if (property === false) continue;
    const isOptional = options.isOptional === true || !wanted.includes(name);
    const inner = convertSchema(property, { ...options, name, isOptional });
    Object.defineProperty(properties, name, { value: inner.schema, enumerable: true });
    entries.set(name, inner.wire);
    if (!wanted.includes(name)) continue;
    (inner.nullable ? nulls : required).push(name);
  }
  const wire: Wire = { kind: 'map', entries, nulls };
  // Coze fills defaults of objects that were not given, and refuses the call when a required field has none.
  const isLoose = options.side === 'input' && options.isOptional === true;
  return {
    schema: {
      type: 'object',
      description: description(schema, options),
      ...(required.length === 0 || isLoose ? {} : { required }),
      properties,
      ...fallback(schema, wire, options),
      ...extensions(schema, false),
    },
    wire,
    nullable,
  };
}

/** Coze shows the model nothing but the description: choices are repeated there. */
function choicesNote(values: readonly unknown[] | undefined, options: ConvertOptions): string | undefined {
  return values === undefined ? undefined : notesOf(options).choices(values.map(String));
}

function notesOf({ notes = ENGLISH_NOTES }: ConvertOptions): Notes {
  return notes;
}

function description(schema: JsonSchema, options: ConvertOptions, note?: string): string {
  const own = [schema.description, schema.title].find((text) => typeof text === 'string' && text !== '');
  return joinSentences((own as string | undefined) ?? notesOf(options).field(options.name ?? 'value'), note);
}

function fallback(schema: JsonSchema, wire: Wire, { inList }: ConvertOptions): CozeSchema {
  const value = schema.default;
  return inList || value === undefined || value === null ? {} : { default: encodeWire(wire, value) };
}

/** Numeric bounds in the way of OpenAPI 3.0, where an exclusive bound is a flag. */
function bounds(schema: JsonSchema, type: string): CozeSchema {
  if (type !== 'integer' && type !== 'number') return {};
  const result: CozeSchema = {};
  for (const [side, exclusive] of [
    ['minimum', 'exclusiveMinimum'],
    ['maximum', 'exclusiveMaximum'],
  ] as const) {
    const inclusiveBound = schema[side];
    const exclusiveBound = schema[exclusive];
    const sign = side === 'minimum' ? 1 : -1;
    const tighter =
      typeof exclusiveBound === 'number' &&
      (typeof inclusiveBound !== 'number' || exclusiveBound * sign >= inclusiveBound * sign);
    if (tighter) Object.assign(result, { [side]: exclusiveBound, [exclusive]: true });
    else if (typeof inclusiveBound === 'number') result[side] = inclusiveBound;
  }
  return result;
}

function kept(schema: JsonSchema, type: string): CozeSchema {
  return Object.fromEntries(
    (KEPT[type] ?? []).flatMap((key) => (schema[key] === undefined ? [] : [[key, schema[key]]])),
  );
}

/** The format of a file address, unless `x-assist-type` says that it is another kind of file. */
function fileFormat(schema: JsonSchema): CozeSchema {
  const { format } = schema;
  const assist = extensions(schema, true)['x-assist-type'];
  const fits = FORMATS.has(String(format)) && (assist === undefined || format === `${String(assist)}_url`);
  return fits ? { format } : {};
}

function extensions(schema: JsonSchema, isText: boolean): CozeSchema {
  const result: CozeSchema = {};
  const assist = schema['x-assist-type'];
  if (isText && typeof assist === 'string' && FILE_KINDS.includes(assist)) result['x-assist-type'] = assist;
  for (const key of ['x-global-disable', 'x-local-disable']) {
    if (typeof schema[key] === 'boolean') result[key] = schema[key];
  }
  if (typeof schema['x-variable-ref'] === 'string') result['x-variable-ref'] = schema['x-variable-ref'];
  return result;
}

function isEmpty(properties: unknown): boolean {
  return typeof properties !== 'object' || properties === null || Object.keys(properties).length === 0;
}

function isId(name: string | undefined): boolean {
  return name !== undefined && /(^id|_id|Id|ID)$/.test(name);
}
