import type { JsonSchema } from '@cozecut/manifest';

type Properties = Record<
  string,
  { type?: string | string[]; enum?: unknown[]; minLength?: number; format?: string }
>;

/**
 * Reads an input the way Coze sends it: what a person left out of a tool's form arrives as `null` or `""`, and a list
 * or an object may arrive as JSON text. Only what the schema would refuse is touched, and only at the top level; the
 * result still has to be validated.
 */
export function tolerantInput(schema: JsonSchema, input: unknown): unknown {
  if (input === null || typeof input !== 'object' || Array.isArray(input)) return input;
  const properties = (schema.properties ?? {}) as Properties;
  const required = new Set((schema.required ?? []) as string[]);
  const entries = Object.entries(input).flatMap(([key, value]): [string, unknown][] => {
    const property = properties[key];
    if (property === undefined) return [[key, value]];
    const types = [property.type ?? []].flat();
    const isBlank = value === null ? !types.includes('null') : value === '' && !acceptsBlank(property, types);
    if (isBlank && !required.has(key)) return [];
    return [[key, typeof value === 'string' ? readText(value, types) : value]];
  });
  // fromEntries defines "__proto__" as a plain key, which the schema then refuses.
  return Object.fromEntries(entries);
}

function acceptsBlank(property: Properties[string], types: string[]): boolean {
  if (types.length > 0 && !types.includes('string')) return false;
  if (property.enum !== undefined) return property.enum.includes('');
  return (property.minLength ?? 0) === 0 && property.format === undefined;
}

/** JSON text where the schema wants a list or an object, digits where it wants a number. */
function readText(text: string, types: string[]): unknown {
  if (types.length === 0 || types.includes('string')) return text;
  const wanted = (value: unknown) =>
    (Array.isArray(value) && types.includes('array')) ||
    (value !== null && typeof value === 'object' && !Array.isArray(value) && types.includes('object')) ||
    (typeof value === 'number' && (types.includes('number') || types.includes('integer'))) ||
    (typeof value === 'boolean' && types.includes('boolean'));
  try {
    const value: unknown = JSON.parse(text);
    return wanted(value) ? value : text;
  } catch {
    return text;
  }
}
