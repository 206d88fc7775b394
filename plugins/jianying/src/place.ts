import { existsSync, realpathSync } from 'node:fs';
import { dirname, relative, resolve, sep } from 'node:path';
import { checkDraftName } from '@cozecut/draft-core';
import type { ToolContext } from '@cozecut/plugin-host';
import { UserError } from '@cozecut/problems';

/**
 * The folder that draft folders are written into: the one the caller names, when the caller may name it, else the
 * root of the deployment.
 *
 * @throws UserError OUTPUT_FORBIDDEN
 */
export async function parentFolder(outputFolder: string | undefined, context: ToolContext): Promise<string> {
  if (outputFolder === undefined) return context.drafts.root;
  const folder = await allowedPath(outputFolder, context);
  if (folder !== undefined) return folder;
  throw new UserError('OUTPUT_FORBIDDEN', `drafts may not be written to ${JSON.stringify(outputFolder)}`, {
    hint: 'leave output_folder out, or name a folder that this deployment allows',
  });
}

/** The absolute path that a caller means, unless it is outside of what the caller may name. */
export async function allowedPath(
  path: string,
  { drafts, localRoots }: ToolContext,
): Promise<string | undefined> {
  const absolute = resolve(localRoots[0] ?? drafts.root, path);
  const real = realAncestor(absolute);
  for (const root of [drafts.root, ...localRoots]) {
    if (isInside(real, realAncestor(root))) return absolute;
  }
  return undefined;
}

/** The first of `name`, `name (2)`, … that is not taken. */
export function freeName(name: string, isTaken: (candidate: string) => boolean): string {
  for (let count = 1; ; count++) {
    const candidate = count === 1 ? name : `${name} (${count})`;
    if (!isTaken(candidate)) return candidate;
  }
}

/**
 * Turns a title into one folder name that every system takes: what no file name may hold becomes `_`.
 * A title in an export is free text, and a draft should not fail for a colon in it.
 */
export function folderName(title: string): string {
  const safe = title
    .toWellFormed()
    .normalize('NFC')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
    .replace(/[\u0000-\u001f\u007f<>:"/\\|?*]/g, '_')
    .replace(/^[.\s]+|[.\s]+$/g, '');
  const name = truncated(safe, 180) || 'draft';
  const isRefused = checkDraftName(name).some(({ severity }) => severity === 'error');
  // What is left are the names that Windows keeps for devices.
  return isRefused ? `_${name}` : name;
}

/**
 * Refuses a name that cannot be that of a folder.
 *
 * @throws UserError INPUT_INVALID with one that can.
 */
export function requireFolderName(name: string): void {
  const usable = folderName(name);
  if (usable === name) return;
  throw new UserError('INPUT_INVALID', `name must be usable as a folder name (got ${JSON.stringify(name)})`, {
    hint: `${JSON.stringify(usable)} would do`,
  });
}

/** The longest start of `text` with at most `maxBytes` bytes of UTF-8, whole characters only. */
function truncated(text: string, maxBytes: number): string {
  if (Buffer.byteLength(text) <= maxBytes) return text.trimEnd();
  let result = '';
  let bytes = 0;
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    bytes += Buffer.byteLength(segment);
    if (bytes > maxBytes) break;
    result += segment;
  }
  return result.trimEnd();
}

/** The real path of the nearest ancestor that exists, with the rest appended: a link must not lead out of a root. */
function realAncestor(path: string): string {
  let ancestor = path;
  while (!existsSync(ancestor) && dirname(ancestor) !== ancestor) ancestor = dirname(ancestor);
  return resolve(realpathSync.native(ancestor), relative(ancestor, path));
}

/** Whether a path is a folder or something in it; both absolute. */
export function isInside(path: string, root: string): boolean {
  const way = relative(root, path);
  return way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && !/^([a-zA-Z]:|[\\/])/.test(way));
}
