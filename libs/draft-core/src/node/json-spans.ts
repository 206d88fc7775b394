/** A part of a JSON text. */
export interface Span {
  start: number;
  /** Exclusive. */
  end: number;
}

/**
 * Values of an object by key, as parts of the text. The text must be valid JSON; of a key that occurs twice the last
 * value counts, as for `JSON.parse`.
 *
 * @param at - Position of its `{`.
 */
export function memberSpans(text: string, at: number): Map<string, Span> {
  const spans = new Map<string, Span>();
  let position = skipBlank(text, at + 1);
  while (text[position] === '"') {
    const keyEnd = endOfValue(text, position);
    const start = skipBlank(text, skipBlank(text, keyEnd) + 1);
    const end = endOfValue(text, start);
    spans.set(JSON.parse(text.slice(position, keyEnd)) as string, { start, end });
    position = skipBlank(text, end);
    if (text[position] === ',') position = skipBlank(text, position + 1);
  }
  return spans;
}

/** Items of an array, as parts of the text. @param at - Position of its `[`. */
export function itemSpans(text: string, at: number): Span[] {
  const spans: Span[] = [];
  let position = skipBlank(text, at + 1);
  while (text[position] !== ']') {
    const end = endOfValue(text, position);
    spans.push({ start: position, end });
    position = skipBlank(text, end);
    if (text[position] === ',') position = skipBlank(text, position + 1);
  }
  return spans;
}

/** Position of the first character that is no white space of JSON. */
export function skipBlank(text: string, at: number): number {
  let position = at;
  while (' \t\r\n'.includes(text[position] ?? '.')) position++;
  return position;
}

function endOfValue(text: string, at: number): number {
  if (text[at] === '"') return endOfString(text, at);
  if (text[at] !== '{' && text[at] !== '[') {
    let position = at;
    while (!',]} \t\r\n'.includes(text[position] ?? ',')) position++;
    return position;
  }
  let depth = 0;
  for (let position = at; ; position++) {
    const char = text[position]!;
    if (char === '"') position = endOfString(text, position) - 1;
    else if (char === '{' || char === '[') depth++;
    else if (char === '}' || char === ']') {
      depth--;
      if (depth === 0) return position + 1;
    }
  }
}

function endOfString(text: string, at: number): number {
  let position = at + 1;
  while (text[position] !== '"') position += text[position] === '\\' ? 2 : 1;
  return position + 1;
}
