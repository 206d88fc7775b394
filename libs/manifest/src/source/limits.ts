import { CST, Lexer } from 'yaml';
import type { SourceFile } from './source-file.ts';

/** Bounds that a file must keep before it is parsed. */
export const LIMITS = {
  /** Size of one file. */
  maxBytes: 1024 * 1024,
  /** Nested maps and lists. */
  maxDepth: 64,
  /** Uses of `*alias` in one file. */
  maxAliases: 1000,
  /** Values that aliases may add to what is written. */
  maxAliasedNodes: 10_000,
  /** Keys, items and values in one file. */
  maxNodes: 60_000,
} as const;

/** A bound that a file breaks, and where. */
export interface LimitFinding {
  code: string;
  message: string;
  hint: string;
  offset: number;
}

const COUNTED = new Set<string | null>([
  'scalar',
  'alias',
  'anchor',
  'tag',
  'comma',
  'newline',
  'flow-map-start',
  'flow-seq-start',
  'flow-map-end',
  'flow-seq-end',
  'seq-item-ind',
  'explicit-key-ind',
  'map-value-ind',
  'single-quoted-scalar',
  'double-quoted-scalar',
  'doc-start',
  'directive-line',
]);

/**
 * Checks size, nesting, aliases and length of a text, stopping at the first bound that is broken.
 *
 * Works on the token stream of the YAML lexer: its states do not nest, so that no text can exhaust the stack, and
 * quotes, comments and block scalars are seen exactly as the parser will see them.
 */
export function checkLimits(file: SourceFile): LimitFinding | undefined {
  const bytes = Buffer.byteLength(file.text);
  if (bytes > LIMITS.maxBytes) {
    return finding(
      'MANIFEST_TOO_LARGE',
      `the file has ${bytes} bytes, the limit is ${LIMITS.maxBytes}`,
      'Move tools into files of their own (include) and schemas into files of their own ($ref)',
      0,
    );
  }
  let offset = 0;
  let column = 0;
  let nodes = 0;
  let aliases = 0;
  let flow = 0;
  let columns: number[] = [];
  let startsNode: 'line' | 'inline' | undefined = 'line';
  let isScalar = false;
  for (const token of new Lexer().lex(file.text)) {
    const type = isScalar ? 'scalar' : CST.tokenType(token);
    isScalar = false;
    if (type === 'doc-mode') continue;
    if (type === 'scalar' && token === CST.SCALAR) {
      isScalar = true;
      continue;
    }
    if (type === 'flow-error-end') {
      flow = 0;
      continue;
    }
    if (COUNTED.has(type)) nodes++;
    if (startsNode !== undefined && flow === 0 && !isLayout(type)) {
      if (startsNode === 'line') columns = columns.filter((open) => open < column);
      columns.push(column);
      startsNode = undefined;
    }
    if (type === 'flow-map-start' || type === 'flow-seq-start') flow++;
    else if (type === 'flow-map-end' || type === 'flow-seq-end') flow = Math.max(0, flow - 1);
    else if (type === 'alias') aliases++;
    else if (type === 'seq-item-ind' || type === 'explicit-key-ind' || type === 'map-value-ind') {
      if (flow === 0) startsNode = 'inline';
    }
    const depth = columns.length + flow - 1;
    if (depth > LIMITS.maxDepth) {
      return finding(
        'MANIFEST_TOO_DEEP',
        `maps and lists are nested more than ${LIMITS.maxDepth} deep`,
        'Close the brackets, or move the inner part into a file of its own ($ref)',
        offset,
      );
    }
    if (aliases > LIMITS.maxAliases) {
      return finding(
        'MANIFEST_TOO_MANY_ALIASES',
        `the file uses more than ${LIMITS.maxAliases} aliases`,
        'Use $ref to a schema file instead of aliases',
        offset,
      );
    }
    if (nodes > LIMITS.maxNodes) {
      return finding(
        'MANIFEST_TOO_COMPLEX',
        `the file has more than ${LIMITS.maxNodes} keys, values and lines`,
        'Move tools into files of their own (include) and schemas into files of their own ($ref)',
        offset,
      );
    }
    offset += token.length;
    const lastNewline = token.lastIndexOf('\n');
    if (lastNewline === -1) column += token.length;
    else {
      column = token.length - lastNewline - 1;
      if (flow === 0) startsNode = 'line';
    }
  }
  return undefined;
}

function isLayout(type: string | null): boolean {
  return type === 'space' || type === 'newline' || type === 'comment' || type === 'byte-order-mark';
}

function finding(code: string, message: string, hint: string, offset: number): LimitFinding {
  return { code, message, hint, offset };
}
