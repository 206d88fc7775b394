/**
 * A JSON value that nobody changes, and its text. Values that follow each other share the parts that stay the same:
 * the items of the lists of its first level, such as the tracks of a timeline.
 */
export interface Document {
  /** Frozen all through. */
  readonly value: unknown;
  text(): string;
}

/** Makes documents; only those that the same one made share parts. */
export interface Documents {
  /** A document whose text is known; it is read when its value is asked for. */
  read(text: string): Document;
  /**
   * The document of a value, as it would be read from its text. Parts of a former document that are in it as they were
   * are neither written nor read again.
   *
   * @throws TypeError when the value is not JSON.
   */
  of(value: unknown): Document;
}

/** A value that is as it would be read, and its text. */
interface Part {
  value: unknown;
  text: string;
}

/** Documents without any yet. */
export function createDocuments(): Documents {
  /** Objects that were read, and their text once it was made: items of lists, and other values of the first level. */
  const parts = new WeakMap<object, string | undefined>();

  /** Nothing for what JSON cannot say. */
  function partOf(given: unknown): Part | undefined {
    const isKnown = isObject(given) && parts.has(given);
    const text = (isKnown ? parts.get(given) : undefined) ?? JSON.stringify(given);
    if (text === undefined) return undefined;
    const value = isKnown ? given : frozen(JSON.parse(text));
    if (isObject(value)) parts.set(value, text);
    return { value, text };
  }

  function listOf(given: readonly unknown[]): Part {
    const items = Array.from(given, (item) => partOf(item) ?? { value: null, text: 'null' });
    return {
      value: Object.freeze(items.map(({ value }) => value)),
      text: `[${items.map(({ text }) => text).join(',')}]`,
    };
  }

  function remember(value: unknown): unknown {
    if (!isMap(value)) return value;
    for (const member of Object.values(value)) {
      for (const part of Array.isArray(member) ? member : [member])
        if (isObject(part)) parts.set(part, undefined);
    }
    return value;
  }

  return {
    read(text) {
      let value: unknown;
      return {
        get value() {
          value ??= remember(frozen(JSON.parse(text)));
          return value;
        },
        text: () => text,
      };
    },
    of(given) {
      if (!isMap(given)) {
        const text = JSON.stringify(given);
        if (text === undefined) throw new TypeError('a timeline must be JSON (got undefined)');
        return { value: frozen(JSON.parse(text)), text: () => text };
      }
      const members = Object.entries(given).flatMap(([key, member]): [string, Part][] => {
        const part = isList(member) ? listOf(member) : partOf(member);
        return part === undefined ? [] : [[key, part]];
      });
      return {
        // fromEntries defines "__proto__" as a plain key, as JSON.parse does.
        value: Object.freeze(Object.fromEntries(members.map(([key, { value }]) => [key, value]))),
        text: () => `{${members.map(([key, { text }]) => `${JSON.stringify(key)}:${text}`).join(',')}}`,
      };
    },
  };
}

/** Freezes what was just read, so that nothing in it is frozen yet. */
function frozen(value: unknown): unknown {
  if (!isObject(value)) return value;
  for (const item of Object.values(value)) frozen(item);
  return Object.freeze(value);
}

/** Whether JSON writes a list item by item. */
function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value) && !('toJSON' in value);
}

/** Whether JSON writes an object key by key. */
function isMap(value: unknown): value is object {
  return isObject(value) && !Array.isArray(value) && !('toJSON' in value) && !isBoxed(value);
}

/** JSON writes these as what is in them. */
function isBoxed(value: object): boolean {
  return [Number, String, Boolean, BigInt].some((kind) => value instanceof kind);
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
