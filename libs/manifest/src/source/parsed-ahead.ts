import { isDeepStrictEqual } from 'node:util';
import type { Entry, Node } from './node.ts';
import type { Place, SourceFile } from './source-file.ts';

/** A tree without the file it was written in; `at` is start and end of what was written, `null` for nothing. */
type Bare = { at: At } & (
  | { value: string | number | boolean | null }
  | { items: Bare[] }
  | { entries: [key: string, at: At, value: Bare][] }
);
type At = [start: number, end: number] | null;

/** Texts with their trees. */
interface ParsedTexts {
  /** Of what is below; another one is not read. */
  version: number;
  /** Whether nothing was found by the checks of the manifest that the texts are of. */
  isChecked: boolean;
  texts: { text: string; root: Bare }[];
}

/** What {@link readTrees} read. */
export interface TreesAhead {
  /** Whether a manifest of nothing but these files needs no check of its tools. */
  isChecked: boolean;
  tree(file: SourceFile): Node | undefined;
}

/** Nothing was parsed ahead. */
export const NO_TREES: TreesAhead = { isChecked: false, tree: () => undefined };

// To be raised with every change of what a tree is made of, and of what a tool may be.
const VERSION = 2;

/** Writes trees as JSON that {@link readTrees} understands; one that JSON cannot say, for a `-0`, is left out. */
export function writeTrees(
  trees: readonly { file: SourceFile; root: Node }[],
  { isChecked = false }: { isChecked?: boolean } = {},
): string {
  const write = (some: typeof trees): string => {
    const texts = some.map(({ file, root }) => ({ text: file.text, root: bare(root) }));
    return JSON.stringify({ version: VERSION, isChecked, texts } satisfies ParsedTexts);
  };
  return write(
    trees.filter((tree) => isDeepStrictEqual(readTrees(write([tree])).tree(tree.file), tree.root)),
  );
}

/**
 * Reads what {@link writeTrees} wrote. A tree is found by the very text that it was made of, so that what was written
 * ahead can never stand for a file that has changed.
 */
export function readTrees(written: string): TreesAhead {
  const { version, isChecked, texts } = JSON.parse(written) as ParsedTexts;
  if (version !== VERSION) return NO_TREES;
  const roots = new Map(texts.map(({ text, root }) => [text, root]));
  return {
    isChecked,
    tree: (file) => {
      const root = roots.get(file.text);
      return root && placed(root, file);
    },
  };
}

function bare(node: Node): Bare {
  const at = bareAt(node.place);
  switch (node.kind) {
    case 'scalar':
      return { at, value: node.value };
    case 'list':
      return { at, items: node.items.map(bare) };
    case 'map':
      return {
        at,
        entries: [...node.entries].map(([key, entry]) => [key, bareAt(entry.key), bare(entry.value)]),
      };
  }
}

function bareAt(place: Place | undefined): At {
  return place === undefined ? null : [place.start, place.end];
}

function placed(node: Bare, file: SourceFile): Node {
  const place = placeAt(node.at, file);
  if ('items' in node) return { kind: 'list', items: node.items.map((item) => placed(item, file)), place };
  if ('value' in node) return { kind: 'scalar', value: node.value, place };
  const entries = new Map<string, Entry>();
  for (const [key, at, value] of node.entries) {
    entries.set(key, { key: placeAt(at, file), value: placed(value, file) });
  }
  return { kind: 'map', entries, place };
}

function placeAt(at: At, file: SourceFile): Place | undefined {
  return at === null ? undefined : { file, start: at[0], end: at[1] };
}
