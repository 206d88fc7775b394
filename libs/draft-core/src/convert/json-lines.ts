import { isJson, type ParsedJson, parseJson } from './json.ts';

const comment = /^\s*(?:\/\/|#)/;

/** Whether a text is a list of JSON objects, one on each line; blank lines and comments (`//`, `#`) may stand between. */
export function looksLikeJsonLines(text: string): boolean {
  const lines = significantLines(text);
  const [first, second] = lines;
  if (first === undefined || !first.text.startsWith('{')) return false;
  // One object that is spread over lines does not end on its first line.
  return isJson(first.text) && (second === undefined || /^[{[]/.test(second.text));
}

/** The objects of a text in JSON lines, or where one stops being JSON. */
export function parseJsonLines(text: string): ParsedJson {
  const values: unknown[] = [];
  let offset = 0;
  for (const { text: line, start, number } of significantLines(text)) {
    const parsed = parseJson(line);
    if (!('value' in parsed)) return { ...parsed, line: number, offset: start + parsed.offset };
    values.push(parsed.value);
    offset = start + line.length;
  }
  return values.length > 0 ? { value: values } : { offset, line: 1, column: 1, why: 'there are no lines' };
}

function significantLines(text: string): { text: string; start: number; number: number }[] {
  const lines: { text: string; start: number; number: number }[] = [];
  let start = 0;
  for (const [index, line] of text.split('\n').entries()) {
    const indent = line.length - line.trimStart().length;
    // A comma at the end is left over from a list.
    const clean = line.trim().replace(/,$/, '');
    if (clean !== '' && !comment.test(line))
      lines.push({ text: clean, start: start + indent, number: index + 1 });
    start += line.length + 1;
  }
  return lines;
}
