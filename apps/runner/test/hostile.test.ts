import { randomNumbers } from '@cozecut/coze-emulator';
import { createCozeClient } from '@cozecut/coze-transport';
import { expect, test } from 'vitest';
import { type BotEvent, type RunEvent, runBot, runChatflow, runWorkflow } from '../src/index.ts';
import { BOT } from './bot.ts';
import { hostOf, saying } from './support.ts';
import { createVirtualClock } from './virtual-clock.ts';

const SEEDS = 1_500;
const EVENTS = [
  'conversation.chat.created',
  'conversation.chat.in_progress',
  'conversation.message.delta',
  'conversation.message.completed',
  'conversation.chat.requires_action',
  'conversation.chat.requires_action',
  'conversation.chat.completed',
  'conversation.chat.failed',
  'conversation.audio.delta',
  'Message',
  'Interrupt',
  'Interrupt',
  'Done',
  'Error',
  'error',
  'done',
  'PING',
  'toString',
  '',
];
const ENDS = ['answer.completed', 'reply.requested', 'info.requested', 'turn.failed'];
const RUN_ENDS = ['run.completed', 'run.failed'];

/** A service that answers anything: the right shapes with wrong things in them, and wrong shapes. */
function hostileService(random: () => number): typeof fetch {
  const pick = <T = unknown>(items: readonly T[]): T => items[Math.floor(random() * items.length)]!;
  const some = <T>(make: () => T, max: number) => Array.from({ length: Math.floor(random() * max) }, make);
  const odd = (): unknown =>
    pick<unknown>([
      null,
      true,
      -1,
      '',
      '1',
      [],
      {},
      [null],
      { toString: false },
      '{"a":1}',
      '[DONE]',
      7.4e18,
      '\ud800',
    ]);
  const or = (value: unknown): unknown => (random() < 0.06 ? odd() : value);
  const call = () =>
    or({
      id: or(pick(['c1', 'c2', 'c3', '', 5])),
      type: or(pick(['function', 'function', 'reply_message', 'require_info', 'x'])),
      function: or({
        name: or(pick(['read_file', 'list_files', 'toString', ''])),
        arguments: or('{"path":"a"}'),
      }),
      require_info: or({ infos: or(['location', {}]) }),
    });
  const calls = () => or(some(call, 4));
  const action = () => or({ type: 'submit_tool_outputs', submit_tool_outputs: or({ tool_calls: calls() }) });
  const interrupt = () =>
    or({
      event_id: or(pick(['1/1', '1/2', '1/3'])),
      type: or(pick([1, 2, 5, 6, 7, 99])),
      data: or(pick([JSON.stringify({ tool_calls: calls() }), JSON.stringify(call()), 'https://a.test'])),
      required_parameters: or({
        a: or({ type: or('image'), required: true }),
        toString: or({ type: 'array' }),
      }),
    });
  const status = () => or(pick(['completed', 'requires_action', 'failed', 'canceled', 'in_progress']));
  const thing = () =>
    or({
      ...{ id: or('1'), conversation_id: or('2'), status: status(), type: or(pick(['answer', 'verbose'])) },
      ...{
        content: or(pick(['text', '{"msg_type":"interrupt"}', '{"Output":1}'])),
        required_action: action(),
      },
      ...{ last_error: or({ code: or(4000), msg: or('no') }), usage: or({ token_count: or(1) }) },
      ...{ interrupt_data: interrupt(), node_title: or(''), node_is_finish: or(true), node_seq_id: or('0') },
    });
  const stream = () => {
    const frames = some(() => `event:${pick(EVENTS)}\ndata:${JSON.stringify(thing())}\n\n`, 7).join('');
    const text = `event:conversation.chat.created\ndata:{"id":"1","conversation_id":"2"}\n\n${frames}`;
    return random() < 0.2 ? text.slice(0, Math.floor(random() * text.length)) : text;
  };
  const json = () =>
    JSON.stringify(
      or({
        ...{ code: or(pick([0, 0, 0, 4000, 4016, 4100, 5000])), msg: or('m'), execute_id: or('1') },
        data: or(random() < 0.5 ? thing() : or(some(thing, 3))),
        ...(random() < 0.3 ? { interrupt_data: interrupt() } : {}),
      }),
    );
  return async (input) => {
    const isStream = /stream|submit|\/v3\/chat(\?|$)|workflows\/chat/.test(String(input)) && random() < 0.85;
    const headers = { 'content-type': isStream ? 'text/event-stream' : 'application/json' };
    return new Response(isStream ? stream() : json(), {
      status: random() < 0.9 ? 200 : pick([400, 429, 500]),
      headers,
    });
  };
}

/** Everything that a life with such a service tells. */
async function told(
  seed: number,
): Promise<{ events: (BotEvent | RunEvent)[]; callIds: string[]; kind: number }> {
  const random = randomNumbers(seed);
  const clock = createVirtualClock();
  const time = clock.client();
  const host = hostOf({ list_files: () => Promise.reject(new Error('no')) });
  const events: (BotEvent | RunEvent)[] = [];
  const baseUrl = 'http://hostile.test';
  const common = {
    client: createCozeClient({ baseUrl, token: 't', clock: time, random, fetch: hostileService(random) }),
    host,
    clock: time,
    signal: new AbortController().signal,
    onEvent: (event: BotEvent | RunEvent) => void events.push(event),
  };
  const mode = random() < 0.7 ? 'stream' : 'sync';
  const workflow = { name: 'w', workflowId: '3' };
  const kind = seed % 3;
  await clock.run<unknown>(
    kind === 0
      ? runBot({ ...common, mode, bot: BOT, userId: 'u1', say: saying('one', 'two') })
      : kind === 1
        ? runWorkflow({ ...common, mode, workflow, parameters: {}, answer: async () => 'https://a.test/b' })
        : runChatflow({ ...common, workflow, botId: 'b1', say: saying('one', 'two') }),
  );
  return { events, callIds: host.runs.map(({ callId }) => callId), kind };
}

test(`whatever a service says, every turn ends once, for a reason that is known (seeds 1 to ${SEEDS})`, {
  timeout: 60_000,
}, async () => {
  for (let seed = 1; seed <= SEEDS; seed++) {
    const { events, kind } = await told(seed);
    const count = (types: string[]) => events.filter(({ type }) => types.includes(type)).length;
    const begun = count(['turn.started', 'turn.resumed', 'run.started', 'run.continued']);
    const bugs = events.filter((event) => 'code' in event && event.code === 'BUG');
    expect({ seed, ended: count(kind === 1 ? RUN_ENDS : ENDS), bugs }).toEqual({
      seed,
      ended: begun,
      bugs: [],
    });
    // What is told can be written down.
    expect(JSON.parse(JSON.stringify(events))).toHaveLength(events.length);
  }
});
