import { isJsonObject, numberText, wholeNumber } from '../exact-json.ts';
import { goType } from './go-type.ts';
import { PluginRefusal } from './plugin-refusal.ts';
import { isDisabled } from './shown-tools.ts';
import type { PluginSchema } from './types.ts';

/**
 * What happens to values of another type than declared: `default` bots and workflows get an empty value, `error` the
 * call fails (tool debugging), `raw` they stay (response parsing of the editor).
 */
export type TrimMode = 'default' | 'error' | 'raw';

const FAILED = 109000009;
const EMPTY: Readonly<Record<string, unknown>> = { string: '', boolean: false, integer: 0, number: 0 };

/**
 * Cuts the answer of a plugin down to what its schema declares. Keys that are missing are not added.
 *
 * @throws PluginRefusal 109000009 in mode `error` for a value of the wrong type, else for a type that does not exist.
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
  const { type = '' } = schema;
  if (mode === 'raw')
    return type === 'object' && isJsonObject(value) ? trimAnswer(value, schema, mode) : value;
  const fitting = fit(value, type);
  if (fitting === undefined) {
    if (mode === 'default') return EMPTY[type] ?? null;
    const message = `expected '${name}' to be of type '${type}', but got '${goType(value, 'json.Number')}'`;
    throw new PluginRefusal(FAILED, message);
  }
  if (isJsonObject(fitting)) return trimAnswer(fitting, schema, mode);
  if (!Array.isArray(fitting)) return fitting;
  const items = fitting.map((item) => trim(item, schema.items ?? {}, mode, name));
  // Blank items disappear where items are objects or lists; scalars have become empty values.
  return items.filter((item) => item !== null);
}

/** The value as a type has it, `undefined` when it is of another type. */
function fit(value: unknown, type: string): unknown {
  switch (type) {
    case 'object':
      return isJsonObject(value) ? value : undefined;
    case 'array':
      return Array.isArray(value) ? value : undefined;
    case 'integer':
      return int64(numberText(value));
    case 'number':
      return numberText(value) === undefined ? undefined : value;
    case 'string':
    case 'boolean':
      return typeof value === type ? value : undefined;
    default:
      throw new PluginRefusal(FAILED, `unsupported type '${type}'`);
  }
}

/** A number of 64 bits is written in digits alone: `1.0` and `1e3` are none. */
function int64(text: string | undefined): unknown {
  if (text === undefined || !/^-?\d+$/.test(text)) return undefined;
  const whole = BigInt(text);
  return BigInt.asIntN(64, whole) === whole ? wholeNumber(whole) : undefined;
}
