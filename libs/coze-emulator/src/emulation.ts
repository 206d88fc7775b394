import type { IncomingMessage, ServerResponse } from 'node:http';
import { decideDevice } from './auth/devices.ts';
import { createClock, type EmulatorClock } from './clock.ts';
import { createExchange } from './exchange.ts';
import { createFaultPlan } from './faults/plan.ts';
import type { Fault } from './faults/types.ts';
import { receive, refuse, run } from './handle-request.ts';
import { DEFAULT_TOKEN, newWorld, settingsFor } from './new-world.ts';
import type { EmulatorOptions } from './options.ts';
import type { RegisteredPlugin } from './plugin/types.ts';
import { Refusal } from './refusal.ts';
import type { Scenario } from './scenario/types.ts';
import { createTranscript, type TranscriptEntry } from './transcript/transcript.ts';

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
  plugin(id: string): RegisteredPlugin | undefined;
  /** Waits on the clock of the emulator. */
  sleep(ms: number): Promise<void>;
}

/** What carries requests and answers. */
export interface Carrier {
  /** Refuses connections for a while. */
  goDown(ms: number): void;
  /** Resolves when what was written to a response is no part of the chunk that is written next. */
  chunkLeft(): Promise<void>;
}

/** A fresh emulation. */
export function createEmulation(options: EmulatorOptions, { goDown, chunkLeft }: Carrier): Emulation {
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
      const facts = { transcript, conn, request, logId, effects };
      const exchange = createExchange({ req, res, ...facts, nowMs, chunkLeft });
      const token = /^Bearer (.*)$/.exec(req.headers.authorization ?? '')?.[1];
      try {
        const body = await receive(req, world, (shown) => exchange.received(shown, ids));
        const asked = { url, method: req.method ?? '', token, body, logId, host: req.headers.host ?? '' };
        await run({ world, exchange, effects, options, goDown }, asked, res);
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
    plugin: (id) => world.plugins.get(id),
    sleep: (ms) => clock.sleep(ms),
    decideDevice: (userCode, isAllowed) => decideDevice(world, userCode, isAllowed),
  };
}

function clockOf({ clock, realTime }: EmulatorOptions): EmulatorClock {
  if (typeof clock === 'object') return clock;
  return createClock(clock ?? (realTime ? 'real' : 'auto'));
}
