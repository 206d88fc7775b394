import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CatalogEntry, mergeById, printCompact } from '@cozecut/catalog';
import { readCapcutCli } from './capcut-cli.ts';
import { smallTables, withBothNames } from './small-tables.ts';

/** A file of the built-in catalog. */
export interface DataFile {
  name: string;
  text: string;
}

/** The built-in catalog: a file for each kind of each app, and the license of what most rows come from. */
export function builtInFiles(): DataFile[] {
  const { entries, license } = readCapcutCli();
  const rows = [...entries, ...smallTables()].map(withBothNames);
  const tables = Map.groupBy(rows, ({ app, kind }: CatalogEntry) => `${app}-${kind}`);
  const files = [...tables].map(([name, table]) => {
    const { app, kind } = table[0]!;
    return {
      name: `${name}.json`,
      text: printCompact({ app, kind, entries: mergeById(table) }, 'built-in'),
    };
  });
  return [...files, { name: 'LICENSE.capcut-cli', text: license }];
}

/** Makes `folder` hold exactly the files. Whoever reads it meanwhile sees the old or the new content of each. */
export function writeBuiltIn(folder: string, files: readonly DataFile[] = builtInFiles()): void {
  if (!existsSync(folder)) makeWhole(folder, files);
  for (const { name, text } of files) {
    const file = join(folder, name);
    if (existsSync(file) && readFileSync(file, 'utf8') === text) continue;
    writeFileSync(`${file}.${process.pid}`, text);
    renameSync(`${file}.${process.pid}`, file);
  }
  const known = new Set(files.map(({ name }) => name));
  const stale = readdirSync(folder).filter((name) => name.endsWith('.json') && !known.has(name));
  for (const name of stale) rmSync(join(folder, name), { force: true });
}

function makeWhole(folder: string, files: readonly DataFile[]): void {
  const temporary = `${folder}.${process.pid}`;
  mkdirSync(temporary, { recursive: true });
  for (const { name, text } of files) writeFileSync(join(temporary, name), text);
  try {
    renameSync(temporary, folder);
  } catch (error) {
    rmSync(temporary, { recursive: true, force: true });
    // Another process was faster with the same files.
    if (!existsSync(folder)) throw error;
  }
}
