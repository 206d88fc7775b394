/** What a module exports, as far as its text says. */
export interface ExportNames {
  names: Set<string>;
  /** Modules of `export * from`, as written. */
  stars: string[];
}

const DECLARATION =
  /\bexport\s+(?:declare\s+)?(?:async\s+function\s*\*?|function\s*\*?|(?:abstract\s+)?class|const\s+enum|enum|const|let|var)\s+([A-Za-z_$][\w$]*)/g;
const DEFAULT = /\bexport\s+default\b/;
const LIST = /\bexport\s*\{([^}]*)\}/g;
const PATTERN = /\bexport\s+(?:const|let|var)\s*[{[]([^=]*)[}\]]\s*=/g;
const STAR = /\bexport\s*\*\s*(?:as\s+([A-Za-z_$][\w$]*)\s*)?from\s*(["'])/g;

/**
 * Finds the exported values of a TypeScript or JavaScript module by reading its text; nothing is run.
 * Types do not count. More names of one `export const a = …, b = …` than the first are not seen.
 */
export function exportNames(source: string): ExportNames {
  const { code, strings } = blank(source);
  const names = new Set<string>();
  const stars: string[] = [];
  for (const match of code.matchAll(DECLARATION)) names.add(match[1]!);
  if (DEFAULT.test(code)) names.add('default');
  for (const match of code.matchAll(LIST)) for (const name of listed(match[1]!)) names.add(name);
  for (const match of code.matchAll(PATTERN)) {
    for (const part of match[1]!.split(',')) {
      const name = /([A-Za-z_$][\w$]*)\s*$/.exec(part.replace(/^\s*\.\.\./, ''))?.[1];
      if (name !== undefined) names.add(name);
    }
  }
  for (const match of code.matchAll(STAR)) {
    if (match[1] !== undefined) names.add(match[1]);
    else {
      const quoted = strings.get(match.index + match[0].length - 1);
      if (quoted !== undefined) stars.push(quoted);
    }
  }
  return { names, stars };
}

/** Names of `{ a, b as c, type D, e as default }`. */
function listed(body: string): string[] {
  return body
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '' && !/^type\s+[A-Za-z_$]/.test(part))
    .map((part) =>
      part
        .split(/\s+as\s+/)
        .at(-1)!
        .trim(),
    );
}

/**
 * The text with comments and the insides of strings, templates and regular expressions replaced by blanks, so that
 * what looks like an export in them is not taken for one.
 */
function blank(source: string): { code: string; strings: Map<number, string> } {
  const strings = new Map<number, string>();
  let code = '';
  let at = 0;
  /** Last character that is neither blank nor comment; tells a division from a regular expression. */
  let before = '';
  const hide = (end: number, quotes: boolean) => {
    const text = source.slice(at, end);
    if (quotes) strings.set(at, text.slice(1, -1));
    const hidden = text.replace(/[^\n]/g, ' ');
    code += quotes ? text.charAt(0) + hidden.slice(2) + text.charAt(0) : hidden;
    at = end;
  };
  while (at < source.length) {
    const char = source[at]!;
    const two = source.slice(at, at + 2);
    if (two === '//') hide(endOf(source, '\n', at), false);
    else if (two === '/*') hide(Math.min(source.length, endOf(source, '*/', at + 2) + 2), false);
    else if (char === '"' || char === "'" || char === '`') {
      hide(closing(source, at, char), true);
      before = char;
    } else if (char === '/' && !/[\w$)\]}"'`.]/.test(before)) {
      hide(closing(source, at, '/'), true);
      before = '/';
    } else {
      code += char;
      at++;
      if (char.trim() !== '') before = char;
    }
  }
  return { code, strings };
}

function endOf(source: string, text: string, from: number): number {
  const end = source.indexOf(text, from);
  return end === -1 ? source.length : end;
}

/** Offset behind the closing quote; a text that only a template may carry over lines ends with its line. */
function closing(source: string, start: number, quote: string): number {
  let inClass = false;
  let depth = 0;
  for (let at = start + 1; at < source.length; at++) {
    const char = source[at]!;
    if (char === '\\') at++;
    else if (quote === '`' && char === '$' && source[at + 1] === '{') depth++;
    else if (depth > 0 && char === '}') depth--;
    else if (quote === '/' && char === '[') inClass = true;
    else if (quote === '/' && char === ']') inClass = false;
    else if (char === quote && !inClass && depth === 0) return at + 1;
    else if (char === '\n' && quote !== '`') return at;
  }
  return source.length;
}
