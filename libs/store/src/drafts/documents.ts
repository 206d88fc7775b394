/**
 * A JSON value that nobody changes, and its text. Values that follow each other share the parts that stay the same:
 * the items of the lists of its first level, such as the tracks of a timeline.
 */
export interface Document {
  /** Frozen all through. */
  readonly value: unknown;
  text(): string;
  /** Length of the text in UTF-8. */
  bytes(): number;
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
  /** Read from the text when somebody asks for it: after the last change of a draft nobody does. */
  readonly value: unknown;
  readonly text: string;
  /** Length of the text in UTF-8. */
  readonly bytes: number;
}

/** A member of an object, and how its name is written. */
interface Member {
  key: string;
  name: string;
  part: Part;
}

/** Stands for a part of an object that was read and not written yet. */
const UNWRITTEN = Symbol('unwritten');
/** How a list writes what JSON cannot say. */
const NULL: Part = { value: null, text: 'null', bytes: 4 };

/** Documents without any yet. */
export function createDocuments(): Documents {
  /** Objects that were read, items of lists and other values of the first level, each as a part once it was written. */
  const parts = new WeakMap<object, Part | typeof UNWRITTEN>();

  /** Nothing for what JSON cannot say. */
  function partOf(given: unknown): Part | undefined {
    const known = isObject(given) ? parts.get(given) : undefined;
    if (known !== undefined && known !== UNWRITTEN) return known;
    const text = JSON.stringify(given);
    if (text === undefined) return undefined;
    const bytes = Buffer.byteLength(text);
    if (known !== UNWRITTEN) return partToRead(text, bytes);
    const part = { value: given, text, bytes };
    parts.set(given as object, part);
    return part;
  }

  function partToRead(text: string, bytes: number): Part {
    let value: unknown;
    const part: Part = {
      get value() {
        if (value === undefined) {
          value = frozen(JSON.parse(text));
          if (isObject(value)) parts.set(value, part);
        }
        return value;
      },
      text,
      bytes,
    };
    return part;
  }

  function listOf(given: readonly unknown[]): Part {
    const items = Array.from(given, (item) => partOf(item) ?? NULL);
    let value: unknown;
    return {
      get value() {
        value ??= Object.freeze(items.map((item) => item.value));
        return value;
      },
      text: `[${items.map(({ text }) => text).join(',')}]`,
      bytes: items.reduce((sum, { bytes }) => sum + bytes + 1, items.length === 0 ? 2 : 1),
    };
  }

  function remember(value: unknown): unknown {
    if (!isMap(value)) return value;
    for (const member of Object.values(value)) {
      for (const part of Array.isArray(member) ? member : [member])
        if (isObject(part)) parts.set(part, UNWRITTEN);
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
        ...written(text),
      };
    },
    of(given) {
      if (!isMap(given)) {
        const text = JSON.stringify(given);
        if (text === undefined) throw new TypeError('a timeline must be JSON (got undefined)');
        return { value: frozen(JSON.parse(text)), ...written(text) };
      }
      const members = Object.entries(given).flatMap(([key, member]): Member[] => {
        const part = isList(member) ? listOf(member) : partOf(member);
        return part === undefined ? [] : [{ key, name: `${JSON.stringify(key)}:`, part }];
      });
      const length = ({ name, part }: Member) => Buffer.byteLength(name) + part.bytes + 1;
      let value: unknown;
      return {
        get value() {
          // fromEntries defines "__proto__" as a plain key, as JSON.parse does.
          value ??= Object.freeze(Object.fromEntries(members.map(({ key, part }) => [key, part.value])));
          return value;
        },
        text: () => `{${members.map(({ name, part }) => name + part.text).join(',')}}`,
        bytes: () => members.reduce((sum, member) => sum + length(member), members.length === 0 ? 2 : 1),
      };
    },
  };
}

function written(text: string): Pick<Document, 'text' | 'bytes'> {
  return { text: () => text, bytes: () => Buffer.byteLength(text) };
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
