import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isUserError, type UserError } from '@cozecut/problems';
import { expect, onTestFinished } from 'vitest';
import {
  createGuardedFetch,
  createMediaLibrary,
  type EgressRules,
  type MediaLibraryOptions,
} from '../src/index.ts';

/** A folder that goes away with the test. */
export function temporaryFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'cozecut-media-')));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A server on loopback that goes away with the test; `asked` lists the paths that came. */
export async function serve(
  listener: RequestListener,
  host = '127.0.0.1',
): Promise<{ origin: string; port: number; asked: string[] }> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    listener(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    return new Promise<void>((resolve) => server.close(() => resolve()));
  });
  const { port } = server.address() as AddressInfo;
  return { origin: `http://127.0.0.1:${port}`, port, asked };
}

/** Guarded fetch that may reach 127.0.0.1 by that name and everything public. */
export function loopbackFetch(rules: Partial<EgressRules> = {}): typeof fetch {
  return createGuardedFetch({ allow: ['*', '127.0.0.1'], denyPrivate: true, maxBytes: 10_000_000, ...rules });
}

/** A library over fresh folders. */
export function library(options: Partial<MediaLibraryOptions> = {}) {
  const cacheFolder = join(temporaryFolder(), 'cache');
  const all = { fetch: loopbackFetch(), mediaRoots: [], cacheFolder, uuid: randomUUID, ...options };
  return { ...createMediaLibrary(all), cacheFolder: all.cacheFolder };
}

/** Waits for a UserError of this code. */
export async function failure(work: Promise<unknown>, code: string): Promise<UserError> {
  const error = await work.then(
    () => expect.unreachable(`expected ${code}, but it went well`),
    (reason: unknown) => reason,
  );
  if (!isUserError(error)) throw error;
  expect(`${error.code}: ${error.message}`).toMatch(new RegExp(`^${code}: `));
  return error;
}

/** Whether a program is on the PATH. */
export function hasProgram(name: string): boolean {
  return spawnSync(name, ['-version'], { stdio: 'ignore' }).status === 0;
}
