import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { diskFiles, loadManifest } from '@cozecut/manifest';
import { createHost, type HostServices } from '@cozecut/plugin-host';
import { openStore, type Store } from '@cozecut/store';
import { listen, type RunningServer, type ServerOptions } from '../src/index.ts';

/** A plugin with a quick tool, a slow one that reports progress, and one that makes drafts. */
const MANIFEST = `apiVersion: cozecut/v1
kind: Plugin
metadata:
  name: sample
  version: 1.2.3
  title: { en: Sample }
  description: { human: A sample., model: A sample. }
tools:
  - name: join_words
    summary: Join words
    description: { model: Joins. }
    handler: ./handlers.ts#joinWords
    http: { method: POST, path: "/v1/groups/{group}/words" }
    maxInputBytes: 2000
    input:
      type: object
      additionalProperties: false
      required: [group, words]
      properties:
        group: { type: string, description: Group }
        words: { type: array, items: { type: string }, description: Words }
    output: { type: object, required: [text], properties: { text: { type: string, description: Text } } }
  - name: slow_work
    summary: Work slowly
    description: { model: Works. }
    handler: ./handlers.ts#slowWork
    http: { method: POST, path: /v1/slow }
    progress: true
    input:
      type: object
      properties: { gate: { type: string, description: What it waits for }, fail: { type: boolean, description: Whether to fail } }
    output: { type: object, properties: { done: { type: boolean, description: Done } } }
  - name: generate_draft
    summary: Make drafts
    description: { model: Makes. }
    handler: ./handlers.ts#generate
    http: { method: POST, path: /v1/drafts/generate }
    progress: true
    input:
      type: object
      additionalProperties: false
      required: [content]
      properties: { content: { type: [string, object], description: Export }, output_folder: { type: string, description: Folder } }
    output: { type: object, properties: { problems: { type: array, items: { type: object }, description: Findings } } }
  - name: make_draft
    summary: Make a draft
    description: { model: Makes. }
    handler: ./handlers.ts#makeDraft
    http: { method: POST, path: /v1/drafts }
    effects: { idempotent: key, writes: [draft] }
    input:
      type: object
      required: [name]
      properties: { name: { type: string, description: Name }, gate: { type: string, description: What it waits for } }
    output: { type: object, properties: { draft_id: { type: string, description: Id } } }
  - name: by_hand
    summary: Only by hand
    description: { model: By hand. }
    handler: ./handlers.ts#joinWords
    modes: [manual]
    input: { type: object, properties: {} }
    output: { type: object, properties: {} }
deployments:
  local:
    modes: [cloud, manual]
    server: { host: 127.0.0.1, port: 0 }
`;
const HANDLERS = `
export const joinWords = ({ group, words }) => {
  globalThis.joined = (globalThis.joined ?? 0) + 1;
  return { text: group + ': ' + words.join(' ') };
};
export const makeDraft = async ({ name, gate }, ctx) => {
  const { id } = await ctx.drafts.create({ schema: 'draft-timeline/1', name, timeUnit: 'us', canvas: { width: 1920, height: 1080, fps: 30 }, tracks: [] }, { name });
  if (gate) await globalThis.gates[gate];
  if (name === 'broken') throw new Error('no');
  return { draft_id: id };
};
export const slowWork = async ({ gate, fail = false }, ctx) => {
  ctx.progress({ phase: 'work', fraction: 0.4, message: 'working' });
  if (gate) await new Promise((resolve, reject) => {
    globalThis.gates[gate].then(resolve);
    ctx.signal.addEventListener('abort', () => reject(ctx.signal.reason));
  });
  if (fail) throw Object.assign(new Error('it broke at /secret/place'), {});
  return { done: true };
};
export const generate = async ({ content }, ctx) => {
  const names = typeof content === 'string' ? [content] : Object.keys(content);
  const drafts = names.map((name) => ({ draftId: ctx.uuid(), folder: '/drafts/' + name }));
  ctx.progress({ phase: 'read', fraction: 0.1, drafts });
  if (names.includes('slow')) await globalThis.gates.generate;
  for (const [index, { draftId, folder }] of drafts.entries()) {
    await ctx.drafts.create({}, { name: names[index], id: draftId });
    await ctx.drafts.saved(draftId, folder);
  }
  return { problems: [{ code: 'W1', severity: 'warning', message: 'look' }] };
};
`;

/** What handlers wait for, by name; they run in this process. */
export const gates: Record<string, Promise<void>> = {};
Object.assign(globalThis, { gates });

/** Makes handlers wait at a gate until the result is called. */
export function closeGate(name: string): () => void {
  const { promise, resolve } = Promise.withResolvers<void>();
  gates[name] = promise;
  return resolve;
}

/** A folder with a plugin, a page and a store, and servers on it. */
export interface House {
  folder: string;
  store: Store;
  /** What the servers have logged. */
  logged: string[];
  start(change?: Partial<ServerOptions>): Promise<RunningServer>;
  close(): Promise<void>;
}

export async function openHouse(): Promise<House> {
  const folder = mkdtempSync(join(tmpdir(), 'cozecut-server-'));
  const web = join(folder, 'web');
  const logged: string[] = [];
  let time = Date.now();
  mkdirSync(web);
  writeFileSync(join(web, 'index.html'), '<title>page</title>');
  writeFileSync(join(folder, 'plugin.yaml'), MANIFEST);
  writeFileSync(join(folder, 'handlers.ts'), HANDLERS);
  const store = await openStore({
    location: join(folder, 'store'),
    // Never the same moment twice: the order of drafts is that of their making.
    now: () => {
      time = Math.max(time + 1, Date.now());
      return time;
    },
    uuid: () => crypto.randomUUID(),
  });
  const servers = new Set<RunningServer>();

  async function start(change: Partial<ServerOptions> = {}): Promise<RunningServer> {
    const plugin = loadManifest(join(folder, 'plugin.yaml'), { env: {}, ...diskFiles });
    const write = (message: string, fields?: object) =>
      void logged.push(`${message} ${JSON.stringify(fields ?? {})}`);
    const services = {
      log: { debug: write, info: write, warn: write, error: write },
      fetch,
      drafts: {
        ...store.drafts,
        root: join(folder, 'drafts'),
        rootIsChosen: false,
        archiveFile: (id: string) => join(folder, `${id}.zip`),
        archiveUrl: (id: string) => id,
      },
      localRoots: [],
      cacheFolder: folder,
      uuid: () => crypto.randomUUID(),
      now: Date.now,
    } satisfies HostServices;
    const server = await listen(
      {
        host: createHost({ plugin, services }),
        store,
        archiveFile: services.drafts.archiveFile,
        isLoopback: true,
        log: services.log,
        version: '0.0.0',
        webFolder: web,
        jobWaitMs: 10_000,
        stopGraceMs: 0,
        ...change,
      },
      { host: '127.0.0.1', port: 0 },
    );
    servers.add(server);
    return server;
  }

  return {
    folder,
    store,
    logged,
    start,
    async close() {
      for (const server of servers) await server.close();
      await store.close();
      rmSync(folder, { recursive: true });
    },
  };
}

/** An answer with what tests look at. */
export async function call(url: string, body?: unknown, init: RequestInit = {}) {
  const response = await fetch(url, {
    ...(body === undefined
      ? {}
      : { method: 'POST', body: typeof body === 'string' ? body : JSON.stringify(body) }),
    ...init,
    headers: { 'content-type': 'application/json', ...init.headers },
  });
  const text = await response.text();
  return {
    status: response.status,
    type: response.headers.get('content-type') ?? '',
    headers: response.headers,
    // biome-ignore lint/suspicious/noExplicitAny: the shape is what the test is about
    body: (text.startsWith('{') ? JSON.parse(text) : text) as any,
  };
}
