import { type Dirent, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { PRIMARY_NAMES } from '@cozecut/draft-core';
import { UserError } from '@cozecut/problems';

/**
 * The timeline documents at a path: of a draft, of a folder of drafts, or the file itself.
 *
 * @throws UserError FILE_UNREADABLE when there is nothing at the path.
 */
export function draftFiles(path: string, shown: string): string[] {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined) {
    throw new UserError('FILE_UNREADABLE', `cannot read ${shown}: there is no such file or folder`);
  }
  if (!stats.isDirectory()) return [path];
  const own = filesOfDraft(path);
  return own.length > 0 ? own : folders(path).flatMap(filesOfDraft);
}

/** Newer builds keep a timeline in a folder of its own below the draft. */
function filesOfDraft(folder: string): string[] {
  const timelines = folders(join(folder, 'Timelines'));
  return [folder, ...timelines].flatMap((place) =>
    entries(place)
      .filter((entry) => entry.isFile() && PRIMARY_NAMES.includes(entry.name))
      .map(({ name }) => join(place, name)),
  );
}

function folders(path: string): string[] {
  return entries(path)
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => join(path, name));
}

/** What is in a folder; nothing when it cannot be read or is none. */
function entries(path: string): Dirent[] {
  try {
    return readdirSync(path, { withFileTypes: true });
  } catch {
    return [];
  }
}
