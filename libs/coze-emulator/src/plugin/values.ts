import { PluginRefusal } from './plugin-refusal.ts';
import { isDisabled } from './shown-tools.ts';
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

const FAILED = 109000009;

/**
 * The value of an argument as it is sent: default, variable, coercion, file address.
 *
 * @returns `undefined` when there is none.
 * @throws PluginRefusal when a required one is missing.
 */
export function argumentValue(
  given: unknown,
  schema: PluginSchema,
  place: { name: string; required: boolean },
  context: ValueContext,
): unknown {
  const value = isDisabled(schema) ? undefined : (given ?? undefined);
  const variable = schema['x-variable-ref'];
  const known = value ?? (variable === undefined ? undefined : context.variables[variable]) ?? schema.default;
  if (known === undefined && schema.type !== 'object') {
    if (place.required) throw new PluginRefusal(FAILED, `the parameter '${place.name}' is required`);
    return undefined;
  }
  const isSkippable = known === undefined && !place.required && context.absentObjects === 'skip';
  if (isSkippable && !isComplete(schema)) return undefined;
  const filled = coerce(known, schema, context);
  if (filled === undefined && place.required) {
    throw new PluginRefusal(FAILED, `the parameter '${place.name}' is required`);
  }
  return filled;
}

/** Whether every required property of an object that is missing has a default. */
function isComplete({ properties = {}, required = [] }: PluginSchema): boolean {
  return required.every((name) => {
    const property = properties[name];
    if (property?.type === 'object') return isComplete(property);
    return property === undefined || property.default !== undefined;
  });
}

/** The properties of a body; objects without anything in them are left out. */
export function objectOf(
  given: unknown,
  schema: PluginSchema,
  context: ValueContext,
): Record<string, unknown> | undefined {
  const values = typeof given === 'object' && given !== null ? (given as Record<string, unknown>) : {};
  const filled = Object.entries(schema.properties ?? {})
    .map(([name, property]) => {
      const required = schema.required?.includes(name) === true;
      const own = Object.hasOwn(values, name) ? values[name] : undefined;
      return [name, argumentValue(own, property, { name, required }, context)] as const;
    })
    .filter(([, value]) => value !== undefined);
  return filled.length === 0 ? undefined : Object.fromEntries(filled);
}

function coerce(value: unknown, schema: PluginSchema, context: ValueContext): unknown {
  switch (schema.type) {
    case 'object':
      return value === undefined || (typeof value === 'object' && !Array.isArray(value))
        ? objectOf(value, schema, context)
        : undefined;
    case 'array':
      return (Array.isArray(value) ? value : [value]).map((item) =>
        itemOf(item, schema.items ?? {}, context),
      );
    case 'integer':
      return wholeNumber(value);
    case 'number':
      return Number.isFinite(Number(value)) ? Number(value) : 0;
    case 'boolean':
      return value === true || value === 'true';
    case 'string':
      return stringOf(value, schema, context);
    default:
      return value;
  }
}

/** Items keep what they are given: defaults are not filled in there. */
function itemOf(value: unknown, schema: PluginSchema, context: ValueContext): unknown {
  return schema.type === 'object'
    ? (objectOf(value, withoutDefaults(schema), context) ?? {})
    : coerce(value, schema, context);
}

function withoutDefaults({
  default: _,
  'x-variable-ref': __,
  required: ___,
  ...schema
}: PluginSchema): PluginSchema {
  if (!schema.properties) return schema;
  const bare = Object.entries(schema.properties).map(([name, property]) => [name, withoutDefaults(property)]);
  return { ...schema, properties: Object.fromEntries(bare) };
}

function wholeNumber(value: unknown): number {
  const isWhole = typeof value === 'number' || (typeof value === 'string' && /^[+-]?\d+$/.test(value));
  return isWhole && Number.isFinite(Number(value)) ? Math.trunc(Number(value)) : 0;
}

function stringOf(value: unknown, schema: PluginSchema, { fileUrl }: ValueContext): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const isStored = schema['x-assist-type'] !== undefined && text !== '' && !/^https?:/.test(text);
  return isStored && fileUrl ? fileUrl(text) : text;
}
