import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openCatalog } from '@cozecut/catalog/node';
import { diskFiles, loadManifest } from '@cozecut/manifest';
import { createArchives, createHost, type HostServices } from '@cozecut/plugin-host';
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
texts: { zh-CN: ./zh.json }
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
      properties: { gate: { type: string, description: What it waits for }, barrier: { type: string, description: File that has to go before it ends }, fail: { type: boolean, description: Whether to fail } }
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
      properties: { content: { type: [string, object], description: Export }, output_folder: { type: string, description: Folder }, fps: { type: number, minimum: 1, description: Frames per second } }
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
  - name: add_word
    summary: Add a word to a draft
    description: { model: Adds. }
    handler: ./handlers.ts#addWord
    http: { method: POST, path: "/v1/drafts/{draft_id}/words" }
    concurrency: 64
    effects: { idempotent: key, writes: [draft] }
    input:
      type: object
      required: [draft_id, word]
      properties: { draft_id: { type: string, description: Id }, word: { type: string, description: Word }, barrier: { type: string, description: File that has to go before it ends } }
    output: { type: object, properties: { revision: { type: integer, description: Revision } } }
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
import { existsSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
const gone = async (file, signal) => {
  while (file && existsSync(file)) await setTimeout(10, undefined, { signal });
};
export const addWord = async ({ draft_id: id, word, barrier }, ctx) => {
  const { revision } = await ctx.drafts.edit(id, (timeline) => ({ ...timeline, words: [...(timeline.words ?? []), word] }));
  await gone(barrier, ctx.signal);
  return { revision };
};
export const joinWords = ({ group, words }) => {
  globalThis.joined = (globalThis.joined ?? 0) + 1;
  return { text: group + ': ' + words.join(' ') };
};
export const makeDraft = async ({ name, gate }, ctx) => {
  const { id } = await ctx.drafts.create({ schema: 'draft-timeline/1', name, timeUnit: 'us', canvas: { width: 1920, height: 1080, fps: 30 }, tracks: [] }, { name });
  if (gate) await globalThis.gates[gate];
  if (name === 'broken') throw new Error('no');
  if (name === 'unlucky' && (globalThis.attempts = (globalThis.attempts ?? 0) + 1) === 1) throw Object.assign(new Error('the host is slow'), { name: 'UserError', code: 'MEDIA_TIMEOUT', problems: [] });
  return { draft_id: id };
};
export const slowWork = async ({ gate, barrier, fail = false }, ctx) => {
  ctx.progress({ phase: 'work', fraction: 0.4, message: 'working' });
  if (gate) await new Promise((resolve, reject) => {
    globalThis.gates[gate].then(resolve);
    ctx.signal.addEventListener('abort', () => reject(ctx.signal.reason));
  });
  await gone(barrier, ctx.signal);
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
  start(change?: Partial<ServerOptions>, options?: { callBudgetMs?: number }): Promise<RunningServer>;
  close(): Promise<void>;
}

/** @param manifest - Absolute path of the plugin; without it there is a small one. */
export async function openHouse(manifest?: string): Promise<House> {
  const folder = mkdtempSync(join(tmpdir(), 'cozecut-server-'));
  const web = join(folder, 'web');
  const logged: string[] = [];
  let time = Date.now();
  mkdirSync(web);
  writeFileSync(join(web, 'index.html'), '<title>page</title>');
  writeFileSync(join(folder, 'plugin.yaml'), MANIFEST);
  writeFileSync(join(folder, 'zh.json'), '{"Join words": "连接词语"}');
  writeFileSync(join(folder, 'handlers.ts'), HANDLERS);
  const store = await openStore({
    location: join(folder, 'store'),
    blobs: join(folder, 'blobs'),
    // Never the same moment twice: the order of drafts is that of their making.
    now: () => {
      time = Math.max(time + 1, Date.now());
      return time;
    },
    uuid: () => crypto.randomUUID(),
  });
  const servers = new Set<RunningServer>();

  async function start(
    change: Partial<ServerOptions> = {},
    given: { callBudgetMs?: number } = {},
  ): Promise<RunningServer> {
    const server = await serveOn(folder, store, change, {
      ...given,
      logged,
      ...(manifest === undefined ? {} : { manifest }),
    });
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

/** What a server of the harness differs in. */
interface HarnessOptions {
  manifest?: string;
  logged?: string[];
  /** How long a call of Coze waits before it goes on as a job. */
  callBudgetMs?: number;
}

/** Starts a server on the plugin and the store of a house. */
export async function serveOn(
  folder: string,
  store: Store,
  change: Partial<ServerOptions> = {},
  { manifest = join(folder, 'plugin.yaml'), logged = [], callBudgetMs }: HarnessOptions = {},
): Promise<RunningServer> {
  const plugin = loadManifest(manifest, {
    env: { COZE_BOT_ID: '1' },
    ...diskFiles,
  });
  if (callBudgetMs !== undefined) plugin.deployment.server.callBudgetMs = callBudgetMs;
  const write = (message: string, fields?: object) =>
    void logged.push(`${message} ${JSON.stringify(fields ?? {})}`);
  const archives = createArchives(store);
  const services: HostServices = {
    log: { debug: write, info: write, warn: write, error: write },
    fetch: change.fetch ?? fetch,
    drafts: {
      ...store.drafts,
      root: join(folder, 'drafts'),
      rootIsChosen: false,
      archiveFile: () => join(folder, `${crypto.randomUUID()}.zip`),
      keepArchive: archives.keep,
      hasArchive: async (id, sha256) => (await archives.find(id, sha256)) !== undefined,
      archiveUrl: (id: string, sha256: string) => `${id}/${sha256}`,
      draftUrl: (id: string) => id,
      pageUrl: '/',
    },
    catalog: openCatalog({}),
    localRoots: [],
    cacheFolder: folder,
    uuid: () => crypto.randomUUID(),
    now: Date.now,
  };
  return listen(
    {
      host: createHost({ plugin, services }),
      store,
      archives,
      isLoopback: true,
      log: services.log,
      version: '0.0.0',
      webFolder: join(folder, 'web'),
      jobWaitMs: 10_000,
      stopGraceMs: 0,
      ...change,
    },
    { host: '127.0.0.1', port: 0 },
  );
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

/** Lets a draft have a zip with such a content. @returns its SHA-256. */
export async function putArchive(store: Store, id: string, content: string): Promise<string> {
  const holder = { owner: 'local', holder: id, name: 'archive', type: 'application/zip' };
  return (await store.blobs.put(Buffer.from(content), holder)).id;
}
