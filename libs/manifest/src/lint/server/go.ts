/** Quotes a text as Go's `%q` does. */
export function quote(text: string): string {
  let quoted = '';
  for (const character of text) quoted += escapeOne(character);
  return `"${quoted}"`;
}

const SHORT: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\f': '\\f',
  '\v': '\\v',
  '\b': '\\b',
  '\u0007': '\\a',
};

function escapeOne(character: string): string {
  const short = SHORT[character];
  if (short !== undefined) return short;
  const code = character.codePointAt(0)!;
  if (code < 0x20 || code === 0x7f) return `\\x${code.toString(16).padStart(2, '0')}`;
  return character;
}

/** Writes a list as Go's `%v` does. */
export function list(items: readonly string[]): string {
  return `[${items.join(' ')}]`;
}

/** Writes a value as Go's JSON encoder does: keys sorted, marks of HTML escaped. */
export function goJson(value: unknown, indent = ''): string {
  const text = JSON.stringify(sorted(value), undefined, indent === '' ? undefined : 2) ?? 'null';
  const escaped = text.replace(
    /[<>&\u2028\u2029]/g,
    (mark) => `\\u${mark.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return indent === '' ? escaped : escaped.replaceAll('\n', `\n${indent}`);
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
}

/** Name of the JSON type of a value in Go's messages. */
export function jsonKind(value: unknown): string {
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'object') return 'object';
  return typeof value === 'boolean' ? 'bool' : typeof value;
}

/** Name of the Go type that a JSON value gets when nothing says another one. */
export function goType(value: unknown): string {
  if (value === null || value === undefined) return 'nil';
  if (Array.isArray(value)) return '[]interface {}';
  if (typeof value === 'object') return 'map[string]interface {}';
  return typeof value === 'number' ? 'float64' : typeof value === 'boolean' ? 'bool' : 'string';
}
