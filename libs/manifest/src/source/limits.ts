import type { CST, Parser } from 'yaml';
import type { SourceFile } from './source-file.ts';
import { yamlLibrary } from './yaml.ts';

/** Bounds that a file must keep to be parsed. */
export const LIMITS = {
  /** Size of one file. */
  maxBytes: 512 * 1024,
  /** Nested maps and lists. */
  maxDepth: 64,
  /** Uses of `*alias` in one file. */
  maxAliases: 1000,
  /** Values that aliases may add to what is written. */
  maxAliasedNodes: 10_000,
  /** Words, marks, spaces and line ends in one file. */
  maxTokens: 10_000,
} as const;

/** Bounds like {@link LIMITS}, for files of another kind. */
export type Limits = { readonly [K in keyof typeof LIMITS]: number };

/** A bound that a file breaks, and where. */
export interface LimitFinding {
  code: string;
  message: string;
  hint: string;
  offset: number;
}

/**
 * Reads a text into the token tree of the YAML library, stopping at the first bound that is broken.
 *
 * The library is fed word by word: its reader of words has no depth, and its parser shows the collections that are
 * open after each word. So depth is measured by the parser itself, and no text gets it deeper than the bound; what
 * comes later (building nodes out of the token tree) recurses at most that deep.
 */
export function readTokens(
  file: SourceFile,
  limits: Limits = LIMITS,
): { tokens: CST.Token[] } | { broken: LimitFinding } {
  const bytes = Buffer.byteLength(file.text);
  if (bytes > limits.maxBytes) {
    return finding(
      'MANIFEST_TOO_LARGE',
      `the file has ${bytes} bytes, the limit is ${limits.maxBytes}`,
      SPLIT,
      0,
    );
  }
  if (hasMoreLines(file.text, limits.maxTokens)) {
    return finding('MANIFEST_TOO_COMPLEX', `the file has more than ${limits.maxTokens} lines`, SPLIT, 0);
  }
  const { CST, Lexer, Parser } = yamlLibrary();
  // The words alone come first: a text that has too many of them is not worth the ten times longer way of the parser.
  const words: string[] = [];
  for (const word of new Lexer().lex(file.text)) {
    if (words.push(word) <= limits.maxTokens) continue;
    const offset = words.reduce((sum, { length }) => sum + length, 0);
    const message = `the file has more than ${limits.maxTokens} words and marks`;
    return finding('MANIFEST_TOO_COMPLEX', message, SPLIT, Math.min(offset, file.text.length));
  }
  const tokens: CST.Token[] = [];
  const parser = new Parser();
  let aliases = 0;
  let isScalar = false;
  for (const word of words) {
    const { offset } = parser;
    if (!isScalar && word.startsWith('*')) aliases++;
    isScalar = word === CST.SCALAR;
    for (const token of parser.next(word)) tokens.push(token);
    if (parser.stack.length > limits.maxDepth && openCollections(parser) > limits.maxDepth) {
      const message = `maps and lists are nested more than ${limits.maxDepth} deep`;
      const hint = 'Close the brackets, or move the inner part into a file of its own ($ref)';
      return finding('MANIFEST_TOO_DEEP', message, hint, offset);
    }
    if (aliases > limits.maxAliases) {
      const message = `the file uses more than ${limits.maxAliases} aliases`;
      return finding(
        'MANIFEST_TOO_MANY_ALIASES',
        message,
        'Use $ref to a schema file instead of aliases',
        offset,
      );
    }
  }
  tokens.push(...parser.end());
  return { tokens };
}

function hasMoreLines(text: string, most: number): boolean {
  let lines = 1;
  for (let at = text.indexOf('\n'); at !== -1 && lines <= most; at = text.indexOf('\n', at + 1)) lines++;
  return lines > most;
}

const SPLIT = 'Move tools into files of their own (include) and schemas into files of their own ($ref)';

/** The stack of the parser has the document at its bottom and may have a simple value on top. */
function openCollections({ stack }: Parser): number {
  const top = stack.at(-1)?.type ?? '';
  return stack.length - 1 - (/scalar|alias/.test(top) ? 1 : 0);
}

function finding(code: string, message: string, hint: string, offset: number): { broken: LimitFinding } {
  return { broken: { code, message, hint, offset } };
}
