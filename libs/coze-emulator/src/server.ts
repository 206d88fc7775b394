import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { UserError } from '@cozecut/problems';
import { realClock, virtualClock } from './clock.ts';
import { createExchange, type Exchange, splitFaults } from './exchange.ts';
import type { Fault } from './faults.ts';
import { Refusal } from './refusal.ts';
import { ROUTES } from './routes/index.ts';
import { DEFAULT_SCENARIO, parseScenario, type Scenario } from './scenario.ts';
import { createTranscript, type TranscriptEntry } from './transcript.ts';
import { createWorld, type WorldSettings } from './world.ts';

/** Options of {@link startEmulator}. */
export interface EmulatorOptions {
  /** What the bots do; see `POST /__emu/scenario` to change it later. */
  scenario?: Scenario;
  faults?: readonly Fault[];
  /** The bearer token that is accepted; default `emulator-token`. */
  token?: string;
  /** Bots that exist; every id is a published bot when absent. */
  bots?: readonly { id: string; published?: boolean }[];
  /** Port on 127.0.0.1; default 0 = any free one. */
  port?: number;
  /** Equal seeds and equal requests give equal bytes; default 1. */
  seed?: number;
  /** Waits really take time; by default they only move the virtual clock. */
  realTime?: boolean;
  /** Gap between two frames, in milliseconds; default 5. */
  interEventMs?: number;
  /** Whether `done` follows `requires_action`; unknown on the real service, default true. */
  doneAfterAction?: boolean;
  /** Whether a `function_call` message comes before an action; default false. */
  announceCalls?: boolean;
  /** Polls that a chat without a stream answers with `in_progress`; default 1. */
  pollsUntilReady?: number;
  /** `POST /v3/chat/retrieve` answers 404, as a self-hosted service does; default false. */
  strictMethods?: boolean;
  /** HTTP status of refusals other than authentication: 200 (default) or 400. */
  errorStyle?: 'http200' | 'http4xx';
}

/** A running emulator. */
export interface Emulator {
  /** Base address, such as `http://127.0.0.1:41234`. */
  readonly url: string;
  readonly token: string;
  transcript(): TranscriptEntry[];
  /** Changes what the next chats play. */
  setScenario(scenario: Scenario): void;
  /** Replaces the faults; requests are counted from here. */
  setFaults(faults: readonly Fault[]): void;
  /** Forgets conversations, chats, faults and transcript; counters start again. */
  reset(): void;
  /** Stops listening and drops open connections. */
  close(): Promise<void>;
}

/** The largest request body, as on the real service. */
const MAX_BODY_BYTES = 15 * 1024 * 1024;

/**
 * Starts a Coze cloud on loopback.
 *
 * @throws UserError EMULATOR_PORT_BUSY when the port cannot be listened on.
 */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const token = options.token ?? 'emulator-token';
  const settings: WorldSettings = {
    seed: options.seed ?? 1,
    interEventMs: options.interEventMs ?? 5,
    doneAfterAction: options.doneAfterAction ?? true,
    announceCalls: options.announceCalls ?? false,
    pollsUntilReady: options.pollsUntilReady ?? 1,
    bots: options.bots,
  };
  const newWorld = () =>
    createWorld(
      settings,
      options.realTime ? realClock() : virtualClock(),
      options.scenario ?? DEFAULT_SCENARIO,
    );
  const transcript = createTranscript(token);
  const connections = new Map<Socket, number>();
  let connectionCount = 0;
  let world = newWorld();
  let faults: readonly Fault[] = options.faults ?? [];
  let hits = new Map<string, number>();
  let requestCount = 0;

  const setFaults = (next: readonly Fault[]) => {
    faults = next;
    hits = new Map();
  };
  const reset = () => {
    world = newWorld();
    setFaults([]);
    transcript.clear();
    requestCount = 0;
  };

  const control: Record<string, (body: unknown) => unknown> = {
    'POST /__emu/scenario': (body) => {
      world.setScenario(parseScenario(body));
      return {};
    },
    'POST /__emu/fault': (body) => {
      setFaults(body as Fault[]);
      return {};
    },
    'POST /__emu/reset': () => {
      reset();
      return {};
    },
  };

  async function handle(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const url = new URL(req.url ?? '/', 'http://emulator');
    const key = `${req.method} ${url.pathname}`;
    const text = await readBody(req);
    if (key === 'GET /__emu/transcript') {
      const lines = transcript.entries().map((entry) => `${JSON.stringify(entry)}\n`);
      res.writeHead(200, { 'Content-Type': 'application/jsonl; charset=utf-8' }).end(lines.join(''));
      return;
    }
    if (control[key]) {
      const answer = control[key](parseJson(text) ?? {});
      res.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(answer));
      return;
    }
    const logId = world.nextLogId();
    const conn = connections.get(req.socket) ?? 0;
    const exchange = createExchange({
      req,
      res,
      transcript,
      conn,
      request: ++requestCount,
      logId,
      nowMs: () => world.clock.nowMs(),
    });
    const body = parseJson(text);
    exchange.received(body ?? (text === '' ? undefined : text));
    try {
      await answer(exchange, key, url, { authorization: req.headers.authorization, body, logId });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const status = error.status ?? (options.errorStyle === 'http4xx' ? 400 : 200);
      exchange.json(status, { code: error.code, msg: error.message, detail: { logid: logId } });
    }
  }

  async function answer(
    exchange: Exchange,
    key: string,
    url: URL,
    request: { authorization: string | undefined; body: unknown; logId: string },
  ): Promise<void> {
    const nth = (hits.get(url.pathname) ?? 0) + 1;
    hits.set(url.pathname, nth);
    const active = faults.filter(
      (fault) => (fault.on ?? url.pathname) === url.pathname && (fault.nth ?? nth) === nth,
    );
    const { reply, stream } = splitFaults(active);
    if (reply) return exchange.canned(reply);
    if (request.authorization !== `Bearer ${token}`)
      throw new Refusal(4100, 'authentication is invalid', 401);
    const isRefused = options.strictMethods && key === 'POST /v3/chat/retrieve';
    const route = isRefused ? undefined : ROUTES[key];
    if (!route) throw new Refusal(404, `${key} does not exist`, 404);
    const result = await route({ world, query: url.searchParams, body: request.body });
    if (result.kind === 'stream') return exchange.stream(result.frames, result.chat, stream);
    const envelope = { code: 0, msg: '', data: result.data, detail: { logid: request.logId } };
    exchange.json(200, envelope, result.chat);
  }

  const server = createServer((req, res) => {
    handle(req, res).catch((error: unknown) => {
      if (res.headersSent) return void res.destroy();
      const isRefusal = error instanceof Refusal;
      res.writeHead(isRefusal ? 400 : 500, { 'Content-Type': 'application/json' });
      res.end(JSON.stringify({ code: isRefusal ? error.code : 5000, msg: String(error) }));
    });
  });
  server.on('connection', (socket) => {
    connections.set(socket, ++connectionCount);
    socket.on('close', () => connections.delete(socket));
  });
  const port = options.port ?? 0;
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause) =>
      reject(new UserError('EMULATOR_PORT_BUSY', `cannot listen on 127.0.0.1:${port}`, { cause })),
    );
    server.listen(port, '127.0.0.1', resolve);
  });

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    token,
    transcript: () => transcript.entries(),
    setScenario(scenario) {
      world.setScenario(parseScenario(scenario));
    },
    setFaults,
    reset,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function readBody(req: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of req as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) throw new Refusal(4000, 'the body is larger than 15 MB');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** The parsed text, or `undefined` when it is not JSON. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
