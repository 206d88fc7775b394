/** Longest line of a list that stands on one. */
const MAX_LINE = 110;

/**
 * Writes a document as JSON: two spaces, LF, a line end at the end. A list of plain values that fits stands on one
 * line, as the usual formatters write it.
 */
export function toReadableJson(value: unknown): string {
  return `${print(value, '', 0)}\n`;
}

/** @param before - Characters before the value in its line, and one for the comma behind it. */
function print(value: unknown, indent: string, before: number): string {
  const inner = `${indent}  `;
  if (Array.isArray(value)) {
    const line = `[${value.map((item) => JSON.stringify(item)).join(', ')}]`;
    const isPlain = value.every((item) => typeof item !== 'object' || item === null);
    if (isPlain && before + line.length <= MAX_LINE) return line;
    return `[\n${value.map((item) => inner + print(item, inner, inner.length + 1)).join(',\n')}\n${indent}]`;
  }
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const lines = Object.entries(value)
    .filter(([, item]) => item !== undefined)
    .map(([key, item]) => {
      const head = `${inner}${JSON.stringify(key)}: `;
      return head + print(item, inner, head.length + 1);
    });
  return lines.length === 0 ? '{}' : `{\n${lines.join(',\n')}\n${indent}}`;
}
