import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { diskFiles, loadManifest, type Mode } from '@cozecut/manifest';
import { createGuardedFetch } from '@cozecut/media';
import { afterAll } from 'vitest';
import { createHost, type Host, type HostServices } from '../../src/index.ts';

const GUIDE = readFileSync(join(import.meta.dirname, '../../../../docs/guides/handlers.md'), 'utf8');

/** The manifest of the guide that has this name. */
export function manifestOfGuide(name: string): string {
  const found = [...GUIDE.matchAll(/```yaml\n(# plugin\.yaml\n[\s\S]*?)```/g)]
    .map((match) => match[1]!)
    .find((text) => text.includes(`name: ${name},`));
  if (found === undefined) throw new Error(`the guide has no manifest ${name}`);
  return found;
}

/** A manifest with one tool. */
export function manifestOf(tool: string): string {
  return `apiVersion: cozecut/v1
kind: Plugin
metadata: { name: demo, version: 1.0.0 }
tools:
  - name: demo
    summary: Demo
${tool.replace(/^/gm, '    ')}
`;
}

/** A folder that is removed after the tests of the file. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'cozecut-handlers-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export const logged: unknown[] = [];

/** A host of a manifest that is written to a folder and read from there. */
export function hostOf(folder: string, manifest: string, services: Partial<HostServices> = {}): Host {
  const file = join(folder, 'plugin.yaml');
  writeFileSync(file, manifest);
  const log = (message: string, fields?: Record<string, unknown>) => void logged.push({ message, ...fields });
  return createHost({
    plugin: loadManifest(file, { env: {}, ...diskFiles }),
    services: {
      log: { debug: log, info: log, warn: log, error: log },
      fetch: guarded(['127.0.0.1']),
      drafts: {} as HostServices['drafts'],
      localRoots: [],
      cacheFolder: '',
      uuid: () => crypto.randomUUID(),
      now: Date.now,
      ...services,
    },
  });
}

/** The real egress guard; a private address is reached only when it is allowed by name. */
export function guarded(allow: string[]): typeof fetch {
  return createGuardedFetch({ allow, denyPrivate: true, maxBytes: 10_000_000 });
}

/** The output of a call, or its error. */
export async function outcome(host: Host, input: unknown, mode: Mode = 'manual', name = host.tools[0]!.name) {
  const result = await host.call(name, input, { mode });
  return result.ok ? result.output : { error: result.error };
}

/** What a server was sent. */
export interface Seen {
  method: string;
  url: string;
  headers: IncomingHttpHeaders;
  body: string;
}

/** What a server answers: JSON of `body`, or the text as it is. */
export interface Reply {
  status?: number;
  headers?: Record<string, string>;
  body?: unknown;
}

/** A server on loopback that remembers what it was sent. */
export async function startServer(answer: (seen: Seen, nth: number) => Reply) {
  const seen: Seen[] = [];
  const listener: RequestListener = (request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      seen.push({ method: request.method!, url: request.url!, headers: request.headers, body });
      const reply = answer(seen.at(-1)!, seen.length);
      const isText = typeof reply.body === 'string' || reply.body === undefined;
      response.writeHead(reply.status ?? 200, {
        ...(isText ? {} : { 'content-type': 'application/json' }),
        ...reply.headers,
      });
      response.end(isText ? reply.body : JSON.stringify(reply.body));
    });
  };
  const server: Server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
