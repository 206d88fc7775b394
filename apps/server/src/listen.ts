import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { UserError } from '@cozecut/problems';
import { createApp, type ServerOptions } from './app.ts';

/** A job of the older kind that was silent for so long belongs to a process that is gone. */
const ABANDONED_MS = 60_000;

/** A server that accepts calls. */
export interface RunningServer {
  /** Address to call, with the port that was really taken. */
  url: string;
  /** Stops accepting, ends what runs and resolves when it is on record. */
  close(): Promise<void>;
}

/**
 * Starts the server; port 0 takes any free one.
 *
 * @throws UserError PORT_IN_USE when something else listens there.
 * @throws UserError ADDRESS_UNAVAILABLE when the address cannot be used for another reason.
 *
 * @example
 * ```ts
 * import { resolve } from 'node:path';
 * import { diskFiles, loadManifest } from '@cozecut/manifest';
 * import { archivePath, createArchives, createHost, draftPath } from '@cozecut/plugin-host';
 * import { listen } from '@cozecut/server';
 * import { openStore } from '@cozecut/store';
 *
 * const log = { debug() {}, info() {}, warn: console.warn, error: console.error };
 * const clock = { now: Date.now, uuid: () => crypto.randomUUID() };
 * const store = await openStore({ location: resolve('store'), ...clock });
 * const archives = createArchives(store);
 * const host = createHost({
 *   plugin: loadManifest(resolve('plugin.yaml'), { ...diskFiles, env: process.env }),
 *   services: {
 *     log,
 *     fetch,
 *     drafts: {
 *       ...store.drafts,
 *       root: resolve('drafts'),
 *       rootIsChosen: false,
 *       archiveFile: () => resolve(`${crypto.randomUUID()}.zip`),
 *       keepArchive: archives.keep,
 *       hasArchive: async (id, sha256) => (await archives.find(id, sha256)) !== undefined,
 *       archiveUrl: archivePath,
 *       draftUrl: draftPath,
 *       pageUrl: '/',
 *     },
 *     localRoots: [],
 *     cacheFolder: resolve('cache'),
 *     ...clock,
 *   },
 * });
 * const server = await listen(
 *   { host, store, archives, isLoopback: true, log, version: '1.0.0' },
 *   { host: '127.0.0.1', port: 0 },
 * );
 *
 * const headers = { 'content-type': 'application/json' };
 * const body = JSON.stringify({ text: 'hello' });
 * const answer = await fetch(`${server.url}/v1/tools/shout`, { method: 'POST', headers, body });
 * console.log(await answer.json()); // => { text: 'HELLO' }
 * await server.close();
 * await store.close();
 * ```
 */
export async function listen(
  options: ServerOptions,
  address: { host: string; port: number },
): Promise<RunningServer> {
  await options.store.jobs.failAbandoned(ABANDONED_MS);
  const { app, sockets, announceStop, close } = createApp(options);
  const { headersTimeoutMs = 10_000 } = options;
  const server = createServer(
    {
      headersTimeout: headersTimeoutMs,
      requestTimeout: 120_000,
      keepAliveTimeout: 15_000,
      connectionsCheckingInterval: Math.min(2_000, headersTimeoutMs / 2),
    },
    (request, response) => {
      request.url = originForm(request.url);
      app(request, response);
    },
  );
  server.on('upgrade', sockets.upgrade);
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => reject(unavailable(cause, address)));
    server.listen(address.port, address.host, resolve);
  }).catch(async (error) => {
    await close(0);
    throw error;
  });
  const { port } = server.address() as AddressInfo;
  const name = address.host.includes(':')
    ? `[${address.host}]`
    : address.host === '0.0.0.0'
      ? '127.0.0.1'
      : address.host;
  return {
    url: `http://${name}:${port}`,
    close: async () => {
      // Whoever has just connected, or has a connection open, is still answered.
      await announceStop(options.stopGraceMs);
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      await close(options.stopGraceMs);
      server.closeAllConnections();
      await closed;
    },
  };
}

/** The path and query of a request target that names the server too, as it comes to a proxy (RFC 9112, 3.2.2). */
function originForm(target = '/'): string {
  if (target.startsWith('/')) return target;
  const path = target.replace(/^https?:\/\/[^/?#]*/i, '');
  return path.startsWith('/') ? path : `/${path}`;
}

function unavailable(
  cause: NodeJS.ErrnoException,
  { host, port }: { host: string; port: number },
): UserError {
  return cause.code === 'EADDRINUSE'
    ? new UserError('PORT_IN_USE', `port ${port} on ${host} is in use`, {
        hint: 'choose another with --port',
        cause,
      })
    : new UserError('ADDRESS_UNAVAILABLE', `cannot listen on ${host}:${port}: ${cause.message}`, { cause });
}
