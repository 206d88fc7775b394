/**
 * JSON whose numbers come out as they went in: a number that a double would change is kept as what `JSON.rawJSON` makes
 * of its text, and `JSON.stringify` writes that text again.
 */

/** What the engine has and the type definitions do not. */
interface LiteralJson {
  parse(
    text: string,
    reviver: (key: string, value: unknown, context: { source?: string }) => unknown,
  ): unknown;
  rawJSON(text: string): object;
  isRawJSON(value: unknown): value is { rawJSON: string };
}

const literal = JSON as unknown as LiteralJson;

/**
 * `JSON.parse` that keeps whole numbers which a double cannot hold, such as ids, as `JSON.rawJSON`: written again, they
 * are the same.
 *
 * @throws SyntaxError
 */
export function parseExact(text: string): unknown {
  const isKept = (value: number, source: string) => /^-?\d+$/.test(source) && !Number.isSafeInteger(value);
  return /\d{16}/.test(text) ? parse(text, isKept) : JSON.parse(text);
}

/** Keeps every number that would be written in another way: `1.0`, `1e3`, what a double rounds. @throws SyntaxError */
export function parseLiteral(text: string): unknown {
  return parse(text, (value, source) => JSON.stringify(value) !== source);
}

function parse(text: string, isKept: (value: number, source: string) => boolean): unknown {
  return literal.parse(text, (_, value, { source }) =>
    typeof value === 'number' && source !== undefined && isKept(value, source)
      ? literal.rawJSON(source)
      : value,
  );
}

/** How a number is written; `undefined` for anything else. */
export function numberText(value: unknown): string | undefined {
  if (literal.isRawJSON(value)) return value.rawJSON;
  return typeof value === 'number' ? JSON.stringify(value) : undefined;
}

/** A whole number of up to 64 bits as a value. */
export function wholeNumber(value: bigint): unknown {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : literal.rawJSON(String(value));
}

/** Whether a value is a JSON object; a number that was kept as its text is none. */
export function isJsonObject(value: unknown): value is Record<string, unknown> {
  return (
    typeof value === 'object' && value !== null && !Array.isArray(value) && numberText(value) === undefined
  );
}
