import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { openCatalog } from '@cozecut/catalog/node';
import type { Plugin } from '@cozecut/manifest';
import { createGuardedFetch } from '@cozecut/media';
import { archivePath, createHost, type Host, type Log } from '@cozecut/plugin-host';
import { UserError } from '@cozecut/problems';
import type { Store } from '@cozecut/store';
import { createMemoryDrafts } from '@cozecut/store/memory';
import { type Environment, egressAllowList, isAddress, setting } from '../settings.ts';
import { catalogFolder } from './catalog/folder.ts';
import { lazyStore } from './lazy-store.ts';
import { secretsOf } from './secrets.ts';

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
  /** Whether a store that cannot be opened is told at once, and not when a tool needs it; default false. */
  opensStore?: boolean;
  /** Where drafts go unless the person has chosen a place with DRAFT_ROOT; default: into the store. */
  draftRoot?: string | undefined;
  /** Told of every draft that was written as a folder, after the store knows it; must not throw. */
  onDraftSaved?(folder: string): Promise<void>;
}

/** A plugin that is ready to run. */
export interface Runtime {
  plugin: Plugin;
  host: Host;
  store: Store;
  /** Absolute path of the zip of a draft, whether it is there or not. */
  archiveFile(id: string): string;
  /** Absolute path of the folder for what is kept besides the database. */
  files: string;
  close(): Promise<void>;
}

/** Puts the libraries together; the one place where they meet. */
export async function createRuntime(options: RuntimeOptions): Promise<Runtime> {
  if (!options.ephemeral) {
    const location = storeLocation(options);
    return assemble(options, await storeAt(location, options), location);
  }
  const temporary = mkdtempSync(join(tmpdir(), 'cozecut-'));
  const remove = () => rmSync(temporary, { recursive: true, force: true });
  try {
    const store = { ...(await storeAt(':memory:', options)), drafts: createMemoryDrafts(clockAndIds) };
    const runtime = await assemble(options, store, temporary);
    return { ...runtime, close: () => runtime.close().finally(remove) };
  } catch (error) {
    remove();
    throw error;
  }
}

const clockAndIds = { now: () => Date.now(), uuid: () => crypto.randomUUID() };

async function storeAt(location: string, { opensStore }: RuntimeOptions): Promise<Store> {
  const open = async () => (await import('@cozecut/store')).openStore({ location, ...clockAndIds });
  return opensStore || isAddress(location) ? open() : lazyStore(open);
}

/** @param files - Folder for drafts, downloads and zips. */
async function assemble(options: RuntimeOptions, store: Store, files: string): Promise<Runtime> {
  const { plugin, env, folder } = options;
  const { egress } = plugin.deployment;
  const fetch = createGuardedFetch({
    allow: egressAllowList(env) ?? egress.allow,
    denyPrivate: egress.denyPrivate,
    maxBytes: egress.maxBytes,
    totalTimeoutMs: 120_000,
    maxRedirects: 5,
  });
  const chosenRoot = setting(env, 'DRAFT_ROOT');
  const root =
    chosenRoot === undefined ? (options.draftRoot ?? join(files, 'drafts')) : resolve(folder, chosenRoot);
  const archiveFile = (id: string) => join(files, 'archives', `${id.replace(/[^\w-]/g, '_')}.zip`);
  const cacheFolder = join(files, 'cache');
  for (const needed of [root, cacheFolder, join(files, 'archives')]) makeFolder(needed);

  const host = createHost({
    plugin,
    services: {
      log: options.log,
      fetch,
      drafts: {
        ...store.drafts,
        saved: async (id, saved) => {
          const draft = await store.drafts.saved(id, saved);
          await options.onDraftSaved?.(saved);
          return draft;
        },
        root,
        rootIsChosen: chosenRoot !== undefined,
        archiveFile,
        archiveUrl: (id) => (plugin.deployment.server.publicUrl ?? '').replace(/\/+$/, '') + archivePath(id),
      },
      catalog: openCatalog({ user: catalogFolder(env, folder) }),
      localRoots: options.localRoots,
      cacheFolder,
      ...clockAndIds,
      secret: secretsOf(plugin, env),
      programEnv: programEnvironment(env),
      workflows: {
        run: async (binding, parameters, { signal }) => {
          // Only plugins that run workflows pay for the client.
          const { runWorkflow } = await import('./coze.ts');
          return runWorkflow(plugin, binding, env, parameters, signal);
        },
      },
    },
  });
  return { plugin, host, store, archiveFile, files, close: () => store.close() };
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

function storeLocation({ plugin, env, folder }: RuntimeOptions): string {
  const location = setting(env, 'COZECUT_STORE') ?? plugin.deployment.store;
  return isAddress(location) ? location : resolve(folder, location);
}
