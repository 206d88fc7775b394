import type { IncomingMessage, ServerResponse } from 'node:http';
import { realClock, virtualClock } from './clock.ts';
import { createExchange, type Exchange, splitFaults } from './exchange.ts';
import type { Fault } from './faults.ts';
import { Refusal } from './refusal.ts';
import { ROUTES } from './routes/index.ts';
import { DEFAULT_SCENARIO, parseScenario, type Scenario } from './scenario.ts';
import { createTranscript, type TranscriptEntry } from './transcript.ts';
import { createWorld } from './world.ts';

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

/** The Coze cloud without its socket: answers requests and remembers them. */
export interface Emulation {
  readonly token: string;
  /** Answers one request; `conn` is the number of its connection. */
  answer(req: IncomingMessage, res: ServerResponse, text: string, conn: number): Promise<void>;
  transcript(): TranscriptEntry[];
  /** @throws Refusal 4000 */
  setScenario(scenario: unknown): void;
  setFaults(faults: readonly Fault[]): void;
  reset(): void;
}

/** A fresh emulation. */
export function createEmulation(options: EmulatorOptions): Emulation {
  const token = options.token ?? 'emulator-token';
  const transcript = createTranscript(token);
  let world = newWorld(options);
  let faults: readonly Fault[] = options.faults ?? [];
  let hits = new Map<string, number>();
  let requestCount = 0;

  const setFaults = (next: readonly Fault[]) => {
    faults = next;
    hits = new Map();
  };

  /** The faults that hit this request of the route. */
  const faultsFor = (path: string) => {
    const nth = (hits.get(path) ?? 0) + 1;
    hits.set(path, nth);
    return splitFaults(faults.filter((fault) => (fault.on ?? path) === path && (fault.nth ?? nth) === nth));
  };

  const run = async (exchange: Exchange, request: RequestFacts): Promise<void> => {
    const { url, method, logId } = request;
    const { reply, stream } = faultsFor(url.pathname);
    if (reply) return exchange.canned(reply);
    if (request.authorization !== `Bearer ${token}`)
      throw new Refusal(4100, 'authentication is invalid', 401);
    const key = `${method} ${url.pathname}`;
    const isRefused = options.strictMethods && key === 'POST /v3/chat/retrieve';
    const route = isRefused ? undefined : ROUTES[key];
    if (!route) throw new Refusal(404, `${key} does not exist`, 404);
    const result = await route({ world, query: url.searchParams, body: request.body });
    if (result.kind === 'stream') return exchange.stream(result.frames, result.chat, stream);
    const { data, beside, chat } = result;
    exchange.json(200, { code: 0, msg: '', data, ...beside, detail: { logid: logId } }, chat);
  };

  return {
    token,
    async answer(req, res, text, conn) {
      const logId = world.nextLogId();
      const request = ++requestCount;
      const nowMs = () => world.clock.nowMs();
      const exchange = createExchange({ req, res, transcript, conn, request, logId, nowMs });
      const body = parseJson(text);
      exchange.received(body ?? (text === '' ? undefined : text));
      const url = new URL(req.url ?? '/', 'http://emulator');
      const { authorization } = req.headers;
      try {
        await run(exchange, { url, method: req.method ?? '', authorization, body, logId });
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        const status = error.status ?? (options.errorStyle === 'http4xx' ? 400 : 200);
        exchange.json(status, { code: error.code, msg: error.message, detail: { logid: logId } });
      }
    },
    transcript: () => transcript.entries(),
    setScenario: (scenario) => world.setScenario(parseScenario(scenario)),
    setFaults,
    reset() {
      world = newWorld(options);
      setFaults([]);
      transcript.clear();
      requestCount = 0;
    },
  };
}

interface RequestFacts {
  url: URL;
  method: string;
  authorization: string | undefined;
  body: unknown;
  logId: string;
}

function newWorld(options: EmulatorOptions) {
  return createWorld(
    {
      seed: options.seed ?? 1,
      interEventMs: options.interEventMs ?? 5,
      doneAfterAction: options.doneAfterAction ?? true,
      announceCalls: options.announceCalls ?? false,
      pollsUntilReady: options.pollsUntilReady ?? 1,
      bots: options.bots,
    },
    options.realTime ? realClock() : virtualClock(),
    options.scenario ?? DEFAULT_SCENARIO,
  );
}

/** The parsed text, or `undefined` when it is not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
