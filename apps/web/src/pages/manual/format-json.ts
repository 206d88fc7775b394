/** A line of more characters is not read by people. */
const LONG_LINE = 160;

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
  let depth = 0;
  let out = '';
  const line = () => `\n${'  '.repeat(depth)}`;
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s"{}[\],:]+/g)) {
    if (token === '{' || token === '[') {
      depth++;
      out += token + line();
    } else if (token === '}' || token === ']') {
      depth--;
      // A map or list without anything in it stays on its line.
      out = /[{[]\s*$/.test(out) ? out.trimEnd() + token : out + line() + token;
    } else if (token === ',') out += token + line();
    else if (token === ':') out += ': ';
    else out += token;
  }
  return `${out}\n`;
}

/** JSON that is one long line, as workflows write it, over several; anything else as it is. */
export function tidied(text: string): string {
  return text.length > LONG_LINE && !text.trim().includes('\n') ? formatJson(text) : text;
}
