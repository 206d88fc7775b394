import {
  checkInvariants,
  createInProcessEmulator,
  type Fault,
  type InvariantViolation,
  type Scenario,
  type ScriptedCall,
  type Step,
} from '@cozecut/coze-emulator';
import { createCozeClient } from '@cozecut/coze-transport';
import {
  type BotEvent,
  createJournalState,
  type JournalEntry,
  journalOver,
  runBot,
  type ToolResult,
} from '../src/index.ts';
import { BOT } from './bot.ts';
import { createVirtualClock } from './virtual-clock.ts';

/** Numbers from 0 up to 1 that depend on the seed alone (mulberry32). */
export function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** What one schedule came to. */
export interface ScheduleOutcome {
  /** Why it is wrong; empty when all is well. */
  wrong: string[];
  kills: number;
  toolRuns: number;
  /** Types of the events that ended turns. */
  ends: string[];
}

const TURN_ENDS = ['answer.completed', 'reply.requested', 'info.requested', 'turn.failed'];
const SUBMIT = '/v3/chat/submit_tool_outputs';

/**
 * One random life of a runner: a random script, random faults, tools that take random time, processes that are killed
 * at random points and started again. The same seed is the same life.
 */
export async function runSchedule(seed: number, debug?: (facts: unknown) => void): Promise<ScheduleOutcome> {
  const random = randomNumbers(seed);
  const chance = (share: number) => random() < share;
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)]!;
  const clock = createVirtualClock();
  const scenario = randomScenario(random);
  const faults = randomFaults(random, !JSON.stringify(scenario).includes('require_info'));
  const hasSizeLimit = chance(0.1);
  const emulator = createInProcessEmulator({
    scenario,
    faults,
    seed,
    clock: clock.service,
    interEventMs: pick([0, 5, 400]),
    thinkMs: pick([0, 2_000]),
    doneAfterAction: chance(0.5),
    announceCalls: chance(0.2),
    ...(chance(0.2) ? { actionTtlMs: 120_000 } : {}),
    ...(hasSizeLimit ? { maxOutputBytes: 9_000 } : {}),
  });

  const disk: JournalEntry[] = [];
  const toolRuns: { chatId: string; callId: string; process: number }[] = [];
  const told: { process: number; event: BotEvent }[] = [];
  const maxKills = chance(0.6) ? 1 + Math.floor(random() * 3) : 0;
  let kills = 0;

  /** One process, up to its end or to its kill. */
  const live = async (
    process: number,
    texts: readonly string[],
    canDie: boolean,
  ): Promise<'ended' | 'killed'> => {
    const time = clock.client();
    const control = new AbortController();
    const { promise: killed, resolve: die } = Promise.withResolvers<'killed'>();
    let stepsLeft = canDie && kills < maxKills ? 1 + Math.floor(random() * 40) : Number.POSITIVE_INFINITY;
    let isDead = false;
    const never = () => new Promise<never>(() => {});
    /** Something happens; it may be the last thing that does. */
    const step = (): boolean => {
      if (isDead || --stepsLeft > 0) return !isDead;
      isDead = true;
      time.stop();
      // The system closes the sockets of a process that is gone.
      control.abort(new Error('killed'));
      die('killed');
      return false;
    };
    const state = createJournalState();
    for (const entry of disk) state.apply(entry);
    const journal = journalOver(async (entry) => {
      const isAlive = !isDead;
      if (!step()) {
        // What was handed to the system at that moment may have reached the disk.
        if (isAlive && random() < 0.5) disk.push(entry);
        return never();
      }
      disk.push(entry);
      return step() ? undefined : never();
    }, state);
    const client = createCozeClient({
      baseUrl: emulator.url,
      token: emulator.token,
      clock: time,
      random,
      fetch: async (input, init) => {
        if (!step()) return never();
        const signal = AbortSignal.any([control.signal, ...(init?.signal ? [init.signal] : [])]);
        const answer = emulator.fetch(input, { ...init, signal });
        return answer.then(
          (response) => (step() ? response : never()),
          (error) => (isDead ? never() : Promise.reject(error)),
        );
      },
    });
    const life = runBot({
      client,
      bot: BOT,
      userId: 'u1',
      journal,
      clock: time,
      signal: new AbortController().signal,
      maxOutputBytes: 20_000,
      say: (async function* () {
        yield* texts;
      })(),
      onEvent(event) {
        if (!isDead) told.push({ process, event });
        step();
      },
      onTurn(cancel) {
        if (random() < 0.05) time.after(random() * 3_000, cancel);
      },
      host: {
        tools: ['read_file', 'list_files', 'slow'].map((name) => ({ name })),
        async call(name, _, { callId }): Promise<ToolResult> {
          if (!step()) return never();
          toolRuns.push({ chatId: '', callId, process });
          if (name === 'slow' || random() < 0.3) {
            await new Promise<void>((resolve) => void time.after(random() * 150_000, resolve));
          }
          if (!step()) return never();
          const dice = random();
          if (dice < 0.05) throw new Error('the tool broke');
          if (dice < 0.08) return never();
          if (dice < 0.12) return { ok: true, output: { text: 'x'.repeat(30_000) } };
          if (dice < 0.2) return { ok: false, error: { code: 'NO', message: 'not today' } };
          return { ok: true, output: { content: callId } };
        },
      },
    });
    return Promise.race([life.then(() => 'ended' as const), killed]);
  };

  const texts = Array.from({ length: 1 + Math.floor(random() * 2) }, (_, index) => `text ${index}`);
  let process = 0;
  while ((await clock.run(live(process, process === 0 ? texts : ['again'], true))) === 'killed') {
    kills++;
    process++;
    // A service manager waits a little before it starts a program again.
    await clock.run(clock.service.sleep(1_000));
  }
  // A last look at what was left open, by a process that nothing happens to.
  emulator.setFaults([]);
  await clock.run(clock.service.sleep(1_000));
  await clock.run(live(++process, [], false));
  // What the service still has to write is written.
  await clock.run(clock.service.sleep(400_000));

  debug?.({ scenario, faults, transcript: emulator.transcript(), told, disk });
  const ends = told.filter(({ event }) => TURN_ENDS.includes(event.type));
  return {
    wrong: [
      ...repeated(toolRuns.map(({ callId }) => callId)).map((id) => `call ${id} ran more than once`),
      ...unfinishedTurns(told, process),
      ...silentChats(told, disk),
      ...violations(checkInvariants(emulator.transcript(), { toolRuns }), faults, kills, hasSizeLimit),
    ],
    kills,
    toolRuns: toolRuns.length,
    ends: ends.map(({ event }) => event.type),
  };
}

function repeated(items: readonly string[]): string[] {
  return [...new Set(items.filter((item, index) => items.indexOf(item) !== index))];
}

/** Turns of processes that were not killed end once; what was begun when the last process ended, ended. */
function unfinishedTurns(told: readonly { process: number; event: BotEvent }[], last: number): string[] {
  const open = new Map<string, number>();
  const wrong: string[] = [];
  for (const { process, event } of told) {
    const key = `${process}/${event.turn}`;
    if (event.type === 'turn.started' || event.type === 'turn.resumed') {
      open.set(key, (open.get(key) ?? 0) + 1);
    } else if (TURN_ENDS.includes(event.type)) {
      open.set(key, (open.get(key) ?? 0) - 1);
      if (open.get(key)! < 0) wrong.push(`turn ${key} ended more than once`);
    }
  }
  for (const [key, count] of open) {
    if (count > 0 && key.startsWith(`${last}/`)) wrong.push(`turn ${key} of the last process has no end`);
  }
  return wrong;
}

/** Every chat that the client knew of has told an end, in whichever process. */
function silentChats(
  told: readonly { process: number; event: BotEvent }[],
  disk: readonly JournalEntry[],
): string[] {
  const named = new Set(disk.flatMap((entry) => (entry.type === 'chat' ? [entry.chatId] : [])));
  const chatOfTurn = new Map<string, string>();
  const ended = new Set<string>();
  for (const { process, event } of told) {
    const key = `${process}/${event.turn}`;
    if (event.type === 'chat.started' || event.type === 'turn.resumed') chatOfTurn.set(key, event.chatId);
    const chat = chatOfTurn.get(key);
    if (TURN_ENDS.includes(event.type) && chat !== undefined) ended.add(chat);
  }
  // The end was written down only after it was told.
  return [...named].filter((chat) => !ended.has(chat)).map((chat) => `chat ${chat} is left without a word`);
}

/** Broken rules that no fault and no kill explains. */
function violations(
  found: readonly InvariantViolation[],
  faults: readonly Fault[],
  kills: number,
  hasSizeLimit: boolean,
): string[] {
  // A submit that is too large is sent again, shorter; so is one that met a fault, or whose sender was killed.
  const mayRepeat = kills > 0 || faults.length > 0 || hasSizeLimit;
  // An answer that broke off is asked for again sooner.
  const mayPoll = faults.some(({ on = '/v3/chat/retrieve' }) => on === '/v3/chat/retrieve');
  return (
    found
      .filter(({ invariant }) => !(invariant === 2 && mayRepeat) && !(invariant === 6 && mayPoll))
      // Ids that are numbers are not exact, and these rules go by ids.
      .filter(({ invariant }) => !([3, 9].includes(invariant) && faults.some(({ id }) => id === 'F26')))
      .map(({ invariant, message }) => `rule ${invariant}: ${message}`)
  );
}

function randomScenario(random: () => number): Scenario {
  const chance = (share: number) => random() < share;
  const call = (): ScriptedCall => {
    const dice = random();
    if (dice < 0.04) return { type: 'reply_message' };
    if (dice < 0.08) return { type: 'require_info', infos: ['location'] };
    if (dice < 0.1) return { name: 'no_such_tool', arguments: '{}' };
    if (dice < 0.13) return { name: 'read_file', arguments: '{"path":' };
    if (dice < 0.15) return { name: 'read_file', function: null };
    const name = chance(0.15) ? 'slow' : chance(0.5) ? 'read_file' : 'list_files';
    return { name, arguments: chance(0.2) ? '' : { path: 'a.txt' } };
  };
  const step = (depth: number): Step => {
    if (depth < 3 && chance(depth === 0 ? 0.85 : 0.35)) {
      const calls = Array.from({ length: 1 + Math.floor(random() ** 2 * 3) }, call);
      return { toolCalls: calls, next: step(depth + 1) };
    }
    if (chance(0.08)) return { fail: { code: 5000, msg: 'event interval error' } };
    return { answer: ['All', ' done 世界'] };
  };
  return { turns: Array.from({ length: 2 }, () => step(0)) };
}

/** @param hasPlainCalls - Some faults cannot bend an action that wants facts of the person, too. */
function randomFaults(random: () => number, hasPlainCalls: boolean): Fault[] {
  const int = (max: number) => Math.floor(random() * max);
  const count = random() < 0.35 ? 0 : 1 + int(3);
  const routes = ['/v3/chat', SUBMIT, SUBMIT, '/v3/chat/retrieve', '/v3/chat/message/list'];
  const make: readonly ((on: string) => Fault)[] = [
    (on) => ({ id: 'F01', on, afterBytes: int(2500) }),
    (on) => ({ id: 'F02', on, afterBytes: int(2500) }),
    () => ({ id: 'F03' }),
    (on) => ({ id: 'F04', on, chunkBytes: 50 + int(100) }),
    () => ({ id: 'F05' }),
    () => ({ id: 'F06', variant: 'event-after-data' }),
    () => ({ id: 'F07' }),
    (on) => ({ id: 'F08', on, silenceMs: 100_000 + int(150_000), afterFrames: 1 + int(3) }),
    (on) => ({ id: 'F09', on }),
    (on) => ({ id: 'F10', on, variant: (['plain', 'seconds', '4009', '4020', '4008'] as const)[int(5)]! }),
    (on) => ({ id: 'F11', on, variant: (['500', '502', '503', '5000'] as const)[int(4)]! }),
    (on) => ({ id: 'F12', on }),
    (on) => ({ id: 'F13', on, variant: random() < 0.5 ? 'start' : 'middle' }),
    () => ({ id: 'F14' }),
    () => ({ id: 'F15', variant: (['history', 'chat', 'call', 'state'] as const)[int(4)]! }),
    () => ({ id: 'F16', variant: random() < 0.5 ? 'lost' : 'again' }),
    (on) => ({ id: 'F17', on, variant: random() < 0.5 || !hasPlainCalls ? 'again' : 'same-ids' }),
    (on) => ({
      id: 'F18',
      on,
      variant: (['empty', 'blank-id', 'no-function', 'unknown-type', 'null'] as const)[
        int(hasPlainCalls ? 5 : 4)
      ]!,
    }),
    (on) => ({ id: 'F19', on, variant: (['null', 'truncated', 'array', 'nan', 'proto'] as const)[int(5)]! }),
    (on) => ({ id: 'F20', on }),
    () => ({ id: 'F21' }),
    () => ({ id: 'F22', variant: random() < 0.5 ? 'http413' : 'code4000' }),
    (on) => ({ id: 'F23', on, afterFrames: 1 + int(4) }),
    () => ({ id: 'F24', variant: random() < 0.5 ? 'canceled' : 'cancelled' }),
    (on) => ({ id: 'F25', on }),
    (on) => ({ id: 'F26', on }),
    () => ({ id: 'F32' }),
    (on) => ({ id: 'F33', on, variant: random() < 0.5 ? 'reset' : 'garbage' }),
  ];
  return Array.from({ length: count }, () => {
    const fault = make[int(make.length)]!(routes[int(routes.length)]!);
    return random() < 0.75 ? { ...fault, nth: 1 + int(3) } : fault;
  });
}
