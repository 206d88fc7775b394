/** A line of more characters is not read by people. */
const LONG_LINE = 160;

/** Nesting beyond this is not shown by blanks: they would be more than the text. */
const MAX_INDENT = 50;
/** A text begins with its quote; where it ends is looked for by {@link endOfText}. */
const TOKEN = /"|[{}[\],:]|[^\s"{}[\],:]+/g;

/**
 * JSON with a line for each value, so that findings have lines to stand at. Only blanks change: numbers and texts keep
 * their spelling. Text that is no JSON comes back as it was.
 */
export function formatJson(text: string): string {
  try {
    JSON.parse(text);
  } catch {
    return text;
  }
  const tokens = new RegExp(TOKEN);
  const out: string[] = [];
  let depth = 0;
  let before = '';
  for (let found = tokens.exec(text); found !== null; found = tokens.exec(text)) {
    const [token] = found;
    const isEnd = token === '}' || token === ']';
    const isAfterStart = before === '{' || before === '[';
    if (isEnd) depth--;
    // A map or list without anything in it stays on its line.
    if (isEnd ? !isAfterStart : isAfterStart || before === ',')
      out.push('\n', '  '.repeat(Math.min(depth, MAX_INDENT)));
    if (token === '"') {
      tokens.lastIndex = endOfText(text, found.index);
      out.push(text.slice(found.index, tokens.lastIndex));
    } else out.push(token === ':' ? ': ' : token);
    if (token === '{' || token === '[') depth++;
    before = token;
  }
  return `${out.join('')}\n`;
}

/** Where a text of JSON ends. A text may be megabytes of JSON itself, more than a pattern takes. */
function endOfText(text: string, start: number): number {
  let at = start + 1;
  while (text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return at + 1;
}

/** JSON that is one long line, as workflows write it, over several; anything else as it is. */
export function tidied(text: string): string {
  return text.length > LONG_LINE && !text.trim().includes('\n') ? formatJson(text) : text;
}
