import { PluginRefusal } from './plugin-refusal.ts';
import { isDisabled } from './shown-tools.ts';
import type { PluginSchema } from './types.ts';

/**
 * What happens to values of another type than declared: `default` bots and workflows get an empty value, `error` the
 * call fails (tool debugging), `raw` they stay (response parsing of the editor).
 */
export type TrimMode = 'default' | 'error' | 'raw';

const ANSWER_REFUSED = 109000012;
const EMPTY: Readonly<Record<string, unknown>> = { string: '', boolean: false, integer: 0, number: 0 };

/**
 * Cuts the answer of a plugin down to what its schema declares. Keys that are missing are not added.
 *
 * @throws PluginRefusal 109000012 in mode `error` for a value of the wrong type.
 */
export function trimAnswer(
  value: Readonly<Record<string, unknown>>,
  schema: PluginSchema,
  mode: TrimMode,
): Record<string, unknown> {
  const kept = Object.entries(schema.properties ?? {}).filter(
    ([name, property]) => Object.hasOwn(value, name) && !isDisabled(property),
  );
  return Object.fromEntries(kept.map(([name, property]) => [name, trim(value[name], property, mode, name)]));
}

function trim(value: unknown, schema: PluginSchema, mode: TrimMode, name: string): unknown {
  if (!fits(value, schema.type)) {
    if (mode === 'raw') return value;
    if (mode === 'error' && value !== null) {
      const got = Array.isArray(value) ? 'array' : typeof value;
      const message = `expected '${name}' to be of type '${schema.type}', but got '${got}'`;
      throw new PluginRefusal(ANSWER_REFUSED, message);
    }
    return EMPTY[schema.type ?? ''] ?? null;
  }
  if (schema.type === 'object') return trimAnswer(value as Record<string, unknown>, schema, mode);
  if (schema.type !== 'array' || mode === 'raw') return value;
  return trimItems(value as unknown[], schema.items ?? {}, mode, name);
}

/** Blank items disappear where items are objects or lists; scalars become empty values. */
function trimItems(items: unknown[], schema: PluginSchema, mode: TrimMode, name: string): unknown[] {
  const isCompound = schema.type === 'object' || schema.type === 'array';
  const kept = isCompound ? items.filter((item) => item !== null) : items;
  return kept.map((item) => trim(item, schema, mode, name));
}

function fits(value: unknown, type: string | undefined): boolean {
  switch (type) {
    case 'object':
      return typeof value === 'object' && value !== null && !Array.isArray(value);
    case 'array':
      return Array.isArray(value);
    case 'integer':
      return Number.isInteger(value);
    default:
      return typeof value === type;
  }
}
