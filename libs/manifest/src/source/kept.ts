import type { Entry, Node } from './node.ts';
import type { Place, SourceFile } from './source-file.ts';
import type { Seen } from './watched-files.ts';

/** A tree without the file it was written in; `at` is start and end of what was written, `null` for nothing. */
type Bare = { at: At } & (
  | { value: string | number | boolean | null }
  | { items: Bare[] }
  | { entries: [key: string, at: At, value: Bare][] }
  // JSON has no -0.
  | { isMinusZero: true }
);
type At = [start: number, end: number] | null;

/**
 * What of a manifest the checks found nothing in, apart from values that hold variables. Something may stand above its
 * keys when it is read, and then only its tools were looked at as they are written.
 */
export type Checked = 'everything' | 'tools' | 'nothing';

/** What is kept of a manifest that was read. */
interface Written {
  /** Of what is below; another one is not read. */
  version: number;
  checked: Checked;
  /** A root is JSON text within the text: mostly few of the trees are needed. */
  texts: { text: string; root: string }[];
  /** What the checks saw of the disk; a text that is one of those above is the number of that. */
  seen: (Omit<Seen, 'answer'> & { answer: Seen['answer'] | number })[];
}

/** What is known of a manifest from before. */
export interface Kept {
  /** What needs no check as long as all files are among the kept ones, and everything of {@link seen} is the same. */
  checked: Checked;
  seen: readonly Seen[];
  /** The tree of a file. It is found by the very text that it was made of: never one for a file that has changed. */
  tree(file: SourceFile): Node | undefined;
}

/** Nothing is known. */
export const NOTHING_KEPT: Kept = { checked: 'nothing', seen: [], tree: () => undefined };

// To be raised with every change of what a tree is made of, and of what a tool may be.
const VERSION = 4;

/** Writes as JSON what {@link readKept} reads. */
export function writeKept(
  trees: readonly { file: SourceFile; root: Node }[],
  { checked, seen }: Pick<Kept, 'checked' | 'seen'>,
): string {
  const texts = trees.map(({ file, root }) => ({ text: file.text, root: JSON.stringify(bare(root)) }));
  const numbers = new Map(texts.map(({ text }, number) => [text, number]));
  const short = seen.map(({ what, path, answer }) => ({
    what,
    path,
    answer: what === 'text' && typeof answer === 'string' ? (numbers.get(answer) ?? answer) : answer,
  }));
  return JSON.stringify({ version: VERSION, checked, texts, seen: short } satisfies Written);
}

/** Reads what {@link writeKept} wrote; of what another version wrote nothing is known. */
export function readKept(written: string): Kept {
  const { version, checked, texts, seen } = JSON.parse(written) as Written;
  if (version !== VERSION) return NOTHING_KEPT;
  const roots = new Map(texts.map(({ text, root }) => [text, root]));
  return {
    checked,
    seen: seen.map(({ answer, ...one }) => ({
      ...one,
      answer: typeof answer === 'number' ? (texts[answer]?.text ?? null) : answer,
    })),
    tree: (file) => {
      const root = roots.get(file.text);
      return root === undefined ? undefined : placed(JSON.parse(root) as Bare, file);
    },
  };
}

function bare(node: Node): Bare {
  const at = bareAt(node.place);
  switch (node.kind) {
    case 'scalar':
      return Object.is(node.value, -0) ? { at, isMinusZero: true } : { at, value: node.value };
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
  if ('isMinusZero' in node) return { kind: 'scalar', value: -0, place };
  const entries = new Map<string, Entry>();
  for (const [key, at, value] of node.entries) {
    entries.set(key, { key: placeAt(at, file), value: placed(value, file) });
  }
  return { kind: 'map', entries, place };
}

function placeAt(at: At, file: SourceFile): Place | undefined {
  return at === null ? undefined : { file, start: at[0], end: at[1] };
}
