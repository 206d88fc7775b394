import type { Problem } from '@cozecut/problems';
import { LIMITS, type Limits } from '../source/limits.ts';
import { entriesOf, type MapNode, type Node } from '../source/node.ts';
import { parseSource } from '../source/parse.ts';
import { type Place, type SourceFile, sourceFile } from '../source/source-file.ts';
import type { Document } from './document.ts';
import { findMisreads } from './server/misreads.ts';
import { readJson } from './source-json.ts';

/** Bounds for documents of other people, which are larger and deeper than manifests. */
const DOCUMENT_LIMITS: Limits = {
  ...LIMITS,
  maxBytes: 4 * 1024 * 1024,
  maxDepth: 200,
  maxTokens: 400_000,
  maxAliasedNodes: 50_000,
};

/** A text that was read, or why it could not be. */
export type ReadDocument =
  | { document: Document; file: SourceFile }
  | { problems: Problem[]; file: SourceFile };

/** Reads a text in the way of the server: as JSON, else as YAML, of which the first document counts. */
export function readDocument(path: string, text: string): ReadDocument {
  const file = sourceFile(path, text);
  const base = {
    file,
    hasMark: file.text.length < text.length,
    aliases: [],
    merges: [],
    second: undefined,
    duplicates: [],
    fields: new Map(),
  };
  const json =
    file.text.length > DOCUMENT_LIMITS.maxBytes ? undefined : readJson(file, DOCUMENT_LIMITS.maxDepth);
  if (json !== undefined) {
    const { root, duplicates } = json;
    return { file, document: { ...base, root, isJson: true, duplicates, misreads: findMisreads(root) } };
  }
  const { root, problems, aliases, second } = parseSource(file, { limits: DOCUMENT_LIMITS, firstOnly: true });
  if (root === undefined || problems.length > 0) return { file, problems };
  const merges: Place[] = [];
  const merged = mergeKeys(root, merges, new Map());
  return {
    file,
    document: {
      ...base,
      root: merged,
      isJson: false,
      aliases,
      merges,
      second,
      misreads: findMisreads(merged),
    },
  };
}

/** A document made by a program, with a tree that has no places or those of another text. */
export function documentOf(root: Node): Document {
  return {
    root,
    file: undefined,
    isJson: false,
    hasMark: false,
    aliases: [],
    merges: [],
    second: undefined,
    duplicates: [],
    misreads: findMisreads(root),
    fields: new Map(),
  };
}

/** Takes over the keys of `<<`; keys that a map has itself win. */
function mergeKeys(node: Node, merges: Place[], done: Map<Node, Node>): Node {
  const before = done.get(node);
  if (before !== undefined) return before;
  const result = merge(node, merges, done);
  done.set(node, result);
  return result;
}

function merge(node: Node, merges: Place[], done: Map<Node, Node>): Node {
  if (node.kind === 'scalar') return node;
  if (node.kind === 'list')
    return { ...node, items: node.items.map((item) => mergeKeys(item, merges, done)) };
  const own = [...node.entries].map(
    ([key, entry]) => [key, { ...entry, value: mergeKeys(entry.value, merges, done) }] as const,
  );
  const from = node.entries.get('<<');
  if (from === undefined) return { ...node, entries: new Map(own) };
  if (from.key !== undefined) merges.push(from.key);
  const sources = mergeKeys(from.value, merges, done);
  const maps = (sources.kind === 'list' ? sources.items : [sources]).filter(
    (item): item is MapNode => item.kind === 'map',
  );
  const entries = new Map(maps.toReversed().flatMap((item) => entriesOf(item)));
  for (const [key, entry] of own) if (key !== '<<') entries.set(key, entry);
  return { ...node, entries };
}
