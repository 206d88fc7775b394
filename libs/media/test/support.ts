import { spawnSync } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import { type AddressInfo, createServer as createTcpServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
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

/** A server on loopback that answers every request with these bytes, whatever they are; it goes away with the test. */
export async function serveRaw(answer: (socket: Socket) => void): Promise<string> {
  const sockets = new Set<Socket>();
  const server = createTcpServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
    socket.once('data', () => answer(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    return new Promise<void>((resolve) => server.close(() => resolve()));
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Guarded fetch that may reach 127.0.0.1 by that name and everything public. */
export function loopbackFetch(rules: Partial<EgressRules> = {}): typeof fetch {
  return createGuardedFetch({ allow: ['*', '127.0.0.1'], denyPrivate: true, maxBytes: 10_000_000, ...rules });
}

/** A library over fresh folders that is closed with the test and retries at once. */
export function library(options: Partial<MediaLibraryOptions> = {}) {
  const all = {
    ...{ fetch: loopbackFetch(), mediaRoots: [], uuid: randomUUID, wait: async () => undefined },
    ...options,
    cacheFolder: options.cacheFolder ?? join(temporaryFolder(), 'cache'),
  };
  const made = createMediaLibrary(all);
  onTestFinished(() => made.close());
  return { ...made, cacheFolder: all.cacheFolder };
}

/** Names of the content in a cache folder, in order. */
export async function contentOf(cacheFolder: string): Promise<string[]> {
  const names = await readdir(cacheFolder);
  return names.filter((name) => !name.startsWith('.')).sort();
}

/** Every file below a folder, as paths from there. */
export async function filesBelow(folder: string): Promise<string[]> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  return found
    .filter((item) => item.isFile())
    .map((item) => relative(folder, join(item.parentPath, item.name)))
    .sort();
}

/** Lower-case hex SHA-256. */
export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
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
