import { EventEmitter } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { gunzipSync } from 'node:zlib';
import { createEmulation } from './emulation.ts';
import type { Fault } from './faults/types.ts';
import type { EmulatorOptions } from './options.ts';
import type { Scenario } from './scenario/types.ts';
import type { TranscriptEntry } from './transcript/transcript.ts';

/** An emulator without a socket: clients reach it through its `fetch`. */
export interface InProcessEmulator {
  readonly url: string;
  readonly token: string;
  /** What crossed the wire so far, tokens left out. */
  transcript(): TranscriptEntry[];
  /** Changes what the next chats play, and the faults when the scenario has some. */
  setScenario(scenario: Scenario): void;
  /** Replaces the faults; requests are counted from here. */
  setFaults(faults: readonly Fault[]): void;
  /** Time of the emulator, Unix milliseconds. */
  nowMs(): number;
  /** In place of the global one; other addresses cannot be reached. */
  fetch: typeof fetch;
}

/**
 * The same cloud inside of the process of its client, for tests that want thousands of conversations in a minute.
 * What only a socket can do (a port that refuses for a while, the end of a connection as HTTP/1.0 tells it) is left out.
 *
 * @example
 * ```ts
 * import { createInProcessEmulator, shippedScenario } from '@cozecut/coze-emulator';
 * import { createCozeClient } from '@cozecut/coze-transport';
 *
 * const { url, token, fetch } = createInProcessEmulator({ scenario: shippedScenario('a-answer') });
 * const client = createCozeClient({ region: 'cn', baseUrl: url, token, fetch });
 * const { id } = await client.conversations.create();
 * console.log(id.length); // => 19
 * ```
 */
export function createInProcessEmulator(options: EmulatorOptions = {}): InProcessEmulator {
  const url = 'http://emulator.test';
  // Chunks stay apart here, and one that waited for the event loop could be overtaken by a time that is shared.
  const emulation = createEmulation(options, { goDown() {}, chunkLeft: async () => {} });
  let connections = 0;
  return {
    url,
    token: emulation.token,
    transcript: emulation.transcript,
    setScenario: emulation.setScenario,
    setFaults: emulation.setFaults,
    nowMs: emulation.nowMs,
    async fetch(input, init) {
      const request = await readRequest(input, init);
      if (!request.url.startsWith(`${url}/`)) throw new TypeError('fetch failed');
      const { method, headers, bytes } = request;
      const exchange = createExchange(request.signal);
      const incoming = {
        method,
        url: request.url.slice(url.length),
        headers,
        socket: exchange.response.socket,
        async *[Symbol.asyncIterator]() {
          if (bytes.length > 0) yield bytes;
        },
      };
      const answered = emulation.answer(
        incoming as unknown as IncomingMessage,
        exchange.response as unknown as ServerResponse,
        ++connections,
      );
      answered.catch((error: unknown) => exchange.fail(error));
      return exchange.opened;
    },
  };
}

/** What was asked for. The signal is the one that was given: that of a `Request` goes when nobody holds it. */
async function readRequest(
  input: string | URL | Request,
  init: RequestInit = {},
): Promise<{ method: string; url: string; headers: object; bytes: Buffer; signal: AbortSignal | undefined }> {
  const { method = 'GET', headers, body, signal } = init;
  // Most requests are like this, and making a `Request` takes longer than answering one.
  if (typeof input === 'string' && (body === undefined || body === null || typeof body === 'string')) {
    const entries = headers instanceof Headers ? [...headers] : Object.entries(headers ?? {});
    const lower = Object.fromEntries(entries.map(([name, value]) => [name.toLowerCase(), value]));
    return {
      method,
      url: input,
      headers: lower,
      bytes: Buffer.from(body ?? ''),
      signal: signal ?? undefined,
    };
  }
  const request = new Request(input, init);
  const bytes = Buffer.from(await request.arrayBuffer());
  const facts = { method: request.method, url: request.url, headers: Object.fromEntries(request.headers) };
  return { ...facts, bytes, signal: signal ?? request.signal };
}

/** As much of a response as the emulator uses, on one side; what `fetch` gives, on the other. */
function createExchange(signal: AbortSignal | undefined) {
  const { promise: opened, resolve, reject } = Promise.withResolvers<Response>();
  const headers = new Headers();
  let controller: ReadableStreamDefaultController<Uint8Array> | undefined;
  let isSent = false;
  let isLeft = false;
  let packed: Uint8Array = Buffer.alloc(0);
  /** What the bytes hold; an incomplete member is kept until the rest of it comes. */
  const unpacked = (bytes: Uint8Array): Uint8Array | undefined => {
    if (headers.get('content-encoding') !== 'gzip') return bytes;
    packed = Buffer.concat([packed, bytes]);
    try {
      const whole = gunzipSync(packed);
      packed = Buffer.alloc(0);
      return whole;
    } catch {
      return undefined;
    }
  };
  const body = new ReadableStream<Uint8Array>({
    start: (one) => {
      controller = one;
    },
    cancel: () => leave(),
  });
  const send = () => {
    if (isSent) return;
    isSent = true;
    resolve(new Response(body, { status: response.statusCode, headers }));
  };
  const finish = (error?: unknown) => {
    if (response.destroyed) return;
    response.destroyed = true;
    if (error !== undefined && !isSent) reject(error);
    else if (error !== undefined) controller?.error(error);
    else if (packed.length > 0) controller?.error(new TypeError('terminated'));
    else controller?.close();
  };
  /** The client goes away. */
  const leave = () => {
    if (response.destroyed) return;
    response.destroyed = true;
    isLeft = true;
    response.emit('close');
  };
  const broken = () => finish(new TypeError('fetch failed', { cause: new Error('other side closed') }));
  const response = Object.assign(new EventEmitter(), {
    statusCode: 200,
    destroyed: false,
    writableNeedDrain: false,
    socket: { resetAndDestroy: broken, write: () => {}, end: broken },
    setHeader: (name: string, value: string) => headers.set(name, value),
    getHeader: (name: string) => headers.get(name) ?? undefined,
    flushHeaders: send,
    write(bytes: Uint8Array, written: () => void) {
      if (response.destroyed) return;
      const plain = unpacked(bytes);
      if (plain !== undefined) controller?.enqueue(plain);
      queueMicrotask(written);
    },
    end(bytes?: Uint8Array | string) {
      send();
      const last = typeof bytes === 'string' ? Buffer.from(bytes) : bytes;
      if (last !== undefined && last.length > 0) response.write(last, () => {});
      finish();
    },
  });
  // Who begins to listen when the client is gone already is told, too.
  response.on('newListener', (event, listener: () => void) => {
    if (event === 'close' && isLeft) queueMicrotask(listener);
  });
  const abort = () => {
    const error = signal?.reason;
    if (!isSent) reject(error);
    else if (!response.destroyed) controller?.error(error);
    leave();
  };
  if (signal?.aborted) abort();
  signal?.addEventListener('abort', abort, { once: true });
  return { response, opened, fail: (error: unknown) => finish(error) };
}
