import { relative, sep } from 'node:path';
import { watch } from 'chokidar';

/** Folders that are large and that nobody writes by hand. */
const IGNORED: readonly string[] = ['node_modules', '.git', '.cozecut'];
/** An editor writes several files, and one file several times, for what a person calls one change. */
const SETTLED_MS = 80;

/**
 * Tells of changes of files below a folder, those that belong together at once.
 *
 * @param isMeant - Whether a file is one of those; asked when it has changed.
 * @param onChange - Gets the paths inside the folder.
 * @returns Ends the watch.
 */
export async function watchFolder(
  folder: string,
  isMeant: (path: string) => boolean,
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
        .some((part) => IGNORED.includes(part)),
  });
  watcher.on('all', (event, path) => {
    if (event === 'addDir' || event === 'unlinkDir' || !isMeant(path)) return;
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
