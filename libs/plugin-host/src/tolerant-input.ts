import { foreignPattern, type JsonSchema } from '@cozecut/manifest/loader';
import { parseJson } from '@cozecut/problems';
import { draftIdOf } from './draft-id.ts';
import { readList } from './json-lists.ts';

interface Property {
  type?: string | string[];
  enum?: unknown[];
  minLength?: number;
  pattern?: string;
  format?: string;
  items?: JsonSchema;
  properties?: Record<string, JsonSchema>;
  required?: string[];
  /** Other names of a property, for callers that know it by them. */
  'x-aliases'?: unknown;
  /** What a text names: `draft` is the id or the address of one, `color` a colour as people write it. */
  'x-names'?: unknown;
  /** What a number counts: `us` is microseconds. */
  'x-unit'?: unknown;
}

/** Readers of what texts name. */
const NAMED: ReadonlyMap<unknown, (text: string) => string> = new Map([
  ['draft', draftIdOf],
  ['color', colorOf],
]);
/**
 * Programs that divide a length get times with a fraction. One below this is rather meant in seconds: cut, it would be
 * next to nothing.
 */
const LEAST_CUT_US = 100_000;
const YES = new Set(['true', 't', 'yes', 'y', 'on', '1']);
const NO = new Set(['false', 'f', 'no', 'n', 'off', '0']);

/**
 * Reads an input the way Coze sends it: what a person left out of a tool's form arrives as `null` or `""`, a list or an
 * object may arrive as JSON text, a list also as several of them in one text or as texts of its items. Only what the
 * schema would refuse is touched; the result still has to be validated. It is a copy, all through.
 *
 * A property that comes under one of its `x-aliases` gets its own name; one with `x-names: draft` becomes an id, one
 * with `x-names: color` `#rrggbb`, and one with `x-unit: us` loses its fraction.
 */
export function tolerantInput(schema: JsonSchema, input: unknown): unknown {
  return isMap(input) ? readMap(schema as Property, input) : copyOf(input);
}

function read(schema: Property, value: unknown): unknown {
  const meant = typeof value === 'string' ? readText(value, schema) : readPlain(value, schema);
  if (Array.isArray(meant)) return readItems(isMap(schema.items) ? (schema.items as Property) : {}, meant);
  return isMap(meant) ? readMap(schema, meant) : copyOf(meant);
}

/** The items of a list; one that is a list of items itself, which Coze makes of a text, stands for them. */
function readItems(items: Property, list: readonly unknown[]): unknown[] {
  const isText = isOfType(items, 'string');
  const isPlain = items.type !== undefined && !isOfType(items, 'array');
  const made: unknown[] = [];
  for (const item of list) {
    const inner = isPlain && typeof item === 'string' && !isText ? readList(item) : item;
    if (isPlain && Array.isArray(inner)) for (const one of inner) made.push(read(items, one));
    else made.push(read(items, item));
  }
  return made;
}

function readMap(schema: Property, map: Record<string, unknown>): Record<string, unknown> {
  const { properties = {}, required = [] } = schema;
  const made: Record<string, unknown> = {};
  const names = aliasesOf(properties);
  for (const given of Object.keys(map)) {
    const value = map[given];
    const alias = names?.get(given);
    // What says nothing under one name may stand under the other.
    if (alias !== undefined && (isNothing(value) || !isNothing(map[alias]))) continue;
    const key = alias ?? given;
    const found = Object.hasOwn(properties, key) ? (properties[key] as Property | boolean) : undefined;
    const property = typeof found === 'object' ? found : {};
    if (typeof found === 'object' && isBlank(property, value) && !required.includes(key)) continue;
    const meant = read(property, value);
    // Assigned, it would be lost; as a plain key the schema refuses it.
    if (key === '__proto__') Object.defineProperty(made, key, { ...PLAIN, value: meant });
    else made[key] = meant;
  }
  return made;
}

/** By the properties of a schema: their names by other names, where there are some. */
const known = new WeakMap<object, ReadonlyMap<string, string> | undefined>();

function aliasesOf(properties: Record<string, JsonSchema>): ReadonlyMap<string, string> | undefined {
  if (known.has(properties)) return known.get(properties);
  const aliases = Object.entries(properties).flatMap(([name, property]) => {
    const others = isMap(property) ? property['x-aliases'] : undefined;
    return (Array.isArray(others) ? others : []).flatMap((other): [string, string][] =>
      // A name that is taken is its own.
      typeof other === 'string' && !Object.hasOwn(properties, other) ? [[other, name]] : [],
    );
  });
  const found = aliases.length === 0 ? undefined : new Map(aliases);
  known.set(properties, found);
  return found;
}

function isNothing(value: unknown): boolean {
  return value === undefined || value === null || value === '';
}

const PLAIN = { configurable: true, enumerable: true, writable: true };

/** Whether a value is what Coze sends for a field that was left out. */
function isBlank(property: Property, value: unknown): boolean {
  if (value === null) return !isOfType(property, 'null');
  return value === '' && !acceptsBlank(property);
}

/** Whether a schema names a type. */
function isOfType({ type }: Property, name: string): boolean {
  return typeof type === 'string' ? type === name : type?.includes(name) === true;
}

function acceptsBlank(property: Property): boolean {
  if (property.type !== undefined && !isOfType(property, 'string')) return false;
  if (property.enum !== undefined) return property.enum.includes('');
  if ((property.minLength ?? 0) > 0 || property.format !== undefined) return false;
  return property.pattern === undefined || foreignPattern(property.pattern, 'u').test('');
}

/** JSON text where the schema wants a list or an object, a number or a truth value as people write them. */
function readText(text: string, schema: Property): unknown {
  const named = schema['x-names'] === undefined ? undefined : NAMED.get(schema['x-names']);
  if (named !== undefined) return named(text);
  if (schema.type === undefined || isOfType(schema, 'string')) return text;
  const list = isOfType(schema, 'array') ? (readList(text) ?? onlyItem(text, schema)) : undefined;
  if (list !== undefined) return list;
  if (isOfType(schema, 'boolean') && truthOf(text) !== undefined) return truthOf(text);
  const wanted = (value: unknown) =>
    (isMap(value) && isOfType(schema, 'object')) ||
    (Number.isFinite(value) && (isOfType(schema, 'number') || isOfType(schema, 'integer')));
  try {
    const plain = text
      .trim()
      .replace(/^([+-]?)0+(?=\d)/, '$1')
      .replace(/^\+/, '');
    // What may have a fraction may be rounded; an integer that is too large to be held stays text, and is refused.
    const value: unknown = isOfType(schema, 'number') ? JSON.parse(plain) : parseJson(plain);
    return wanted(value) ? readPlain(value, schema) : text;
  } catch {
    return text;
  }
}

/** What is no text, as the schema wants it. */
function readPlain(value: unknown, schema: Property): unknown {
  if (typeof value !== 'number') return value;
  switch (schema.type) {
    case 'integer':
      return schema['x-unit'] === 'us' && Math.abs(value) >= LEAST_CUT_US ? Math.trunc(value) : value;
    case 'boolean':
      return value === 0 || value === 1 ? value === 1 : value;
    case 'string':
      // Other services number what has words here.
      return schema.enum?.includes(`${value}`) ? `${value}` : value;
    default:
      return value;
  }
}

/** The list of one text that somebody gave without the list around it. */
function onlyItem(text: string, { items }: Property): unknown[] | undefined {
  const isPlain = /^\s*[^\s[{"`]/.test(text);
  return isPlain && isMap(items) && isOfType(items as Property, 'string') ? [text] : undefined;
}

function truthOf(text: string): boolean | undefined {
  const word = text.trim().toLowerCase();
  return YES.has(word) ? true : NO.has(word) ? false : undefined;
}

/** `#rrggbb` for a colour without its sign, or with one digit for each part; anything else as it is. */
function colorOf(text: string): string {
  if (text.length === 7 && text[0] === '#') return text;
  const digits = /^\s*#?([0-9a-f]{3}|[0-9a-f]{6})\s*$/i.exec(text)?.[1];
  if (digits === undefined) return text;
  return `#${digits.length === 3 ? digits.replaceAll(/./g, '$&$&') : digits}`;
}

/** What is neither a list nor a map. */
function copyOf(value: unknown): unknown {
  return typeof value === 'object' || typeof value === 'function' ? structuredClone(value) : value;
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
