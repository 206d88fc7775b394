import { relative, sep } from 'node:path';
import { watch } from 'chokidar';

/** Folders whose files are made by programs, and files that an editor or a store writes for itself. */
const IGNORED = /^(?:node_modules|\.git|\.cozecut|dist|coverage)$|~$|^\.#|\.(?:swp|swx|tmp)$|^4913$/;
/** An editor writes several files, and one file several times, for what a person calls one change. */
const SETTLED_MS = 80;

/**
 * Tells of changes below a folder, those that belong together at once.
 *
 * @param onChange - Gets the paths inside the folder.
 * @returns Ends the watch.
 */
export async function watchFolder(
  folder: string,
  onChange: (paths: string[]) => void,
): Promise<() => Promise<void>> {
  const changed = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  const watcher = watch(folder, {
    ignoreInitial: true,
    // Files that are replaced by another one appear as one change.
    atomic: true,
    ignored: (path) =>
      relative(folder, path)
        .split(sep)
        .some((part) => IGNORED.test(part)),
  });
  watcher.on('all', (event, path) => {
    if (event === 'addDir' || event === 'unlinkDir') return;
    changed.add(relative(folder, path));
    clearTimeout(timer);
    timer = setTimeout(() => {
      const paths = [...changed].sort();
      changed.clear();
      onChange(paths);
    }, SETTLED_MS);
  });
  await new Promise<void>((resolve) => watcher.once('ready', resolve));
  return async () => {
    clearTimeout(timer);
    await watcher.close();
  };
}
