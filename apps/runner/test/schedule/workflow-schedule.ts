import {
  randomNumbers,
  type Scenario,
  type ScriptedWorkflow,
  type TranscriptEntry,
} from '@cozecut/coze-emulator';
import { createJournalState, type RunEvent, runWorkflow } from '../../src/index.ts';
import { type Dice, dice as diceOf } from './dice.ts';
import { createLife, needlessLosses, repeated, type ScheduleOutcome } from './life.ts';
import { runFaults } from './random-faults.ts';

const WORKFLOW = { name: 'report', workflowId: '7400000000000000042' };
const RUN_ENDS = ['run.completed', 'run.failed'];

/** One random life of a runner of a workflow that asks, and that calls tools of the device. */
export async function runWorkflowSchedule(
  seed: number,
  debug?: (facts: unknown) => void,
): Promise<ScheduleOutcome> {
  const dice = diceOf(randomNumbers(seed));
  const { chance, pick } = dice;
  let calls = 0;
  const nextId = () => `call ${calls++}`;
  const scenario = randomScenario(dice, nextId);
  const mode = chance(0.25) ? 'sync' : 'stream';
  const faults = runFaults(dice, mode);
  const life = createLife(dice, {
    scenario,
    faults,
    seed,
    interEventMs: pick([0, 5, 400]),
    thinkMs: pick([0, 2_000]),
    heartbeatMs: chance(0.2) ? 300 : 0,
    localPluginInterrupt: pick([1, 6]),
  });
  const { emulator, disk, toolRuns } = life;
  const told: { process: number; event: RunEvent }[] = [];
  let last = 0;
  await life.live((process, number, isLast) => {
    last = number;
    // Calls of another run are other calls.
    if (number > 0) emulator.setScenario(randomScenario(dice, nextId));
    const { client, host, journal, time } = process;
    const control = new AbortController();
    return runWorkflow({
      client,
      host,
      journal,
      mode,
      workflow: WORKFLOW,
      parameters: {},
      clock: time,
      signal: control.signal,
      maxOutputBytes: 20_000,
      answer: async () => '{"a":1}',
      onEvent(event) {
        if (!process.isDead()) told.push({ process: number, event });
        process.step();
        // The last one looks at what was left open, and begins nothing.
        if (isLast && event.type === 'run.started') control.abort();
      },
    });
  });
  const transcript = emulator.transcript();
  debug?.({ scenario, faults, transcript, told, disk });
  const ends = told.filter(({ event }) => RUN_ENDS.includes(event.type));
  const begins = told.filter(({ event }) => event.type === 'run.started' || event.type === 'run.continued');
  const inLast = (list: typeof told) => list.filter(({ process }) => process === last).length;
  const state = createJournalState();
  for (const entry of disk) state.apply(entry);
  return {
    wrong: [
      ...repeated(toolRuns.map(({ callId }) => callId)).map((id) => `call ${id} ran more than once`),
      ...(inLast(begins) === inLast(ends) ? [] : ['a run of the last process has no end']),
      ...differentAnswers(transcript),
      ...needlessLosses(told, faults),
      // What is still open was tried by the last process, and it said why that failed.
      ...state
        .openChats()
        .filter(({ chatId }) => !told.some(({ event }) => 'eventId' in event && event.eventId === chatId))
        .map(({ chatId }) => `interrupt ${chatId} is left without a word`),
    ],
    kills: life.kills(),
    toolRuns,
    ends: ends.map(({ event }) => event.type),
    transcript,
  };
}

/** An interrupt is answered with the same text, whichever process does it. */
function differentAnswers(transcript: readonly TranscriptEntry[]): string[] {
  const answers = new Map<unknown, unknown>();
  return transcript.flatMap(({ dir, route, body }) => {
    if (dir !== 'in' || !route.endsWith('resume')) return [];
    const { event_id: id, resume_data: data } = body as { event_id: unknown; resume_data: unknown };
    const isOther = answers.has(id) && answers.get(id) !== data;
    answers.set(id, data);
    return isOther ? [`interrupt ${id} was answered in two ways`] : [];
  });
}

function randomScenario({ random, chance, pick, int }: Dice, nextId: () => string): Scenario {
  const call = () => {
    const name = chance(0.05) ? 'no_such_tool' : pick(['read_file', 'list_files', 'slow']);
    const text = chance(0.1) ? '{"path":' : chance(0.3) ? '' : '{"path":"a.txt"}';
    return { id: nextId(), type: 'function', function: { name, arguments: text } };
  };
  const workflow = (depth: number): ScriptedWorkflow => {
    const messages = chance(0.5) ? [{ title: 'Says', parts: ['Wor', 'king 世界'] }] : [];
    if (depth < 4 && chance(depth === 0 ? 0.9 : 0.5)) {
      const next = workflow(depth + 1);
      const kind = random();
      if (kind < 0.1) return { messages, interrupt: { type: 2, data: 'Which?' }, next };
      if (kind < 0.2) {
        const requiredParameters = { a: { type: 'integer', required: true } };
        return { messages, interrupt: { type: 5, requiredParameters }, next };
      }
      if (kind < 0.25) {
        return { messages, interrupt: { type: 7, data: 'https://www.coze.cn/oauth/authorize' }, next };
      }
      const data = { tool_calls: Array.from({ length: 1 + int(2) }, call) };
      return { messages, interrupt: { type: 'local_plugin', data }, next };
    }
    if (chance(0.08)) return { messages, fail: { code: 5000, msg: 'node broke' } };
    return { messages, output: { output: 'done' } };
  };
  return { turns: [], workflows: { [WORKFLOW.workflowId]: workflow(0) } };
}
