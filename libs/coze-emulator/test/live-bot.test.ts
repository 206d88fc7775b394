import { expect, test } from 'vitest';
import type { LiveBot } from '../src/index.ts';
import { CHAT, client, start } from './support.ts';

const saying = (content: string, more: object = {}) => ({
  ...CHAT,
  ...more,
  additional_messages: [{ role: 'user', content, content_type: 'text' }],
});
const answers = (events: readonly { event: string; data: string }[]) =>
  events.flatMap(({ event, data }) => {
    const message = event === 'conversation.message.completed' ? JSON.parse(data) : {};
    return message.type === 'answer' ? [message.content] : [];
  });

const bot: LiveBot = async ({ text, botId, conversationId }) => {
  if (text === 'break') throw new Error('this bot is broken');
  if (text !== 'use the tools') return { answer: [`${botId} heard ${text} in ${conversationId}`] };
  return {
    toolCalls: [{ name: 'first' }, { name: 'second' }],
    next: (outputs) => ({ answer: [outputs.join(' and ')] }),
  };
};

test('a bot answers what was said', async () => {
  const emulator = await start({ bot });
  const { events, chatOf } = client(emulator);
  const stream = await events('/v3/chat', saying('hello'));
  expect(answers(stream)).toEqual([`b1 heard hello in ${chatOf(stream).conversation}`]);
});

test('its end may depend on the outputs of its tools, in the order of its calls', async () => {
  const emulator = await start({ bot });
  const { events, chatOf } = client(emulator);
  const stream = await events('/v3/chat', saying('use the tools'));
  const asked = JSON.parse(stream.find(({ event }) => event === 'conversation.chat.requires_action')!.data);
  const ids = asked.required_action.submit_tool_outputs.tool_calls.map(({ id }: { id: string }) => id);
  const outputs = [
    { tool_call_id: ids[1], output: 'two' },
    { tool_call_id: ids[0], output: 'one' },
  ];
  const path = `/v3/chat/submit_tool_outputs?${chatOf(stream).query}`;
  expect(answers(await events(path, { stream: true, tool_outputs: outputs }))).toEqual(['one and two']);
});

test('one that fails ends the chat, and the conversation goes on', async () => {
  const emulator = await start({ bot });
  const { events, chatOf } = client(emulator);
  const stream = await events('/v3/chat', saying('break'));
  const failed = stream.find(({ event }) => event === 'conversation.chat.failed')!;
  expect(JSON.parse(failed.data).last_error).toEqual({ code: 5000, msg: 'this bot is broken' });
  const path = `/v3/chat?conversation_id=${chatOf(stream).conversation}`;
  expect(answers(await events(path, saying('again')))).toHaveLength(1);
});

test('answers chats without a stream, too', async () => {
  const emulator = await start({ bot, pollsUntilReady: 0 });
  const { json } = client(emulator);
  const { data } = await json('POST', '/v3/chat', saying('hello', { stream: false }));
  const query = `conversation_id=${data.conversation_id}&chat_id=${data.id}`;
  expect((await json('GET', `/v3/chat/retrieve?${query}`)).data.status).toBe('completed');
  const { data: messages } = await json('GET', `/v3/chat/message/list?${query}`);
  expect(messages.map(({ content }: { content: string }) => content)).toContainEqual(
    expect.stringContaining('heard hello'),
  );
});
