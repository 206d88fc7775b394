import { isJsonObject, numberText, wholeNumber } from '../exact-json.ts';
import { PluginRefusal } from './plugin-refusal.ts';
import type { PluginSchema } from './types.ts';

/** What fills and changes values on their way to the plugin. */
export interface ValueContext {
  /** Variables of the user, by the name that `x-variable-ref` gives. */
  variables: Readonly<Record<string, unknown>>;
  /** Turns the address of a stored file into a URL; absent while a tool is debugged. */
  fileUrl: ((uri: string) => string) | undefined;
  /**
   * What becomes of an optional object that is missing and has required properties: `enter` they are asked for and the
   * call fails, `skip` the object is left out. Which one is real is not known.
   */
  absentObjects: 'enter' | 'skip';
}

/** What a value is called, and whether it has to be there. */
export interface ValuePlace {
  name: string;
  required: boolean;
}

const FAILED = 109000009;

/**
 * The value of a parameter of the path, the query or a header: default or variable where none is given. It goes out as
 * it is, whatever type is declared.
 *
 * @returns `undefined` when there is none.
 * @throws PluginRefusal when a required one is missing.
 */
export function parameterValue(
  given: unknown,
  schema: PluginSchema,
  { name, required }: ValuePlace,
  context: ValueContext,
): unknown {
  const known = knownValue(given, schema, context);
  if (known === undefined && required) throw missing(name);
  const stored = (value: unknown) => (typeof value === 'string' ? fileText(value, schema, context) : value);
  return Array.isArray(known) ? known.map(stored) : stored(known);
}

/** The properties of a body; objects without anything in them are left out. */
export function objectOf(
  given: unknown,
  schema: PluginSchema,
  context: ValueContext,
): Record<string, unknown> | undefined {
  const values = isJsonObject(given) ? given : {};
  const filled = Object.entries(schema.properties ?? {})
    .map(([name, property]) => {
      const required = schema.required?.includes(name) === true;
      const own = Object.hasOwn(values, name) ? values[name] : undefined;
      return [name, propertyValue(own, property, { name, required }, context)] as const;
    })
    .filter(([, value]) => value !== undefined);
  return filled.length === 0 ? undefined : Object.fromEntries(filled);
}

/** The value of a property of the body, as the type that is declared. */
function propertyValue(
  given: unknown,
  schema: PluginSchema,
  place: ValuePlace,
  context: ValueContext,
): unknown {
  const known = knownValue(given, schema, context);
  if (schema.type !== 'object') {
    if (known === undefined && place.required) throw missing(place.name);
    return known === undefined ? undefined : coerce(known, schema, place.name, context);
  }
  const isSkippable = known === undefined && !place.required && context.absentObjects === 'skip';
  if (isSkippable && !isComplete(schema)) return undefined;
  if (known !== undefined && !isJsonObject(known)) throw wrong(place.name, 'an object');
  const filled = objectOf(known, schema, context);
  if (filled === undefined && place.required) throw missing(place.name);
  return filled;
}

/** What is given, the variable of the user, or the default. What is hidden from the model has the last two only. */
function knownValue(given: unknown, schema: PluginSchema, { variables }: ValueContext): unknown {
  const isHidden = schema['x-global-disable'] === true || schema['x-local-disable'] === true;
  const variable = schema['x-variable-ref'];
  const own = isHidden ? undefined : (given ?? undefined);
  return own ?? (variable === undefined ? undefined : variables[variable]) ?? schema.default ?? undefined;
}

/** Whether every required property of an object that is missing has a default. */
function isComplete({ properties = {}, required = [] }: PluginSchema): boolean {
  return required.every((name) => {
    const property = properties[name];
    if (property?.type === 'object') return isComplete(property);
    return property === undefined || property.default !== undefined;
  });
}

/** @throws PluginRefusal for what cannot become the type; a whole number that is none becomes 0. */
function coerce(value: unknown, schema: PluginSchema, name: string, context: ValueContext): unknown {
  if (value === null) throw wrong(name, 'a value');
  switch (schema.type) {
    case 'object':
      return itemOf(value, schema, name, context);
    case 'array':
      if (!Array.isArray(value)) throw wrong(name, 'a list');
      return value.map((item) => coerce(item, schema.items ?? {}, name, context));
    case 'integer':
      return integerOf(textOf(value), name);
    case 'number':
      return numberOf(textOf(value), name);
    case 'boolean':
      return booleanOf(value, name);
    case 'string':
      return fileText(textOf(value) ?? JSON.stringify(value), schema, context);
    default:
      return value;
  }
}

/** An object in a list: neither defaults nor required properties are looked at, and unknown ones stay. */
function itemOf(
  value: unknown,
  { properties = {} }: PluginSchema,
  name: string,
  context: ValueContext,
): unknown {
  if (!isJsonObject(value)) throw wrong(name, 'an object');
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => {
      const schema = Object.hasOwn(properties, key) ? properties[key] : undefined;
      return [key, schema === undefined ? inner : coerce(inner, schema, key, context)];
    }),
  );
}

const MIN_INT64 = -(2n ** 63n);
const MAX_INT64 = 2n ** 63n - 1n;

function integerOf(text: string | undefined, name: string): unknown {
  if (text === undefined) throw wrong(name, 'an integer');
  if (!/^[+-]?\d+$/.test(text)) return 0;
  const whole = BigInt(text.replace('+', ''));
  return wholeNumber(whole < MIN_INT64 ? MIN_INT64 : whole > MAX_INT64 ? MAX_INT64 : whole);
}

function numberOf(text: string | undefined, name: string): number {
  const isNumber = text !== undefined && /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text);
  if (!isNumber || !Number.isFinite(Number(text))) throw wrong(name, 'a number');
  return Number(text);
}

function booleanOf(value: unknown, name: string): boolean {
  if (typeof value === 'boolean') return value;
  if (typeof value === 'string' && /^(1|t|T|true|TRUE|True)$/.test(value)) return true;
  if (typeof value === 'string' && /^(0|f|F|false|FALSE|False)$/.test(value)) return false;
  throw wrong(name, 'a boolean');
}

/** A text, or a number as it is written. */
function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : numberText(value);
}

function fileText(text: string, schema: PluginSchema, { fileUrl }: ValueContext): string {
  const isStored = schema['x-assist-type'] !== undefined && text !== '' && !/^https?:/.test(text);
  return isStored && fileUrl ? fileUrl(text) : text;
}

function missing(name: string): PluginRefusal {
  return new PluginRefusal(FAILED, `the parameter '${name}' is required`);
}

function wrong(name: string, expected: string): PluginRefusal {
  return new PluginRefusal(FAILED, `the value of '${name}' cannot become ${expected}`);
}
