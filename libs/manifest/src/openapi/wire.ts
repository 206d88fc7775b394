/**
 * How a value that Coze sends or gets differs from the value that a tool takes or gives. Coze knows fewer types than
 * JSON Schema, so some values travel as text.
 */
export type Wire =
  | { readonly kind: 'same' }
  /** A number or truth value that may come as text. */
  | { readonly kind: 'bare'; readonly type: 'integer' | 'number' | 'boolean' }
  /** One of several scalar types, travelling as text: `5` and `250ms`. */
  | { readonly kind: 'text'; readonly types: readonly string[] }
  /** Anything, travelling as JSON text. */
  | { readonly kind: 'json' }
  | { readonly kind: 'list'; readonly item: Wire }
  | {
      readonly kind: 'map';
      readonly entries: ReadonlyMap<string, Wire>;
      /** Keys that must be there but may be null: Coze leaves them out, the tool gets null. */
      readonly nulls: readonly string[];
    };

/** Turns a value that came from Coze into the one that the tool takes. What does not fit stays as it is. */
export function decodeWire(wire: Wire, value: unknown): unknown {
  switch (wire.kind) {
    case 'same':
      return value;
    case 'bare':
      return typeof value === 'string' ? (readBare(value, [wire.type]) ?? value) : value;
    case 'text':
      return typeof value === 'string' ? (readBare(value, wire.types) ?? value) : value;
    case 'json':
      return typeof value === 'string' ? readJson(value) : value;
    case 'list':
      return Array.isArray(value) ? value.map((item) => decodeWire(wire.item, item)) : value;
    case 'map': {
      if (!isMap(value)) return value;
      const decoded = Object.entries(value).map(([key, item]): [string, unknown] => {
        const inner = wire.entries.get(key);
        return [key, inner === undefined ? item : decodeWire(inner, item)];
      });
      const missing = wire.nulls.filter((key) => !(key in value)).map((key): [string, null] => [key, null]);
      return Object.fromEntries([...decoded, ...missing]);
    }
  }
}

/** Turns a value that a tool gave into the one that Coze gets; keys that are null are left out. */
export function encodeWire(wire: Wire, value: unknown): unknown {
  switch (wire.kind) {
    case 'same':
    case 'bare':
      return value;
    case 'text':
      if (typeof value === 'object' && value !== null) return JSON.stringify(value);
      return value === null || typeof value === 'string' ? value : String(value);
    case 'json':
      return value === undefined || typeof value === 'string' ? value : JSON.stringify(value);
    case 'list':
      return Array.isArray(value) ? value.map((item) => encodeWire(wire.item, item)) : value;
    case 'map': {
      if (!isMap(value) || isSame(wire, value)) return value;
      const encoded = Object.entries(value).flatMap(([key, item]): [string, unknown][] => {
        const inner = wire.entries.get(key);
        if (item === null || item === undefined) return [];
        return [[key, inner === undefined ? item : encodeWire(inner, item)]];
      });
      return Object.fromEntries(encoded);
    }
  }
}

/** Whether Coze gets a value as the tool gave it: answers are mostly that, and may be long. */
function isSame(wire: Wire, value: unknown): boolean {
  switch (wire.kind) {
    case 'same':
    case 'bare':
      return true;
    case 'text':
      return value === null || typeof value === 'string';
    case 'json':
      return value === undefined || typeof value === 'string';
    case 'list':
      return !Array.isArray(value) || value.every((item) => isSame(wire.item, item));
    case 'map':
      if (!isMap(value)) return true;
      for (const key of Object.keys(value)) {
        const inner = wire.entries.get(key);
        const item = value[key];
        if (item === null || item === undefined) return false;
        if (inner !== undefined && !isSame(inner, item)) return false;
      }
      return true;
  }
}

function readBare(text: string, types: readonly string[]): number | boolean | undefined {
  if (types.includes('boolean') && (text === 'true' || text === 'false')) return text === 'true';
  if (!/^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/.test(text)) return undefined;
  const number = Number(text);
  if (types.includes('number')) return number;
  // A long id would lose digits as a number.
  return types.includes('integer') && Number.isSafeInteger(number) ? number : undefined;
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
