import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import { type InstalledDraft, type InstallOptions, installDraft } from '../../src/node/index.ts';
import type { Loose } from './draft-folder.ts';
import { countingUuid, fixedNow } from './ids.ts';

/** A folder for each test, with an empty draft root in it. */
export interface Places {
  folder: string;
  root: string;
  /** Installs a draft into the root, on a system that the apps do not run on. */
  install(source: string, more?: Partial<InstallOptions>): Promise<InstalledDraft>;
  /** What the app lists. */
  index(): Promise<Loose[]>;
}

/** {@link Places} that are new for each test. */
export function usePlaces(): Places {
  const places: Places = {
    folder: '',
    root: '',
    install: (source, more) =>
      installDraft({
        source,
        root: places.root,
        system: { platform: 'linux', home: places.folder },
        listProcesses: async () => [],
        uuid: countingUuid(),
        now: fixedNow,
        ...more,
      }),
    index: async () =>
      existsSync(join(places.root, 'root_meta_info.json'))
        ? (await json(places.root, 'root_meta_info.json')).all_draft_store
        : [],
  };
  beforeEach(async () => {
    places.folder = await mkdtemp(join(tmpdir(), 'draft-install-'));
    places.root = join(places.folder, 'root');
    await mkdir(places.root);
  });
  afterEach(() => rm(places.folder, { recursive: true, force: true }));
  return places;
}

/** Reads a JSON file. */
export async function json(...path: string[]): Promise<Loose> {
  return JSON.parse(await readFile(join(...path), 'utf8'));
}

/** Codes of what was found. */
export function codes({ problems }: { problems: { code: string }[] }): string[] {
  return problems.map(({ code }) => code);
}

/** Everything below a folder with the hash of its content. */
export async function tree(path: string): Promise<Record<string, string>> {
  const files: Record<string, string> = {};
  for (const entry of await readdir(path, { recursive: true, withFileTypes: true })) {
    const file = join(entry.parentPath, entry.name);
    files[file] = entry.isFile()
      ? createHash('sha256')
          .update(await readFile(file))
          .digest('hex')
      : 'folder';
  }
  return files;
}
