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
    app,
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
