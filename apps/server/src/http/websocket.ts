import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type Caller, hasScope } from '@cozecut/auth';
import type { Log } from '@cozecut/plugin-host';
import type { Store } from '@cozecut/store';
import { type WebSocket, WebSocketServer } from 'ws';
import { type Watched, watchLive } from '../live-events.ts';
import { type Authorise, CALL_SCOPE, isAdmin } from './caller.ts';
import { isOwnPage } from './security.ts';
import { lastEventId } from './sse.ts';

/** A browser cannot set headers on a WebSocket; it names its token as a protocol. */
const TOKEN_PROTOCOL = 'cozecut.bearer.';
const PROTOCOL = 'cozecut.events';
const PING_MS = 15_000;
/** A reader has so long to agree to the end. */
const CLOSE_MS = 1_000;
/** A reader that is so far behind is cut off: what it missed is still there to be asked for. */
const MAX_BUFFERED_BYTES = 4 * 1024 * 1024;

/** What is sent over sockets. */
export interface Sockets {
  /** Takes over a connection that asks for a WebSocket. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  close(): void;
}

/** The events of jobs and drafts as JSON messages `{id, type, data}`; `?after=ID` goes on behind one. */
export function createSockets(options: {
  store: Store;
  log: Log;
  authorise: Authorise;
  isHostAllowed(host: string | undefined): boolean;
  /** Whether a caller, or a stranger by its address, has not come too often. */
  isInTime(caller: Caller | undefined, request: IncomingMessage): Promise<boolean>;
  /** Origins of pages that may watch, besides our own. */
  corsOrigins: readonly string[];
}): Sockets {
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: 1_024,
    handleProtocols: (offered) => (offered.has(PROTOCOL) ? PROTOCOL : false),
  });

  async function accept(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://localhost');
    const watched = watchedBy(url.pathname);
    if (!options.isHostAllowed(request.headers.host)) return refuse(socket, '421 Misdirected Request');
    // Browsers let any page open a socket to anywhere.
    if (!isOwnPage(request.headers) && !options.corsOrigins.includes(request.headers.origin ?? '')) {
      return refuse(socket, '403 Forbidden');
    }
    if (watched === undefined) return refuse(socket, '404 Not Found');
    const find = () => options.authorise({ ...request.headers, ...tokenIn(request) });
    const caller = await find();
    if (!(await options.isInTime(caller, request))) return refuse(socket, '429 Too Many Requests');
    if (caller === undefined) return refuse(socket, '401 Unauthorized');
    if (!hasScope(caller, CALL_SCOPE)) return refuse(socket, '403 Forbidden');
    const gone = new AbortController();
    const live = await watchLive(options.store, watched, {
      ...(isAdmin(caller) ? {} : { owner: caller.owner }),
      after: lastEventId(url.searchParams.get('after') ?? undefined),
      signal: gone.signal,
    });
    if (live === undefined) return refuse(socket, '404 Not Found');
    server.handleUpgrade(request, socket, head, (connected) => {
      connected.on('close', () => gone.abort()).on('error', () => gone.abort());
      // A store that cannot be asked now is asked the next time.
      const isStillKnown = () =>
        find().then(
          (known) => known !== undefined,
          () => true,
        );
      void sendAll(connected, live.events, isStillKnown).catch((error) =>
        options.log.error('a socket failed', { error: String(error) }),
      );
    });
  }

  return {
    upgrade(request, socket, head) {
      socket.on('error', () => socket.destroy());
      accept(request, socket, head).catch((error) => {
        options.log.error('a socket was not opened', { error: String(error) });
        refuse(socket, '500 Internal Server Error');
      });
    },
    close() {
      for (const client of server.clients) {
        client.close(1001);
        // Who does not answer would be waited for.
        const timer = setTimeout(() => client.terminate(), CLOSE_MS);
        client.once('close', () => clearTimeout(timer));
      }
      server.close();
    },
  };
}

async function sendAll(
  socket: WebSocket,
  events: AsyncIterable<object>,
  isStillKnown: () => Promise<boolean>,
): Promise<void> {
  let isAlive = true;
  socket.on('pong', () => {
    isAlive = true;
  });
  const ping = setInterval(async () => {
    // Who has gone without a word would be kept for ever.
    if (!isAlive) return socket.terminate();
    isAlive = false;
    socket.ping();
    if (!(await isStillKnown())) socket.close(1008, 'the token has ended');
  }, PING_MS);
  try {
    for await (const event of events) {
      if (socket.readyState !== socket.OPEN) return;
      if (socket.bufferedAmount > MAX_BUFFERED_BYTES) return socket.close(1013, 'too slow');
      socket.send(JSON.stringify(event));
    }
    socket.close(1000);
  } finally {
    clearInterval(ping);
  }
}

function watchedBy(path: string): Watched | undefined {
  const [, kind, id] = /^\/v1\/(jobs|drafts)\/([^/]+)\/events$/.exec(path) ?? [];
  if (id === undefined) return undefined;
  try {
    return { kind: kind === 'jobs' ? 'job' : 'draft', id: decodeURIComponent(id) };
  } catch {
    return undefined;
  }
}

function tokenIn(request: IncomingMessage): { authorization?: string } {
  const named = (request.headers['sec-websocket-protocol'] ?? '').split(',').map((name) => name.trim());
  const token = named.find((name) => name.startsWith(TOKEN_PROTOCOL));
  return token === undefined ? {} : { authorization: `Bearer ${token.slice(TOKEN_PROTOCOL.length)}` };
}

function refuse(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
