import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { text } from 'node:stream/consumers';

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
};

/** What the stub answers to a status request for a draft, one after the other; the last is repeated. */
export type Statuses = Record<string, object[]>;

/** A server on loopback with the page and just enough of the API. */
export interface StubServer {
  origin: string;
  /** Bodies that were sent to make a draft. */
  requests: unknown[];
  /** Sets what happens to the next request to make drafts. */
  answer(status: number, body: object, statuses?: Statuses): void;
  close(): Promise<void>;
}

/** Starts the stub over a built page. */
export async function startStub(pageFolder: string, openapi: object): Promise<StubServer> {
  const requests: unknown[] = [];
  let generate = { status: 202, body: {} };
  let statuses: Statuses = {};

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(request.url ?? '/', 'http://stub');
    const json = (status: number, body: object) => {
      const type = status < 400 ? 'application/json' : 'application/problem+json';
      response.writeHead(status, { 'content-type': type }).end(JSON.stringify(body));
    };
    if (pathname === '/openapi.json') return json(200, openapi);
    if (pathname === '/api/draft/generate' && request.method === 'POST') {
      requests.push(JSON.parse(await text(request)));
      return json(generate.status, generate.body);
    }
    if (pathname.startsWith('/api/draft/status/')) {
      const queue = statuses[decodeURIComponent(pathname.slice('/api/draft/status/'.length))] ?? [];
      return json(200, (queue.length > 1 ? queue.shift() : queue[0]) ?? {});
    }
    if (pathname.endsWith('/archive')) {
      const headers = { 'content-disposition': 'attachment; filename="draft.zip"' };
      response.writeHead(200, headers).end('PK');
      return;
    }
    const file = join(pageFolder, normalize(pathname === '/' ? '/index.html' : pathname));
    const policy = "default-src 'self'";
    const headers = { 'content-type': TYPES[extname(file)] ?? '', 'content-security-policy': policy };
    response.writeHead(200, headers).end(await readFile(file));
  }

  const server = createServer((request, response) => {
    handle(request, response).catch(() => response.writeHead(404).end());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    answer(status, body, next = {}) {
      generate = { status, body };
      statuses = next;
    },
    close() {
      server.closeAllConnections();
      return new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
