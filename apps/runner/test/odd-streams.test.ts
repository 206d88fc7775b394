import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createCozeClient } from '@cozecut/coze-transport';
import { expect, test } from 'vitest';
import { type BotEvent, runBot } from '../src/index.ts';
import { BOT } from './bot.ts';
import { hostOf } from './support.ts';

type Events = readonly (readonly [event: string, data: object | string])[];

/** Runs a bot whose service sends one list of events, or one answer in JSON, after the other. */
async function talk(...streams: (Events | object)[]) {
  const asked: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    const answer = streams[asked.push(request) - 1] ?? [];
    const isStream = Array.isArray(answer);
    response.setHeader('content-type', isStream ? 'text/event-stream' : 'application/json');
    // A text that begins like JSON is sent as it is.
    const dataOf = (data: object | string) =>
      typeof data === 'string' && data.startsWith('{') ? data : JSON.stringify(data);
    const frames = () =>
      (answer as Events).map(([event, data]) => `event:${event}\ndata:${dataOf(data)}\n\n`).join('');
    response.end(isStream ? frames() : JSON.stringify(answer));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const host = hostOf();
  const events: BotEvent[] = [];
  try {
    await runBot({
      client: createCozeClient({
        baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
        token: 't',
        retry: { maxAttempts: 1 },
      }),
      host,
      bot: BOT,
      say: 'go',
      userId: 'u1',
      signal: new AbortController().signal,
      onEvent: (event) => events.push(event),
    });
  } finally {
    server.closeAllConnections();
    server.close();
  }
  return { events, runs: host.runs, paths: asked.map(({ url }) => url) };
}

const message = (content: string) => ({ id: 'm1', type: 'answer', role: 'assistant', content });
const END: Events = [
  ['conversation.chat.completed', { id: '2', conversation_id: '1', status: 'completed' }],
  ['done', '[DONE]'],
];
const action = {
  id: '2',
  conversation_id: '1',
  status: 'requires_action',
  required_action: {
    type: 'submit_tool_outputs',
    submit_tool_outputs: {
      tool_calls: [{ id: 'c1', type: 'function', function: { name: 'read_file', arguments: '' } }],
    },
  },
};

test('pieces that come again, or after the whole message, are not said twice', async () => {
  const { events } = await talk([
    ['conversation.chat.created', { id: '2', conversation_id: '1' }],
    ['conversation.message.delta', message('Hel')],
    ['conversation.message.completed', message('Hello')],
    ['conversation.message.delta', message('lo')],
    ['conversation.message.completed', message('Hello')],
    ...END,
  ]);
  const said = events.filter(({ type }) => type === 'answer.delta');
  expect(said).toMatchObject([{ text: 'Hel' }]);
  expect(events.at(-1)).toMatchObject({ type: 'answer.completed', text: 'Hello' });
});

test('a conversation that is named late is the one that outputs go to', async () => {
  const { paths, events, runs } = await talk(
    [
      ['conversation.chat.created', { id: '2' }],
      ['conversation.chat.in_progress', { id: '2', conversation_id: '1' }],
      ['conversation.chat.requires_action', action],
    ],
    [['conversation.message.completed', message('done')], ...END],
  );
  expect(paths).toEqual(['/v3/chat', '/v3/chat/submit_tool_outputs?conversation_id=1&chat_id=2']);
  expect(runs).toHaveLength(1);
  expect(events.filter(({ type }) => type === 'chat.started')).toHaveLength(1);
  expect(events.at(-1)).toMatchObject({ type: 'answer.completed', text: 'done', conversationId: '1' });
});

test('an action that is the first thing that is said is answered', async () => {
  const { paths, events } = await talk(
    [['conversation.chat.requires_action', action]],
    [['conversation.message.completed', message('done')], ...END],
  );
  expect(paths).toHaveLength(2);
  expect(events.at(-1)).toMatchObject({ type: 'answer.completed', text: 'done' });
});

const STARTED = ['conversation.chat.created', { id: '2', conversation_id: '1' }] as const;

test('an action that cannot be read is looked up and answered', async () => {
  const { paths, events, runs } = await talk(
    [STARTED, ['conversation.chat.requires_action', '{"id":"2","sta']],
    { code: 0, data: action },
    [['conversation.message.completed', message('done')], ...END],
  );
  expect(paths.map((path) => path?.split('?')[0])).toEqual([
    '/v3/chat',
    '/v3/chat/retrieve',
    '/v3/chat/submit_tool_outputs',
  ]);
  expect(runs).toHaveLength(1);
  expect(events.at(-1)).toMatchObject({ type: 'answer.completed', text: 'done' });
});

test('an answer whose pieces cannot be read is taken from the messages of the chat', async () => {
  const { events } = await talk(
    [STARTED, ['conversation.message.delta', '{"id":'], ...END],
    { code: 0, data: { id: '2', conversation_id: '1', status: 'completed' } },
    { code: 0, data: [message('whole')] },
  );
  expect(events).toContainEqual(expect.objectContaining({ type: 'notice', code: 'STREAM_RECOVERED' }));
  expect(events.at(-1)).toMatchObject({ type: 'answer.completed', text: 'whole' });
});
