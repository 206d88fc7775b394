import type { JsonSchema } from '@cozecut/manifest';
import { readList } from './json-lists.ts';

interface Property {
  type?: string | string[];
  enum?: unknown[];
  minLength?: number;
  format?: string;
  items?: JsonSchema;
  properties?: Record<string, JsonSchema>;
  required?: string[];
}

/**
 * Reads an input the way Coze sends it: what a person left out of a tool's form arrives as `null` or `""`, a list or an
 * object may arrive as JSON text, a list also as several of them in one text or as texts of its items. Only what the
 * schema would refuse is touched; the result still has to be validated.
 */
export function tolerantInput(schema: JsonSchema, input: unknown): unknown {
  return isMap(input) ? readMap(schema as Property, input) : input;
}

function read(schema: Property, value: unknown): unknown {
  const types = typesOf(schema);
  const meant = typeof value === 'string' ? readText(value, types) : value;
  if (Array.isArray(meant) && isMap(schema.items)) return readItems(schema.items as Property, meant);
  return isMap(meant) ? readMap(schema, meant) : meant;
}

/** The items of a list; one that is a list of items itself, which Coze makes of a text, stands for them. */
function readItems(items: Property, list: readonly unknown[]): unknown[] {
  const types = typesOf(items);
  const isPlain = types.length > 0 && !types.includes('array');
  return list.flatMap((item) => {
    const inner = typeof item === 'string' && !types.includes('string') ? (readList(item) ?? item) : item;
    return isPlain && Array.isArray(inner) ? inner.map((one) => read(items, one)) : [read(items, item)];
  });
}

function readMap(schema: Property, map: Record<string, unknown>): Record<string, unknown> {
  const properties = schema.properties ?? {};
  const required = new Set(schema.required ?? []);
  const entries = Object.entries(map).flatMap(([key, value]): [string, unknown][] => {
    const property = Object.hasOwn(properties, key) ? (properties[key] as Property) : undefined;
    if (typeof property !== 'object') return [[key, value]];
    const types = typesOf(property);
    const isBlank = value === null ? !types.includes('null') : value === '' && !acceptsBlank(property, types);
    if (isBlank && !required.has(key)) return [];
    return [[key, read(property, value)]];
  });
  // fromEntries defines "__proto__" as a plain key, which the schema then refuses.
  return Object.fromEntries(entries);
}

function typesOf({ type }: Property): string[] {
  return type === undefined ? [] : [type].flat();
}

function acceptsBlank(property: Property, types: string[]): boolean {
  if (types.length > 0 && !types.includes('string')) return false;
  if (property.enum !== undefined) return property.enum.includes('');
  return (property.minLength ?? 0) === 0 && property.format === undefined;
}

/** JSON text where the schema wants a list or an object, digits where it wants a number. */
function readText(text: string, types: string[]): unknown {
  if (types.length === 0 || types.includes('string')) return text;
  const list = types.includes('array') ? readList(text) : undefined;
  if (list !== undefined) return list;
  const wanted = (value: unknown) =>
    (isMap(value) && types.includes('object')) ||
    (typeof value === 'number' && (types.includes('number') || types.includes('integer'))) ||
    (typeof value === 'boolean' && types.includes('boolean'));
  try {
    const value: unknown = JSON.parse(text);
    return wanted(value) ? value : text;
  } catch {
    return text;
  }
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
