import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { UrlSigner } from '@cozecut/auth';
import type { Catalog } from '@cozecut/catalog';
import { openCatalog } from '@cozecut/catalog/node';
import { isAddress, type Plugin } from '@cozecut/manifest/loader';
import type { EgressRules } from '@cozecut/media';
import {
  type Archives,
  archivePath,
  createArchives,
  createHost,
  draftPath,
  type Host,
  type Log,
} from '@cozecut/plugin-host';
import { UserError } from '@cozecut/problems';
import type { DraftStore, Store } from '@cozecut/store';
import { createMemoryDrafts } from '@cozecut/store/memory';
import { type Environment, setting } from '../settings.ts';
import { catalogFolders } from './catalog/folder.ts';
import { importHandlerModule } from './installed.ts';
import { lazyStore } from './lazy-store.ts';
import type { WrittenDraft } from './listen/install-drafts.ts';
import { secretsOf } from './secrets.ts';
import { storePlaces } from './store-places.ts';

/** What a runtime is made of. */
export interface RuntimeOptions {
  plugin: Plugin;
  env: Environment;
  /** Folder that relative paths of settings resolve against. */
  folder: string;
  log: Log;
  /** Folders of this machine that callers may name; see `ToolContext.localRoots`. */
  localRoots: readonly string[];
  /** Keep nothing: the store lives in memory and downloads are removed in the end. */
  ephemeral?: boolean;
  /** Makes addresses that open archives without a token; else they need one. */
  urls?: UrlSigner | undefined;
  /** Whether a store that cannot be opened is told at once, and not when a tool needs it; default false. */
  opensStore?: boolean;
  /** Told before the store is opened and before something is fetched: neither is done at once. */
  onWait?: (() => void) | undefined;
  /** Where drafts go unless the person has chosen a place with DRAFT_ROOT; default: into the store. */
  draftRoot?: string | undefined;
  /** Told of every draft that was written as a folder, after the store knows it; must not throw. */
  onDraftSaved?(draft: WrittenDraft): Promise<void>;
}

/** A plugin that is ready to run. */
export interface Runtime {
  plugin: Plugin;
  host: Host;
  store: Store;
  /** `fetch` that only reaches what the deployment's egress rules allow. */
  fetch: typeof fetch;
  /** Zips of drafts for download. */
  archives: Archives;
  /** The resources of the apps. */
  catalog: Catalog;
  /** Absolute path of the folder for what is kept besides the database. */
  files: string;
  close(): Promise<void>;
}

/** Puts the libraries together; the one place where they meet. */
export async function createRuntime(options: RuntimeOptions): Promise<Runtime> {
  if (!options.ephemeral) {
    const { location, files, blobs } = storePlaces(options);
    const store = await storeAt({ location, blobs }, options);
    return assemble(options, { store, drafts: store.drafts, files });
  }
  const temporary = mkdtempSync(join(tmpdir(), 'cozecut-'));
  const remove = () => rmSync(temporary, { recursive: true, force: true });
  try {
    const store = await storeAt({ location: ':memory:', blobs: join(temporary, 'blobs') }, options);
    const runtime = await assemble(options, {
      store,
      drafts: createMemoryDrafts(clockAndIds),
      files: temporary,
    });
    return { ...runtime, close: () => runtime.close().finally(remove) };
  } catch (error) {
    remove();
    throw error;
  }
}

/** An address of an archive goes through a chat and is opened by a person: a day. */
const ARCHIVE_URL_MS = 24 * 3_600_000;

const clockAndIds = { now: () => Date.now(), uuid: () => crypto.randomUUID() };

async function storeAt(
  places: { location: string; blobs: string },
  { opensStore, plugin, onWait }: RuntimeOptions,
): Promise<Store> {
  const { drafts: maxDrafts, bytes: maxBytes } = plugin.deployment.quota;
  const quota = {
    ...(maxDrafts === undefined ? {} : { maxDrafts }),
    ...(maxBytes === undefined ? {} : { maxBytes }),
  };
  const open = async () => {
    onWait?.();
    return (await import('@cozecut/store')).openStore({ ...places, ...clockAndIds, quota });
  };
  return opensStore || isAddress(places.location) ? open() : lazyStore(open);
}

/** What the parts of a runtime keep things in. */
interface Kept {
  store: Store;
  /** What handlers see. */
  drafts: DraftStore;
  /** Folder for drafts, downloads and zips. */
  files: string;
}

async function assemble(options: RuntimeOptions, { store, drafts, files }: Kept): Promise<Runtime> {
  const { plugin, env, folder } = options;
  const { egress } = plugin.deployment;
  const { allow, denyPrivate, maxBytes } = egress;
  const fetch = await guardedFetch({ allow, denyPrivate, maxBytes }, options.onWait);
  const chosenRoot = setting(env, 'DRAFT_ROOT');
  const root =
    chosenRoot === undefined ? (options.draftRoot ?? join(files, 'drafts')) : resolve(folder, chosenRoot);
  const archives = createArchives({ blobs: store.blobs, drafts });
  const publicUrl = (plugin.deployment.server.publicUrl ?? '').replace(/\/+$/, '');
  const catalog = openCatalog(catalogFolders(env, folder));
  const cacheFolder = join(files, 'cache');
  // Who runs one tool gets the folders that it writes to, from what writes; a server tells at once what it may not.
  if (options.opensStore) {
    for (const needed of [root, cacheFolder, join(files, 'archives')]) makeFolder(needed);
  }

  const host = createHost({
    plugin,
    services: {
      log: options.log,
      fetch,
      drafts: {
        ...drafts,
        saved: async (...saved) => {
          const draft = await drafts.saved(...saved);
          const [id, folder] = saved;
          await options.onDraftSaved?.({ id, revision: draft.revision, folder });
          return draft;
        },
        root,
        rootIsChosen: chosenRoot !== undefined,
        archiveFile: () => join(files, 'archives', `${crypto.randomUUID()}.zip`),
        keepArchive: archives.keep,
        hasArchive: async (id, sha256) => (await archives.find(id, sha256)) !== undefined,
        archiveUrl(id, sha256) {
          const path = archivePath(id, sha256);
          return publicUrl + (options.urls?.sign(path, ARCHIVE_URL_MS) ?? path);
        },
        // The query is where other tools for drafts look for an id.
        draftUrl: (id) => `${publicUrl}${draftPath(id)}?draft_id=${encodeURIComponent(id)}`,
        pageUrl: `${publicUrl}/`,
      },
      catalog,
      localRoots: options.localRoots,
      cacheFolder,
      ...clockAndIds,
      secret: secretsOf(plugin, env),
      programEnv: programEnvironment(env),
      importModule: importHandlerModule,
      workflows: {
        run: async (binding, parameters, { signal }) => {
          // Only plugins that run workflows pay for the client.
          const { runWorkflow } = await import('./coze.ts');
          return runWorkflow(plugin, binding, env, parameters, signal);
        },
      },
    },
  });
  return { plugin, host, store, fetch, archives, catalog, files, close: () => store.close() };
}

/** Most tools fetch nothing, and what fetches takes its time to load; but a rule that is wrong is told at once. */
async function guardedFetch(rules: EgressRules, onWait?: () => void): Promise<typeof fetch> {
  const create = async () => (await import('@cozecut/media')).createGuardedFetch(rules);
  const hasRules = rules.allow !== undefined && rules.allow.length > 0;
  let created = hasRules ? Promise.resolve(await create()) : undefined;
  return async (...request) => {
    onWait?.();
    created ??= create();
    return (await created)(...request);
  };
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    const why =
      code === 'EEXIST' || code === 'ENOTDIR' ? 'something else is there' : (cause as Error).message;
    throw new UserError('FOLDER_NOT_WRITABLE', `cannot make the folder ${folder}: ${why}`, {
      hint: 'set DRAFT_ROOT and COZECUT_STORE to folders that you may write to',
      cause,
    });
  }
}

/** Folders that a person at this machine may name: the current one, the home folder and the one for temporary files. */
export function personalRoots(folder: string, env: Environment): string[] {
  const chosenRoot = setting(env, 'DRAFT_ROOT');
  return [folder, homedir(), tmpdir(), ...(chosenRoot === undefined ? [] : [resolve(folder, chosenRoot)])];
}

/** What a program of a plugin gets to see of the environment: what it needs to start, and no secrets. */
function programEnvironment(env: Environment): Record<string, string> {
  const isNeeded = (name: string) =>
    /^(?:PATH|HOME|USERPROFILE|LANG|LC_\w+|TMPDIR|TEMP|SYSTEMROOT)$/i.test(name);
  return Object.fromEntries(
    Object.entries(env).filter(
      (entry): entry is [string, string] => isNeeded(entry[0]) && entry[1] !== undefined,
    ),
  );
}
