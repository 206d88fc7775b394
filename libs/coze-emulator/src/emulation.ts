import type { IncomingMessage, ServerResponse } from 'node:http';
import { decideDevice } from './auth/devices.ts';
import { OAuthRefusal } from './auth/oauth-refusal.ts';
import { createClock, type EmulatorClock } from './clock.ts';
import { createExchange, type Exchange } from './exchange.ts';
import type { FaultEffect } from './faults/effect.ts';
import { createFaultPlan } from './faults/plan.ts';
import type { Fault } from './faults/types.ts';
import { DEFAULT_TOKEN, newWorld, OWNER, settingsFor } from './new-world.ts';
import type { EmulatorOptions } from './options.ts';
import { Refusal } from './refusal.ts';
import { parseBody, type RequestBody, readBody } from './request-body.ts';
import { ROUTES } from './routes/index.ts';
import type { Call } from './routes/route.ts';
import { findRoute } from './routes/router.ts';
import { forgetSubmit } from './routes/submit.ts';
import type { Scenario } from './scenario/types.ts';
import { createTranscript, type TranscriptEntry } from './transcript/transcript.ts';
import type { World } from './world.ts';

/** The Coze cloud without its socket: answers requests and remembers them. */
export interface Emulation {
  readonly token: string;
  /** Answers one request; `conn` is the number of its connection. */
  answer(req: IncomingMessage, res: ServerResponse, conn: number): Promise<void>;
  transcript(): TranscriptEntry[];
  setScenario(scenario: Scenario): void;
  setFaults(faults: readonly Fault[]): void;
  reset(): void;
  nowMs(): number;
  /** @throws Refusal 4000 when the clock moves by itself. */
  advance(ms: number): Promise<void>;
  decideDevice(userCode: string, isAllowed: boolean): boolean;
  /** Waits on the clock of the emulator. */
  sleep(ms: number): Promise<void>;
}

/** A fresh emulation. `goDown` makes the port refuse connections for a while. */
export function createEmulation(options: EmulatorOptions, goDown: (ms: number) => void): Emulation {
  let clock = clockOf(options);
  let world = newWorld(options, clock);
  const transcript = createTranscript(() => world.tokens.all());
  let plan = createFaultPlan(options.faults ?? options.scenario?.faults ?? []);
  let requestCount = 0;

  return {
    token: options.token ?? DEFAULT_TOKEN,
    async answer(req, res, conn) {
      const logId = world.nextLogId();
      const request = ++requestCount;
      const url = new URL(req.url ?? '/', 'http://emulator');
      const { ids, effects } = plan.next(url.pathname);
      const nowMs = () => world.clock.nowMs();
      const exchange = createExchange({ req, res, transcript, conn, request, logId, effects, nowMs });
      const token = /^Bearer (.*)$/.exec(req.headers.authorization ?? '')?.[1];
      try {
        const body = await receive(req, world, (shown) => exchange.received(shown, ids));
        const facts = { url, method: req.method ?? '', token, body, logId, host: req.headers.host ?? '' };
        await run({ world, exchange, effects, options, goDown }, facts, res);
      } catch (error) {
        refuse(error, exchange, world, logId);
      }
    },
    transcript: () => transcript.entries(),
    setScenario(scenario) {
      world.setScenario(scenario, settingsFor(options, scenario));
      if (scenario.faults) plan = createFaultPlan(scenario.faults);
    },
    setFaults(faults) {
      plan = createFaultPlan(faults);
    },
    reset() {
      clock = clockOf(options);
      world = newWorld(options, clock);
      plan = createFaultPlan([]);
      transcript.clear();
      requestCount = 0;
    },
    nowMs: () => clock.nowMs(),
    async advance(ms) {
      if (!clock.advance) throw new Refusal(4000, 'the clock of the machine cannot be moved');
      await clock.advance(ms);
    },
    sleep: (ms) => clock.sleep(ms),
    decideDevice: (userCode, isAllowed) => decideDevice(world, userCode, isAllowed),
  };
}

function clockOf({ clock, realTime }: EmulatorOptions): EmulatorClock {
  if (typeof clock === 'object') return clock;
  return createClock(clock ?? (realTime ? 'real' : 'auto'));
}

/** Reads the body and tells what came, also when it cannot be read. @throws Refusal 4000, 4302 */
async function receive(
  req: IncomingMessage,
  world: World,
  tell: (shown: unknown) => void,
): Promise<RequestBody> {
  try {
    const bytes = await readBody(req, world.settings.maxUploadBytes);
    const body = await parseBody(bytes, req.headers['content-type']);
    tell(body.shown);
    return body;
  } catch (error) {
    tell(undefined);
    throw error;
  }
}

interface RequestFacts {
  url: URL;
  method: string;
  token: string | undefined;
  body: RequestBody;
  logId: string;
  host: string;
}

interface Setting {
  world: World;
  exchange: Exchange;
  effects: readonly FaultEffect[];
  options: EmulatorOptions;
  goDown(ms: number): void;
}

async function run(setting: Setting, request: RequestFacts, res: ServerResponse): Promise<void> {
  const { world, exchange, effects, goDown } = setting;
  const { url, token, logId } = request;
  const query = url.searchParams;
  const context = { world, query, token };
  const broken = effects.find(({ connection }) => connection)?.connection;
  if (broken) {
    if (broken.how === 'refused') goDown(broken.downMs);
    if (broken.how === 'garbage') res.socket?.write('\u0015\u0003\u0001 this is not HTTP\r\n\r\n');
    return broken.how === 'garbage' ? void res.socket?.end() : exchange.lose();
  }
  const { firstByteMs } = world.settings;
  if (firstByteMs > 0) await world.clock.sleep(firstByteMs);
  const reply = effects.find((effect) => effect.reply)?.reply;
  if (reply) return exchange.canned(reply);
  const { handler, call } = route(setting, request);
  for (const { before } of effects) before?.(context);
  if (effects.some(({ forgetSubmit: forget }) => forget)) {
    const chat = world.chats.get(query.get('chat_id') ?? '');
    if (chat) forgetSubmit(chat);
    return exchange.lose();
  }
  const answer = await handler(call);
  if (effects.some(({ loseAnswer }) => loseAnswer)) {
    return exchange.lose(answer.kind === 'stream' ? answer.frames : undefined);
  }
  if (answer.kind === 'stream') return exchange.stream(answer, context);
  if (answer.kind === 'raw') {
    return exchange.json(answer.status, answer.body, answer.headers ? { headers: answer.headers } : {});
  }
  const { data, beside, chat, violation } = answer;
  exchange.json(200, { code: 0, msg: '', data, ...beside, detail: { logid: logId } }, { chat, violation });
}

/** Finds the route and checks who asks. @throws Refusal 404, 4100, 4101 */
function route({ world, effects, options }: Setting, request: RequestFacts) {
  const { url, method, token, body, host } = request;
  const { isStudio } = world.dialect;
  const found = findRoute(ROUTES, method, url.pathname, isStudio);
  const grant = token === undefined ? undefined : world.tokens.find(token);
  const isOpen = found?.entry.isOpen === true;
  // Who is not known is not told which routes there are.
  if (!isOpen && !grant) throw new Refusal(4100, 'authentication is invalid', 401);
  const isRefused = world.settings.strictMethods && found?.entry.route === 'POST /v3/chat/retrieve';
  if (!found || isRefused) throw new Refusal(404, `${method} ${url.pathname} does not exist`, 404);
  const { permission, handler } = found.entry;
  if (permission !== undefined && grant?.scopes && !grant.scopes.includes(permission)) {
    throw new Refusal(4101, `the token has no permission ${permission}`, 403);
  }
  const call: Call = {
    world,
    query: url.searchParams,
    params: found.params,
    body: body.json,
    uploads: body.uploads,
    user: grant?.user ?? OWNER,
    token,
    host,
    bendCalls: (calls) => effects.reduce((value, { bendCalls }) => bendCalls?.(value) ?? value, calls),
    plugins: options.plugins,
  };
  return { handler, call };
}

function refuse(error: unknown, exchange: Exchange, world: World, logId: string): void {
  if (error instanceof OAuthRefusal) {
    exchange.json(error.status, error.body());
    return;
  }
  if (!(error instanceof Refusal)) throw error;
  const { status, code } = world.dialect.refuse(error, world.settings);
  const body = { code, msg: error.message, detail: { logid: logId } };
  exchange.json(status, body, { violation: error.violation });
}
