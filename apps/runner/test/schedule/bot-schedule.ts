import {
  checkInvariants,
  type Fault,
  type InvariantViolation,
  randomNumbers,
  type Scenario,
  type ScriptedCall,
  type Step,
} from '@cozecut/coze-emulator';
import { type BotEvent, type JournalEntry, runBot } from '../../src/index.ts';
import { BOT } from '../bot.ts';
import { type Dice, dice as diceOf } from './dice.ts';
import { createLife, needlessLosses, repeated, type ScheduleOutcome } from './life.ts';
import { chatFaults } from './random-faults.ts';

const TURN_ENDS = ['answer.completed', 'reply.requested', 'info.requested', 'turn.failed'];

/** What was told, and by which process. */
type Told = readonly { process: number; event: BotEvent }[];

/**
 * One random life of a runner of bots: a random script, random faults, tools that take random time, processes that are
 * killed at random points and started again. The same seed is the same life.
 */
export async function runBotSchedule(
  seed: number,
  debug?: (facts: unknown) => void,
): Promise<ScheduleOutcome> {
  const dice = diceOf(randomNumbers(seed));
  const { random, chance, pick } = dice;
  const scenario = randomScenario(dice);
  const faults = chatFaults(dice, !JSON.stringify(scenario).includes('require_info'));
  const hasSizeLimit = chance(0.1);
  const mode = chance(0.15) ? 'sync' : 'stream';
  const life = createLife(dice, {
    scenario,
    faults,
    seed,
    interEventMs: pick([0, 5, 400]),
    thinkMs: pick([0, 2_000]),
    heartbeatMs: chance(0.15) ? 300 : 0,
    doneAfterAction: chance(0.5),
    announceCalls: chance(0.2),
    ...(chance(0.2) ? { actionTtlMs: 120_000 } : {}),
    ...(hasSizeLimit ? { maxOutputBytes: 9_000 } : {}),
  });
  const { emulator, disk, toolRuns } = life;
  const told: { process: number; event: BotEvent }[] = [];
  const texts = Array.from({ length: 1 + dice.int(2) }, (_, index) => `text ${index}`);
  let last = 0;
  await life.live((process, number, isLast) => {
    last = number;
    const { client, host, journal, time } = process;
    return runBot({
      client,
      host,
      journal,
      bot: BOT,
      mode,
      userId: 'u1',
      clock: time,
      signal: new AbortController().signal,
      maxOutputBytes: 20_000,
      say: (async function* () {
        yield* isLast ? [] : number === 0 ? texts : ['again'];
      })(),
      onEvent(event) {
        if (!process.isDead()) told.push({ process: number, event });
        process.step();
      },
      onTurn(cancel) {
        if (random() < 0.05) time.after(random() * 3_000, cancel);
      },
    });
  });
  const transcript = emulator.transcript();
  debug?.({ scenario, faults, transcript, told, disk });
  const runs = toolRuns.map(({ callId }) => ({ chatId: '', callId }));
  return {
    wrong: [
      ...repeated(toolRuns.map(({ callId }) => callId)).map((id) => `call ${id} ran more than once`),
      ...unfinishedTurns(told, last),
      ...silentChats(told, disk),
      ...needlessLosses(told, faults),
      ...violations(checkInvariants(transcript, { toolRuns: runs }), faults, life.kills(), hasSizeLimit),
    ],
    kills: life.kills(),
    toolRuns,
    ends: told.flatMap(({ event }) => (TURN_ENDS.includes(event.type) ? [event.type] : [])),
    transcript,
  };
}

/** Turns of processes that were not killed end once; what was begun when the last process ended, ended. */
function unfinishedTurns(told: Told, last: number): string[] {
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
function silentChats(told: Told, disk: readonly JournalEntry[]): string[] {
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
  return found
    .filter(({ invariant }) => !(invariant === 2 && mayRepeat) && !(invariant === 6 && mayPoll))
    .map(({ invariant, message }) => `rule ${invariant}: ${message}`);
}

function randomScenario({ random, chance, int }: Dice): Scenario {
  const call = (): ScriptedCall => {
    const kind = random();
    if (kind < 0.04) return { type: 'reply_message' };
    if (kind < 0.08) return { type: 'require_info', infos: ['location'] };
    if (kind < 0.1) return { name: 'no_such_tool', arguments: '{}' };
    if (kind < 0.13) return { name: 'read_file', arguments: '{"path":' };
    if (kind < 0.15) return { name: 'read_file', function: null };
    const name = chance(0.15) ? 'slow' : chance(0.5) ? 'read_file' : 'list_files';
    if (chance(0.1)) return { name, arguments: { path: 'a.png' }, fileOutputs: ['image'] };
    return { name, arguments: chance(0.2) ? '' : { path: 'a.txt' } };
  };
  const step = (depth: number): Step => {
    if (depth < 3 && chance(depth === 0 ? 0.85 : 0.35)) {
      const calls = Array.from({ length: 1 + Math.floor(random() ** 2 * 3) }, call);
      return { toolCalls: calls, next: step(depth + 1) };
    }
    if (chance(0.08)) return { fail: { code: 5000, msg: 'event interval error' } };
    return {
      answer: ['All', ' done 世界'],
      ...(chance(0.1) ? { messages: [{ type: 'knowledge', content: '{}' }] } : {}),
      ...(chance(0.1) ? { followUps: ['And?'] } : {}),
      ...(chance(0.1) ? { audio: ['AAAA'] } : {}),
    };
  };
  return { turns: Array.from({ length: 2 + int(2) }, () => step(0)) };
}
