import { randomUUID } from 'node:crypto';
import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Deployment } from '@cozecut/manifest';
import { sweepMediaCache } from '@cozecut/media';
import type { Log } from '@cozecut/plugin-host';
import { type Sweeps, startSweeps } from '@cozecut/server';
import type { Retention, Store } from '@cozecut/store';
import { type Environment, setting } from '../settings.ts';
import { isInside } from './is-inside.ts';

/** Sweeps the store, the drafts that the server keeps to itself and the cache of downloads, as the deployment says. */
export function keepHouse(options: {
  deployment: Deployment;
  store: Store;
  /** Absolute path of the folder for what is kept besides the database. */
  files: string;
  env: Environment;
  log: Log;
}): Sweeps {
  const { deployment, store, files, env, log } = options;
  const drafts = setting(env, 'DRAFT_ROOT') === undefined ? join(files, 'drafts') : undefined;
  return startSweeps({
    store,
    retention: retentionOf(deployment),
    everyMs: deployment.retention.everyMs,
    log,
    async also(folders) {
      // A folder that somebody chose is theirs, and so is what is in it.
      const own = drafts === undefined ? [] : folders.filter((folder) => isInside(folder, drafts));
      for (const folder of own) await rm(folder, { recursive: true, force: true });
      await sweepArchives(join(files, 'archives'));
      await sweepMediaCache({
        folder: join(files, 'cache'),
        maxBytes: deployment.cache.maxBytes,
        uuid: randomUUID,
        now: Date.now,
      });
    },
  });
}

/** A zip that is still here after so long was left by a process that has ended. */
const ARCHIVE_MS = 3_600_000;

async function sweepArchives(folder: string): Promise<void> {
  for (const name of await readdir(folder).catch(() => [])) {
    const file = join(folder, name);
    const found = await stat(file).catch(() => undefined);
    if (found !== undefined && Date.now() - found.mtimeMs > ARCHIVE_MS)
      await rm(file, { force: true, recursive: true });
  }
}

/** What the store is told to keep. */
export function retentionOf({ retention }: Pick<Deployment, 'retention'>): Retention {
  const { answersMs, filesMs, everyMs: _, ...same } = retention;
  const all = { ...same, idempotencyMs: answersMs, blobsMs: filesMs };
  return Object.fromEntries(Object.entries(all).filter(([, ms]) => ms !== undefined));
}
