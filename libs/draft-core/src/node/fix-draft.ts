import { existsSync } from 'node:fs';
import { META_NAME } from '../drafts/layout.ts';
import type { LintDraftOptions } from '../drafts/lint-draft.ts';
import { mendDraft } from '../drafts/mend-draft.ts';
import { type OpenDraftOptions, openDraft } from './open-draft.ts';
import { rewriteZip } from './rewrite-zip.ts';
import { assertOneTimeline, assertPlain, recoverDraft, type SavedDraft, saveDraft } from './save-draft.ts';

/** What repairs did. */
export interface FixedDraft extends SavedDraft {
  /** How many findings were mended. */
  fixed: number;
  /** The zip as it was; a folder has its history. */
  former?: string;
}

/**
 * Makes the certain repairs of a draft and saves it; a zip is written anew, and the former one stays beside it. Mirrors
 * that differ are made equal when the options name the primary.
 *
 * @param path - Absolute path.
 * @param now - Unix time in milliseconds.
 * @throws UserError as `openDraft` and `saveDraft`.
 */
export async function fixDraft(
  path: string,
  { now, ...options }: OpenDraftOptions & LintDraftOptions & { now(): number },
): Promise<FixedDraft> {
  await recoverDraft(path);
  const opened = await openDraft(path, options);
  const { timeline, meta, count } = mendDraft(opened, options);
  if (timeline === undefined || (count === 0 && !opened.isChosen))
    return { version: undefined, files: [], fixed: 0 };
  const texts = { timeline: timeline.text, meta: meta === opened.meta?.document ? undefined : meta?.text };
  if (opened.kind === 'zip') {
    assertPlain(opened.encrypted);
    assertOneTimeline(opened);
    const active = opened.timelines.filter(({ role }) => role === 'primary' || role === 'mirror');
    const written = new Map(active.map(({ path: file }) => [file, texts.timeline]));
    if (texts.meta !== undefined) written.set(META_NAME, texts.meta);
    const former = await rewriteZip(path, written, options.limits);
    return { version: undefined, files: [...written.keys()], fixed: count, former };
  }
  const saved = await saveDraft(opened, texts, {
    reason: count === 1 ? '1 repair' : `${count} repairs`,
    now,
  });
  return { ...saved, fixed: count };
}

/**
 * Whether there is a file at an absolute path that a draft names, as far as it is safe to look: a path of another
 * system, or one that would ask a server, counts as there.
 */
export function mediaExists(path: string): boolean {
  const isNetwork = /^[\\/]{2}/.test(path);
  const isOurs = process.platform === 'win32' ? /^[a-z]:[\\/]/i.test(path) : path.startsWith('/');
  return isNetwork || !isOurs || existsSync(path);
}
