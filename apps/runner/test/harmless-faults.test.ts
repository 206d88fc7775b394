import {
  createInProcessEmulator,
  type Fault,
  randomNumbers,
  scenarioNames,
  shippedScenario,
} from '@cozecut/coze-emulator';
import { createCozeClient } from '@cozecut/coze-transport';
import { expect, test } from 'vitest';
import { type BotEvent, type RunEvent, runBot, runWorkflow } from '../src/index.ts';
import { BOT } from './bot.ts';
import { hostOf, saying } from './support.ts';
import { createVirtualClock } from './virtual-clock.ts';

const COUNT = 300;
/** Chatflows take no local tools, and the scenario of polls has no stream. */
const NAMES = scenarioNames().filter((name) => !/^[ln]-|polling/.test(name));

/** What a person notices of a run: the tools, what is said, how it ends. */
async function noticed(name: string, faults: Fault[], seed: number): Promise<unknown> {
  const clock = createVirtualClock();
  const scenario = shippedScenario(name);
  const emulator = createInProcessEmulator({ scenario, faults, seed, clock: clock.service });
  const random = randomNumbers(seed);
  const time = clock.client();
  const { url: baseUrl, token, fetch } = emulator;
  const events: (BotEvent | RunEvent)[] = [];
  const image = 'https://example.com/screen.png';
  const host = hostOf({ screenshot: () => ({ ok: true, output: { image } }) });
  const common = {
    client: createCozeClient({ baseUrl, token, fetch, clock: time, random }),
    host,
    clock: time,
    signal: new AbortController().signal,
    onEvent: (event: BotEvent | RunEvent) => void events.push(event),
  };
  const [workflowId] = Object.keys(scenario.workflows ?? {});
  const talk = () => runBot({ ...common, bot: BOT, userId: 'u1', say: saying('one', 'two') });
  const run = (id: string) =>
    runWorkflow({
      ...common,
      workflow: { name: 'w', workflowId: id },
      parameters: {},
      answer: async () => '{"a":1}',
    });
  await clock.run<unknown>(workflowId === undefined ? talk() : run(workflowId));
  return {
    inputs: host.runs.map(({ name: tool, input }) => ({ tool, input })),
    events: events
      // Into how many pieces a text is cut is nobody's business.
      .filter(({ type }) => type !== 'answer.delta' && type !== 'node.message')
      .map((event) => [
        event.type,
        ...(['code', 'text', 'tool', 'ok', 'output', 'infos', 'question'] as const).map(
          (key) => (event as unknown as Record<string, unknown>)[key],
        ),
      ]),
  };
}

function harmless(random: () => number): Fault {
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)]!;
  const forms = (['crlf', 'cr', 'bom', 'comments', 'fields', 'retry'] as const).filter(() => random() < 0.4);
  return pick<Fault>([
    { id: 'F03' },
    { id: 'F05', forms },
    { id: 'F06', variant: pick(['multi-line', 'empty-data', 'no-event', 'event-after-data']) },
    { id: 'F07' },
    { id: 'F08', silenceMs: 30_000 + Math.floor(random() * 20_000), pingMs: 10_000 },
    { id: 'F10', nth: 1, variant: pick(['plain', 'seconds', 'date', '4009', '4020']) },
    { id: 'F25', variant: pick(['empty', 'blank']) },
    { id: 'F26' },
    { id: 'F29', variant: pick(['gzip', 'no-charset']) },
  ]);
}

test(`harmless faults, two to five at once, change nothing that a person notices: ${COUNT} times`, {
  timeout: 60_000,
}, async () => {
  const plain = new Map<string, unknown>();
  for (let seed = 1; seed <= COUNT; seed++) {
    const random = randomNumbers(seed);
    const name = NAMES[Math.floor(random() * NAMES.length)]!;
    const several = Array.from({ length: 2 + Math.floor(random() * 4) }, () => harmless(random));
    const faults = [...new Map(several.map((fault) => [fault.id, fault])).values()];
    if (!plain.has(name)) plain.set(name, await noticed(name, [], 1));
    expect({ seed, faults, ...((await noticed(name, faults, seed)) as object) }).toEqual({
      seed,
      faults,
      ...(plain.get(name) as object),
    });
  }
});
