import { type Emulator, startEmulator } from '@cozecut/coze-emulator';
import { createCozeClient } from '@cozecut/coze-transport';
import { expect, test } from 'vitest';
import {
  type BotEvent,
  type CallJournal,
  memoryJournal,
  PARKED,
  type RunEvent,
  runBot,
  runWorkflow,
} from '../src/index.ts';
import { BOT, hostOf, saying, submits, type TestHost, typesOf } from './support.ts';

const WORKFLOW = { name: 'report', workflowId: '7400000000000000042' };
const call = { name: 'read_file', arguments: { path: 'a.txt' } };

async function withEmulator(use: (emulator: Emulator) => Promise<void>): Promise<void> {
  const emulator = await startEmulator({
    scenario: {
      turns: [{ toolCalls: [call], next: { answer: ['done'] } }],
      workflows: {
        [WORKFLOW.workflowId]: {
          interrupt: { type: 'local_plugin', call },
          next: { output: { is: 'done' } },
        },
      },
    },
  });
  try {
    await use(emulator);
  } finally {
    await emulator.close();
  }
}

const clientOf = ({ url, token }: Emulator) => createCozeClient({ baseUrl: url, token });
const routes = (emulator: Emulator) =>
  emulator.transcript().flatMap(({ dir, route }) => (dir === 'in' ? [route.split('?')[0]!] : []));

async function bot(
  emulator: Emulator,
  journal: CallJournal,
  host: TestHost,
  signal: AbortSignal,
  ...said: string[]
) {
  const events: BotEvent[] = [];
  const say = saying(...said);
  const onEvent = (event: BotEvent) => void events.push(event);
  await runBot({ client: clientOf(emulator), host, bot: BOT, say, userId: 'u', journal, signal, onEvent });
  return events;
}

/** A host in whose tool the program ends. */
function parkingHost(control: AbortController): TestHost {
  return hostOf({
    read_file: () => {
      control.abort(PARKED);
      return new Promise(() => {});
    },
  });
}

const forever = new AbortController().signal;

test('a chat that is parked while its tool runs is neither answered nor cancelled, and goes on later', async () => {
  await withEmulator(async (emulator) => {
    const journal = memoryJournal();
    const control = new AbortController();
    const host = parkingHost(control);
    const parked = await bot(emulator, journal, host, control.signal, 'go');
    expect(parked.at(-1)).toMatchObject({ type: 'turn.failed', code: 'PARKED' });
    expect(routes(emulator)).toEqual(['/v3/chat']);

    const later = hostOf();
    const events = await bot(emulator, journal, later, forever);
    expect(typesOf(events)).toEqual([
      'turn.resumed',
      'tool.finished',
      'outputs.submitted',
      'answer.delta',
      'answer.completed',
    ]);
    expect(later.runs).toEqual([]);
    expect(Object.values(submits(emulator)[0]!)).toMatchObject([{ error_code: 'OUTCOME_UNKNOWN' }]);
    expect(journal.openChats(BOT.botId)).toEqual([]);
  });
});

test('a tool that was done when its chat was parked is not run again: its output is sent later', async () => {
  await withEmulator(async (emulator) => {
    const journal = memoryJournal();
    const control = new AbortController();
    const host = hostOf();
    // The program ends between the output and its submit.
    const finish = journal.finish;
    journal.finish = async (...outcome) => {
      await finish(...outcome);
      control.abort(PARKED);
    };
    await bot(emulator, journal, host, control.signal, 'go');
    expect(routes(emulator)).toEqual(['/v3/chat']);
    const events = await bot(emulator, journal, host, forever);
    expect(events.at(-1)).toMatchObject({ type: 'answer.completed', text: 'done' });
    expect(host.runs).toHaveLength(1);
    expect(Object.values(submits(emulator)[0]!)).toEqual([{ content: 'of a.txt' }]);
  });
});

test('a run of a workflow that is parked goes on later; one that a person stopped does not', async () => {
  for (const reason of [PARKED, undefined]) {
    await withEmulator(async (emulator) => {
      const journal = memoryJournal();
      const control = new AbortController();
      const run = async (host: TestHost, signal: AbortSignal) => {
        const events: RunEvent[] = [];
        await runWorkflow({
          ...{ client: clientOf(emulator), host, workflow: WORKFLOW, journal, signal, parameters: {} },
          onEvent: (event) => void events.push(event),
        });
        return events;
      };
      const host = hostOf({
        read_file: () => {
          control.abort(reason);
          return new Promise(() => {});
        },
      });
      const stopped = await run(host, control.signal);
      expect(stopped.at(-1)).toMatchObject({
        type: 'run.failed',
        code: reason === PARKED ? 'PARKED' : 'ABORTED',
      });
      const events = await run(hostOf(), forever);
      const begins = events.filter(({ type }) => type === 'run.continued' || type === 'run.started');
      expect(begins.map(({ type }) => type)).toEqual(
        reason === PARKED ? ['run.continued', 'run.started'] : ['run.started'],
      );
      expect(events.at(-1)).toMatchObject({ type: 'run.completed', output: { is: 'done' } });
    });
  }
});
