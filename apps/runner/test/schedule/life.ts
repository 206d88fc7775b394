import {
  createInProcessEmulator,
  type EmulatorOptions,
  type Fault,
  type FaultId,
  type InProcessEmulator,
  type TranscriptEntry,
} from '@cozecut/coze-emulator';
import { type CozeClient, createCozeClient } from '@cozecut/coze-transport';
import {
  type CallJournal,
  createJournalState,
  type JournalEntry,
  journalOver,
  type ToolCaller,
  type ToolResult,
} from '../../src/index.ts';
import { createVirtualClock, type VirtualClock } from '../virtual-clock.ts';
import type { Dice } from './dice.ts';

/** What one schedule came to. */
export interface ScheduleOutcome {
  /** Why it is wrong; empty when all is well. */
  wrong: string[];
  kills: number;
  toolRuns: ToolRun[];
  /** Types of the events that ended turns and runs. */
  ends: string[];
  transcript: TranscriptEntry[];
}

/** A tool that was begun. */
export interface ToolRun {
  callId: string;
  process: number;
  /** Entries of the transcript at that moment. */
  at: number;
}

/** One process of a life: nothing of it happens after its kill. */
export interface Process {
  client: CozeClient;
  host: ToolCaller;
  journal: CallJournal;
  time: ReturnType<VirtualClock['client']>;
  /** Something happens; it may be the last thing that does. */
  step(): boolean;
  isDead(): boolean;
}

/** A life: processes, one after the other, over one disk and one service. */
export interface Life {
  clock: VirtualClock;
  emulator: InProcessEmulator;
  disk: JournalEntry[];
  toolRuns: ToolRun[];
  kills(): number;
  /** Lives process by process: `work` up to its end or a kill, and a last one to which nothing happens. */
  live(work: (process: Process, number: number, isLast: boolean) => Promise<unknown>): Promise<void>;
}

/** Begins a life whose tools take random time and whose processes are killed at random points. */
export function createLife(dice: Dice, options: EmulatorOptions): Life {
  const { random, chance } = dice;
  const clock = createVirtualClock();
  const emulator = createInProcessEmulator({ ...options, clock: clock.service });
  const disk: JournalEntry[] = [];
  const toolRuns: ToolRun[] = [];
  const maxKills = chance(0.6) ? 1 + dice.int(3) : 0;
  let kills = 0;

  const startProcess = (number: number, canDie: boolean): { process: Process; killed: Promise<'killed'> } => {
    const time = clock.client();
    const control = new AbortController();
    const { promise: killed, resolve: die } = Promise.withResolvers<'killed'>();
    let stepsLeft = canDie && kills < maxKills ? 1 + dice.int(40) : Number.POSITIVE_INFINITY;
    let isDead = false;
    const never = () => new Promise<never>(() => {});
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
      // A disk may be slow; who does not wait for it loses what was not written.
      if (random() < 0.1) await new Promise<void>((resolve) => void time.after(random() * 2_000, resolve));
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
    const host: ToolCaller = {
      tools: ['read_file', 'list_files', 'slow'].map((name) => ({ name })),
      async call(name, _, { callId }): Promise<ToolResult> {
        if (!step()) return never();
        toolRuns.push({ callId, process: number, at: emulator.transcript().length });
        if (name === 'slow' || random() < 0.3) {
          await new Promise<void>((resolve) => void time.after(random() * 150_000, resolve));
        }
        if (!step()) return never();
        const fate = random();
        if (fate < 0.05) throw new Error('the tool broke');
        if (fate < 0.08) return never();
        if (fate < 0.12) return { ok: true, output: { text: 'x'.repeat(30_000) } };
        if (fate < 0.2) return { ok: false, error: { code: 'NO', message: 'not today' } };
        return { ok: true, output: { content: callId, image: 'https://example.com/a.png' } };
      },
    };
    return { process: { client, host, journal, time, step, isDead: () => isDead }, killed };
  };

  return {
    clock,
    emulator,
    disk,
    toolRuns,
    kills: () => kills,
    async live(work) {
      for (let number = 0; ; number++) {
        const { process, killed } = startProcess(number, true);
        const ended = work(process, number, false).then(() => 'ended' as const);
        const end = await clock.run(Promise.race([ended, killed]));
        // A service manager waits a little before it starts a program again.
        if (end === 'killed') kills++;
        else emulator.setFaults([]);
        await clock.run(clock.service.sleep(1_000));
        if (end === 'killed') continue;
        // A last look at what was left open, by a process that nothing happens to.
        const last = startProcess(number + 1, false);
        await clock.run(work(last.process, number + 1, true));
        // What the service still has to write is written.
        await clock.run(clock.service.sleep(400_000));
        return;
      }
    },
  };
}

/** Items that are there more than once. */
export function repeated(items: readonly string[]): string[] {
  return [...new Set(items.filter((item, index) => items.indexOf(item) !== index))];
}

/** Faults that change nothing of what a stream says, nor when. */
const HARMLESS: readonly FaultId[] = ['F03', 'F04', 'F05', 'F06', 'F07', 'F25', 'F26', 'F29', 'F34'];

/** Streams that were taken for lost, or for silent, although nothing had happened to them. */
export function needlessLosses(told: readonly { event: object }[], faults: readonly Fault[]): string[] {
  if (!faults.every(({ id }) => HARMLESS.includes(id))) return [];
  return told.flatMap(({ event }) =>
    'code' in event && /^STREAM_/.test(`${event.code}`) ? [`${event.code} without a cause`] : [],
  );
}
