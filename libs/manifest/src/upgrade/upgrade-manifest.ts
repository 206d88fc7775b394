import type { Location, Problem, TextEdit } from '@cozecut/problems';
import { applyFixes } from '../lint/fix/apply.ts';
import { checkManifest } from '../load.ts';
import type { LoadOptions } from '../read.ts';
import { UPGRADE_STEPS } from './steps.ts';

/** One rewritten word. */
export interface Rewritten {
  /** Id of the step, see {@link UPGRADE_STEPS}. */
  step: string;
  file: string;
  /** Line that it was on, from 1. */
  line: number;
  from: string;
  to: string;
}

/** A manifest in the current format. */
export interface Upgraded {
  /** Files that change, with their text before and after. */
  files: { file: string; before: string; after: string }[];
  rewritten: Rewritten[];
  /** What is left to say about the manifest as it would be. */
  problems: Problem[];
}

/** A rename may show a mistake in what is below it; manifests are not deeper than this. */
const MAX_ROUNDS = 16;

/**
 * Brings a manifest and the files that it includes to the current format. Only the words that are rewritten change;
 * comments, quotes and layout stay. Nothing is written.
 *
 * @param file - Absolute path of `plugin.yaml`.
 * @throws UserError MANIFEST_NOT_FOUND, MANIFEST_UNREADABLE
 */
export function upgradeManifest(file: string, options: LoadOptions): Upgraded {
  const texts = new Map<string, { before: string; after: string }>();
  const read = (path: string) => texts.get(path)?.after ?? options.readFile(path);
  const rewritten: Rewritten[] = [];
  let problems: Problem[] = [];
  for (let round = 0; round < MAX_ROUNDS; round++) {
    // What is kept is of the files as they are on the disk.
    const { cache: _, ...rest } = options;
    problems = checkManifest(file, { ...rest, lenient: true, readFile: read }).problems;
    const found = problems.flatMap((problem) => rewriteOf(problem, read));
    if (found.length === 0) break;
    for (const [path, own] of Map.groupBy(found, ({ edit }) => edit.file)) {
      const now = read(path);
      const { text, applied } = applyFixes(
        now,
        own.map(({ problem, edit }) => ({ ...problem, fix: { title: '', edits: [edit] } })),
      );
      texts.set(path, { before: texts.get(path)?.before ?? now, after: text });
      rewritten.push(...own.slice(0, applied.length).map(({ report }) => report));
    }
  }
  const files = [...texts].map(([path, text]) => ({ file: path, ...text }));
  return { files, rewritten, problems };
}

function rewriteOf(
  problem: Problem,
  read: (path: string) => string,
): { problem: Problem; edit: TextEdit; report: Rewritten }[] {
  const { location } = problem;
  if (location?.end === undefined) return [];
  const { file } = location;
  const text = read(file);
  const [start, end] = offsetsOf(location, text);
  const quoted = text.slice(start, end);
  const quote = /^(["'])(.*)\1$/s.exec(quoted);
  const written = quote?.[2] ?? quoted;
  // A value that was put in from elsewhere is not written here.
  if (!/^[\w./-]+$/.test(written)) return [];
  for (const { id, rewrite } of UPGRADE_STEPS) {
    const to = rewrite(problem, written);
    if (to === undefined || to === written) continue;
    const edit = { file, start, end, text: quote === null ? to : `${quote[1]}${to}${quote[1]}` };
    return [{ problem, edit, report: { step: id, file, line: location.start.line, from: written, to } }];
  }
  return [];
}

function offsetsOf({ start, end }: Location, text: string): [number, number] {
  const lineStarts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lineStarts.push(at + 1);
  const offset = ({ line, column }: Location['start']) => (lineStarts[line - 1] ?? 0) + column - 1;
  return [offset(start), offset(end!)];
}
