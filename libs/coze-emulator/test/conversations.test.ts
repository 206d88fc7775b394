import { describe, expect, test } from 'vitest';
import { CHAT, client, start } from './support.ts';

const open = async (options = {}) => {
  const emulator = await start(options);
  return { emulator, ...client(emulator) };
};

test('conversations are listed by bot, renamed, cleared and deleted', async () => {
  const { json } = await open();
  const make = async (body: object) => (await json('POST', '/v1/conversation/create', body)).data;
  const one = await make({ bot_id: 'b1', name: 'one' });
  const two = await make({ bot_id: 'b1' });
  await make({});
  const list = async (query = '') => (await json('GET', `/v1/conversations?bot_id=b1${query}`)).data;
  expect((await list()).conversations.map(({ id }: { id: string }) => id)).toEqual([two.id, one.id]);
  expect(await list('&page_num=1&page_size=1')).toMatchObject({
    has_more: true,
    conversations: [{ id: two.id }],
  });
  expect((await json('GET', '/v1/conversations')).code).toBe(4000);
  expect((await json('PUT', `/v1/conversations/${one.id}`, { name: 'new' })).data.name).toBe('new');
  expect((await json('PUT', `/v1/conversations/${one.id}`, { name: 'x'.repeat(101) })).code).toBe(4000);
  const cleared = (await json('POST', `/v1/conversations/${one.id}/clear`)).data;
  expect(cleared.id).not.toBe(one.last_section_id);
  const found = await json('GET', `/v1/conversation/retrieve?conversation_id=${one.id}`);
  expect(found.data.last_section_id).toBe(cleared.id);
  expect((await json('DELETE', `/v1/conversations/${one.id}`)).code).toBe(0);
  expect((await json('GET', `/v1/conversation/retrieve?conversation_id=${one.id}`)).code).toBe(4002);
});

describe('messages', () => {
  test('the dialogue is kept: questions and answers, not what was said between', async () => {
    const { chat, chatOf, json } = await open({
      scenario: { turns: [{ answer: ['yes'], followUps: ['more?'] }] },
    });
    const { conversation } = chatOf(await chat());
    await chat({}, `?conversation_id=${conversation}`);
    const list = (body = {}) =>
      json('POST', `/v1/conversation/message/list?conversation_id=${conversation}`, body);
    const all = await list();
    expect(all.data.map(({ content }: { content: string }) => content)).toEqual(['yes', 'hi', 'yes', 'hi']);
    expect(all).toMatchObject({ has_more: false, first_id: all.data[0].id, last_id: all.data[3].id });
    const page = await list({ order: 'asc', limit: 2 });
    expect(page).toMatchObject({ has_more: true, data: [{ type: 'question' }, { type: 'answer' }] });
    expect((await list({ order: 'asc', after_id: page.last_id })).data).toHaveLength(2);
    expect((await list({ chat_id: all.data[0].chat_id })).data).toHaveLength(2);
    expect((await list({ limit: 51 })).code).toBe(4000);
  });

  test('are forgotten after 180 days', async () => {
    const { chat, chatOf, json, emulator } = await open();
    const { conversation } = chatOf(await chat());
    const path = `/v1/conversation/message/list?conversation_id=${conversation}`;
    await emulator.advance(179 * 86_400_000);
    expect((await json('POST', path, {})).data).toHaveLength(2);
    await emulator.advance(86_400_000);
    expect((await json('POST', path, {})).data).toHaveLength(0);
  });

  test('are not kept without history', async () => {
    const { chat, chatOf, json } = await open();
    const { conversation } = chatOf(await chat({ auto_save_history: false }));
    const path = `/v1/conversation/message/list?conversation_id=${conversation}`;
    expect((await json('POST', path, {})).data).toEqual([]);
  });

  test('are created, retrieved, modified and deleted', async () => {
    const { json } = await open();
    const { id } = (await json('POST', '/v1/conversation/create', {})).data;
    const path = (verb: string, message = '') =>
      `/v1/conversation/message/${verb}?conversation_id=${id}${message && `&message_id=${message}`}`;
    const made = await json('POST', path('create'), { role: 'user', content: 'a', content_type: 'text' });
    expect(made.data).toMatchObject({ type: 'question', content: 'a', conversation_id: id });
    const modified = await json('POST', path('modify', made.data.id), { content: 'b' });
    expect(modified.message.content).toBe('b');
    expect((await json('GET', path('retrieve', made.data.id))).data.content).toBe('b');
    expect((await json('POST', path('delete', made.data.id))).code).toBe(0);
    expect((await json('GET', path('retrieve', made.data.id))).code).toBe(4200);
    expect((await json('POST', path('create'), { role: 'user', type: 'verbose', content: 'a' })).code).toBe(
      4005,
    );
  });
});

describe('files', () => {
  const upload = async (setup: Awaited<ReturnType<typeof open>>, ...files: [string, string][]) => {
    const form = new FormData();
    for (const [field, text] of files) form.append(field, new Blob([text]), `${field}.txt`);
    const headers = { authorization: `Bearer ${setup.emulator.token}` };
    const response = await fetch(`${setup.emulator.url}/v1/files/upload`, {
      method: 'POST',
      headers,
      body: form,
    });
    // biome-ignore lint/suspicious/noExplicitAny: the shape is what the test is about
    return (await response.json()) as any;
  };

  test('are uploaded, described, and gone after three months', async () => {
    const setup = await open();
    const { data } = await upload(setup, ['file', 'hello']);
    expect(data).toMatchObject({ bytes: 5, file_name: 'file.txt' });
    const path = `/v1/files/retrieve?file_id=${data.id}`;
    expect((await setup.json('GET', path)).data).toEqual(data);
    await setup.emulator.advance(90 * 86_400_000);
    expect((await setup.json('GET', path)).code).toBe(4200);
  });

  test.each([
    [4300, [['file', '']]],
    [4300, [['other', 'x']]],
    [
      4301,
      [
        ['file', 'x'],
        ['file', 'y'],
      ],
    ],
    [4302, [['file', 'x'.repeat(101)]]],
  ] as [number, [string, string][]][])('are refused with %s', async (code, files) => {
    expect((await upload(await open({ maxUploadBytes: 100 }), ...files)).code).toBe(code);
  });
});

test('a body of more than 15 MB is refused', async () => {
  const { json, emulator } = await open();
  const message = { role: 'user', content: 'x'.repeat(15 * 1024 * 1024), content_type: 'text' };
  const refused = await json('POST', '/v3/chat', { ...CHAT, additional_messages: [message] });
  expect(refused).toMatchObject({ code: 4000, detail: { logid: expect.any(String) } });
  expect(emulator.transcript().map(({ dir }) => dir)).toEqual(['in', 'out']);
});

test('a token without the permission gets 403 and 4101, others see nothing of ours', async () => {
  const { emulator, chat, chatOf } = await open({
    tokens: [
      { token: 'reader', scopes: ['getChat'] },
      { token: 'stranger', user: 'somebody' },
    ],
  });
  const reader = client(emulator, 'reader');
  const refused = await reader.request('POST', '/v3/chat', CHAT);
  expect([refused.status, ((await refused.json()) as { code: number }).code]).toEqual([403, 4101]);
  const { query } = chatOf(await chat());
  expect((await reader.json('GET', `/v3/chat/retrieve?${query}`)).code).toBe(0);
  expect((await client(emulator, 'stranger').json('GET', `/v3/chat/retrieve?${query}`)).code).toBe(4002);
});
