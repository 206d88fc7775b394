import { STATUS_FIELDS } from '../check/status-fields.ts';
import type { Tool } from '../types.ts';
import { convertSchema } from './coze-schema.ts';
import { hasBody, properties, requiredOf } from './operation.ts';
import { withoutUnset } from './unset.ts';
import { decodeWire, encodeWire, type Wire } from './wire.ts';

/** How the arguments and answers of a tool travel between Coze and the server. */
export interface CozeCodec {
  /**
   * Turns the arguments that came from Coze (path, query and body in one map) into the input of the tool: JSON text
   * becomes values, an optional argument that nobody filled in is left out.
   */
  decodeInput(args: Readonly<Record<string, unknown>>): unknown;
  /** Turns the output of the tool into the fields of the answer, with `success: true`. */
  encodeOutput(output: unknown): Record<string, unknown>;
}

/** The codec that belongs to the operation of a tool in the document for Coze. */
export function cozeCodec(tool: Tool): CozeCodec {
  const input = convertSchema(tool.input, { side: 'input' });
  const output = ownFields(convertSchema(tool.output, { side: 'output' }).wire);
  const inQuery = new Set(hasBody(tool) ? [] : properties(input.schema).map(([name]) => name));
  const required = new Set(requiredOf(input.schema));
  return {
    decodeInput: (args) => {
      const given = Object.entries(args)
        .filter(([name, value]) => !(value === '' && inQuery.has(name) && !required.has(name)))
        .map(([name, value]) => [name, inQuery.has(name) ? fromQuery(input.wire, name, value) : value]);
      const decoded = decodeWire(input.wire, Object.fromEntries(given)) as Record<string, unknown>;
      return withoutUnset(tool.input, decoded);
    },
    encodeOutput: (value) => {
      const encoded = encodeWire(output, value);
      return { success: true, ...(typeof encoded === 'object' && encoded !== null ? encoded : {}) };
    },
  };
}

/** A list comes from a query as one text when it has one item, a map always as JSON text. */
function fromQuery(wire: Wire, name: string, value: unknown): unknown {
  const field = wire.kind === 'map' ? wire.entries.get(name) : undefined;
  if (typeof value !== 'string' || (field?.kind !== 'list' && field?.kind !== 'map')) return value;
  const parsed = decodeWire({ kind: 'json' }, value);
  return field.kind === 'map' || Array.isArray(parsed) ? parsed : [value];
}

/** The wire of the output without the fields that say whether the call worked. */
function ownFields(wire: Wire): Wire {
  if (wire.kind !== 'map') return { kind: 'map', entries: new Map(), nulls: [] };
  return {
    ...wire,
    entries: new Map([...wire.entries].filter(([name]) => !Object.hasOwn(STATUS_FIELDS, name))),
  };
}
