import { randomUUID } from 'node:crypto';
import { homedir } from 'node:os';
import { resolve } from 'node:path';
import { type InstalledDraft, installDraft, listProcesses } from '@cozecut/draft-core/node';
import { type Environment, setting } from '../settings.ts';
import { interruptible } from './interrupt.ts';

/** What `draft install` was asked for. */
export interface InstallDraftRequest {
  /** Folder or zip, as the person named it. */
  draft: string;
  root?: string | undefined;
  app?: 'jianying' | 'capcut' | undefined;
  name?: string | undefined;
  replace: boolean;
  force: boolean;
  dryRun: boolean;
  env: Environment;
  folder: string;
  onProgress?: ((bytes: number, totalBytes: number) => void) | undefined;
}

/** Puts a draft into the app of this machine, or says how that would be done. */
export function installDraftAt(request: InstallDraftRequest): Promise<InstalledDraft> {
  const { draft, root: named, env, folder, ...options } = request;
  const root = named ?? setting(env, 'DRAFT_ROOT');
  return interruptible((signal) =>
    installDraft({
      ...options,
      source: resolve(folder, draft),
      root: root === undefined ? undefined : resolve(folder, root),
      system: { platform: process.platform, home: homedir(), localAppData: env.LOCALAPPDATA },
      listProcesses,
      uuid: randomUUID,
      now: Date.now,
      signal,
    }),
  );
}
