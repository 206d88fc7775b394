import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openCatalog } from '@cozecut/catalog/node';
import { diskFiles, loadManifest, type Mode } from '@cozecut/manifest';
import {
  createArchives,
  createHost,
  type Host,
  type HostServices,
  type ToolError,
} from '@cozecut/plugin-host';
import { openStore, type Store } from '@cozecut/store';

/** JSON of which the test knows the shape. */
// biome-ignore lint/suspicious/noExplicitAny: answers of tools are looked into at any depth.
export type Any = any;

/** One second in microseconds. */
export const second = 1_000_000;

/** A host of the plugin with a store in memory and a folder for drafts. */
export interface TestHost {
  host: Host;
  store: Store;
  /** Absolute path of the folder that drafts go to. */
  root: string;
  /** The output of a call that has to work. */
  run(tool: string, input: unknown, mode?: Mode): Promise<Any>;
  /** The error of a call that has to be refused. */
  refused(tool: string, input: unknown, mode?: Mode): Promise<ToolError>;
  close(): Promise<void>;
}

/** Zips in the store, made beside `root`. */
export function archivePorts(store: Store, root: string) {
  const archives = createArchives(store);
  return {
    archiveFile: () => join(`${root}-archives`, `${crypto.randomUUID()}.zip`),
    keepArchive: archives.keep,
    hasArchive: async (id, sha256) => (await archives.find(id, sha256)) !== undefined,
    archiveUrl: (id, sha256) => `https://host.example/${id}/${sha256}`,
    draftUrl: (id) => `https://host.example/v1/drafts/${id}?draft_id=${id}`,
    pageUrl: 'https://host.example/',
  } satisfies Partial<HostServices['drafts']>;
}

/** Opens a host; `mediaFolder` may be read by callers. */
export async function openTestHost(
  mediaFolder: string,
  change: Partial<HostServices> = {},
  changeDrafts = (drafts: HostServices['drafts']) => drafts,
): Promise<TestHost> {
  const root = mkdtempSync(join(tmpdir(), 'cozecut-tools-'));
  const store = await openStore({
    location: ':memory:',
    blobs: join(`${root}-archives`, 'blobs'),
    now: Date.now,
    uuid: () => crypto.randomUUID(),
  });
  const quiet = () => undefined;
  const host = createHost({
    plugin: loadManifest(join(import.meta.dirname, '../../plugin.yaml'), {
      env: {},
      lenient: ['bindings'],
      ...diskFiles,
    }),
    services: {
      log: { debug: quiet, info: quiet, warn: quiet, error: console.error },
      fetch: () => Promise.reject(new Error('no network in this test')),
      drafts: changeDrafts({
        ...store.drafts,
        root,
        rootIsChosen: true,
        ...archivePorts(store, root),
      }),
      catalog: openCatalog({}),
      localRoots: [mediaFolder],
      cacheFolder: join(root, 'cache'),
      uuid: () => crypto.randomUUID(),
      now: Date.now,
      ...change,
    },
  });
  const call = (tool: string, input: unknown, mode: Mode) => host.call(tool, input, { mode });
  return {
    host,
    store,
    root,
    run: async (tool, input, mode = 'local') => {
      const result = await call(tool, input, mode);
      if (!result.ok) throw new Error(`${tool}: ${JSON.stringify(result.error, null, 2)}`);
      return result.output;
    },
    refused: async (tool, input, mode = 'local') => {
      const result = await call(tool, input, mode);
      if (result.ok) throw new Error(`${tool} accepted: ${JSON.stringify(result.output)}`);
      return result.error;
    },
    close: async () => {
      await store.close();
      rmSync(root, { recursive: true });
      rmSync(`${root}-archives`, { recursive: true, force: true });
    },
  };
}
