import { createAuthenticator } from '@cozecut/auth';
import { type EmulatorOptions, type Fault, startEmulator } from '@cozecut/coze-emulator';
import { createCozeClient } from '@cozecut/coze-transport';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ADMIN_SCOPE, CALL_SCOPE, type RunningServer, type ServerOptions } from '../src/index.ts';
import { closeGate, type House, openHouse, call as request } from './harness.ts';

let house: House;
const tokens: Record<string, string> = {};
beforeAll(async () => {
  house = await openHouse();
  for (const name of ['alice', 'bob', 'carol']) {
    tokens[name] = (await house.store.tokens.create({ owner: name, name, scopes: [CALL_SCOPE] })).text;
  }
});
afterAll(() => house.close());

/** How often the tool `join_words` ran. */
const joined = () => (globalThis as { joined?: number }).joined ?? 0;
const words = { name: 'join_words', arguments: { group: 'g', words: ['a', 'b'] } };
const oneTool = { turns: [{ toolCalls: [words], next: { answer: ['do', 'ne'] } }] };

interface Place {
  url: string;
  call(path: string, who: string, body?: unknown, init?: RequestInit): ReturnType<typeof request>;
  /** Makes a session and gives its id. */
  session(who: string): Promise<string>;
}

/** Two servers on one store, and an emulator they talk to. */
async function withSessions(
  emulatorOptions: EmulatorOptions,
  use: (one: Place, other: Place, emulator: { url: string }) => Promise<void>,
  { runsTools = true, ...change }: Partial<ServerOptions> & { runsTools?: boolean } = {},
): Promise<void> {
  const emulator = await startEmulator(emulatorOptions);
  const check = createAuthenticator([house.store.tokens.verify]);
  const options: Partial<ServerOptions> = {
    authorise: ({ authorization }) => check(authorization),
    sessions: {
      client: createCozeClient({ baseUrl: emulator.url, token: emulator.token, retry: { maxAttempts: 1 } }),
      botId: 'b1',
      runsTools,
    },
    ...change,
  };
  const servers: RunningServer[] = [await house.start(options), await house.start(options)];
  const places = servers.map(({ url }): Place => {
    const call: Place['call'] = (path, who, body, init = {}) =>
      request(url + path, body, {
        ...init,
        headers: { authorization: `Bearer ${tokens[who] ?? who}`, ...init.headers },
      });
    return {
      url,
      call,
      session: async (who) => (await call('/coze/sessions', who, {})).body.data.task_result.data.session_id,
    };
  });
  try {
    await use(places[0]!, places[1]!, emulator);
  } finally {
    for (const server of servers) await server.close();
    await emulator.close();
  }
}

const resultOf = (answer: { body: { data: { task_result: { data: Record<string, unknown> } } } }) =>
  answer.body.data.task_result.data;

test('a message is answered, in the form of the service', async () => {
  await withSessions({ scenario: oneTool }, async (one) => {
    const made = await one.call('/coze/sessions', 'alice', { name: 'mine' });
    expect(made).toMatchObject({
      status: 200,
      body: {
        success: true,
        timestamp: expect.any(String),
        data: {
          task_result: {
            success: true,
            timestamp: expect.any(String),
            data: {
              session_id: expect.any(String),
              conversation_id: expect.any(String),
              bot_id: 'b1',
              name: 'mine',
            },
          },
        },
      },
    });
    const { session_id: id } = resultOf(made);
    const answered = await one.call(`/coze/sessions/${id}/messages`, 'alice', { message: 'go' });
    expect(answered.status).toBe(200);
    expect(resultOf(answered)).toMatchObject({
      session_id: id,
      chat_id: expect.any(String),
      status: 'succeeded',
      answer: 'done',
    });
    expect(resultOf(await one.call(`/coze/sessions/${id}`, 'alice'))).toMatchObject({ session_id: id });
  });
});

test('a stream tells everything as it happens, and can be taken up again anywhere', async () => {
  await withSessions({ scenario: oneTool }, async (one, other) => {
    const id = await one.session('alice');
    const response = await fetch(`${one.url}/coze/sessions/${id}/messages`, {
      method: 'POST',
      headers: { authorization: `Bearer ${tokens.alice}`, 'content-type': 'application/json' },
      body: JSON.stringify({ message: 'go', stream: true }),
    });
    const text = await response.text();
    expect(text.match(/^event: (\w+)$/gm)).toEqual(
      expect.arrayContaining(['event: chat', 'event: tool', 'event: delta', 'event: completed']),
    );
    expect(text).toContain('"answer":"done"');
    const chatId = response.headers.get('x-chat-id');
    const again = await other.call(`/coze/chats/${chatId}/events`, 'alice', undefined, {
      headers: { 'last-event-id': '1' },
    });
    expect(again.body).toBe(text.slice(text.indexOf('id: 2\n')));
    const [, last] = /id: (\d+)\nevent: completed/.exec(text)!;
    const seen = await one.call(`/coze/chats/${chatId}/events`, 'alice', undefined, {
      headers: { 'last-event-id': last! },
    });
    expect(seen.status).toBe(204);
    expect(resultOf(await other.call(`/coze/chats/${chatId}/result`, 'alice'))).toMatchObject({
      answer: 'done',
    });
  });
});

test('a stream of a chat whose process is gone ends with that', async () => {
  await withSessions({ scenario: oneTool }, async (one) => {
    const id = await one.session('alice');
    const { chat } = await house.store.sessions.beginChat(id, { leaseMs: 1 });
    await house.store.events.append(`chat:${chat.id}`, 'delta', { content: 'do' });
    const { body } = await one.call(`/coze/chats/${chat.id}/events`, 'alice');
    expect(body.match(/^event: (\w+)$/gm)).toEqual(['event: delta', 'event: failed']);
    expect(body).toContain('"error_code":"INTERRUPTED"');
    const result = await one.call(`/coze/chats/${chat.id}/result`, 'alice');
    expect([result.status, resultOf(result).error_code]).toEqual([503, 'INTERRUPTED']);
  });
});

test('sessions are listed page by page, each owner sees its own; what was said can be read', async () => {
  await withSessions({ scenario: oneTool }, async (one, other) => {
    const ids = [await one.session('carol'), await one.session('carol'), await one.session('carol')];
    await one.session('bob');
    await one.call(`/coze/sessions/${ids[2]}/messages`, 'carol', { message: 'go' });
    const list = async (query: string) => resultOf(await other.call(`/coze/sessions${query}`, 'carol'));
    const first = await list('?limit=2');
    const second = await list(`?limit=2&cursor=${first.next_cursor}`);
    const listed = [first, second].flatMap(({ sessions }) => sessions as { session_id: string }[]);
    expect(listed.map(({ session_id: id }) => id)).toEqual(ids.toReversed());
    expect(second).not.toHaveProperty('next_cursor');
    const messages = async (query: string) =>
      resultOf(await other.call(`/coze/sessions/${ids[2]}/messages${query}`, 'carol'));
    const newest = await messages('?limit=1');
    expect(newest).toMatchObject({
      messages: [{ role: 'assistant', type: 'answer', content: 'done', created_at: expect.any(String) }],
      next_cursor: expect.any(String),
    });
    const { chat_id: chat, chat_status } = resultOf(await other.call(`/coze/sessions/${ids[2]}`, 'carol'));
    const { coze_chat_id: cozeChat } = resultOf(await one.call(`/coze/chats/${chat}/result`, 'carol'));
    expect([chat_status, newest]).toMatchObject(['succeeded', { messages: [{ coze_chat_id: cozeChat }] }]);
    const oldest = await messages(`?limit=1&cursor=${newest.next_cursor}`);
    expect(oldest).toMatchObject({ messages: [{ role: 'user', content: 'go' }] });
    expect(oldest).not.toHaveProperty('next_cursor');
    expect((await other.call(`/coze/sessions/${ids[2]}/messages`, 'bob')).status).toBe(404);
  });
});

describe('what belongs to another owner', () => {
  test('is not there', async () => {
    await withSessions({ scenario: oneTool }, async (one, other) => {
      const id = await one.session('alice');
      const { chat_id: chat } = resultOf(
        await one.call(`/coze/sessions/${id}/messages`, 'alice', { message: 'go' }),
      );
      for (const path of [
        `/coze/sessions/${id}`,
        `/coze/chats/${chat}/result`,
        `/coze/chats/${chat}/events`,
      ]) {
        expect([path, (await other.call(path, 'bob')).status]).toEqual([path, 404]);
        expect([path, (await other.call(path, 'nobody')).status]).toEqual([path, 401]);
      }
      expect((await other.call(`/coze/sessions/${id}/messages`, 'bob', { message: 'go' })).status).toBe(404);
      expect((await other.call(`/coze/sessions/${id}`, 'bob', undefined, { method: 'DELETE' })).status).toBe(
        404,
      );
      expect((await other.call(`/coze/sessions/${id}`, 'alice')).status).toBe(200);
    });
  });
});

test('a session has one chat at a time, over all processes', async () => {
  await withSessions(
    {
      scenario: {
        turns: [
          { toolCalls: [{ name: 'slow_work', arguments: { gate: 'busy' } }], next: { answer: ['late'] } },
        ],
      },
    },
    async (one, other) => {
      const open = closeGate('busy');
      const id = await one.session('alice');
      const first = await one.call(`/coze/sessions/${id}/messages`, 'alice', { message: 'go' });
      expect(first.status).toBe(202);
      const { chat_id: chat } = resultOf(first);
      expect(resultOf(first)).toMatchObject({ status: 'running', session_id: id });
      expect(resultOf(await other.call(`/coze/sessions/${id}`, 'alice'))).toMatchObject({
        chat_id: chat,
        chat_status: 'running',
      });
      const second = await other.call(`/coze/sessions/${id}/messages`, 'alice', { message: 'again' });
      expect(second).toMatchObject({ status: 409, body: { success: false } });
      expect(resultOf(second)).toMatchObject({ error_code: 'SESSION_BUSY' });
      expect((await other.call(`/coze/chats/${chat}/result`, 'alice')).status).toBe(202);
      open();
      for (;;) {
        const answer = await other.call(`/coze/chats/${chat}/result`, 'alice');
        if (answer.status === 200) break;
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      expect(
        (await other.call(`/coze/sessions/${id}/messages`, 'alice', { message: 'again' })).status,
      ).not.toBe(409);
    },
    { jobWaitMs: 10 },
  );
});

test('without tools of its own the server says what the bot waits for', async () => {
  await withSessions(
    { scenario: oneTool },
    async (one) => {
      const id = await one.session('alice');
      const answer = await one.call(`/coze/sessions/${id}/messages`, 'alice', { message: 'go' });
      expect(answer.status).toBe(409);
      expect(resultOf(answer)).toMatchObject({
        error_code: 'ACTION_REQUIRED',
        message: expect.stringContaining('join_words'),
      });
    },
    { runsTools: false },
  );
});

test('a tool that fails or is not there is an answer to the bot', async () => {
  const scenario = {
    turns: [
      {
        toolCalls: [{ name: 'made_up' }, { name: 'join_words', arguments: {} }],
        next: { answer: ['sorry'] },
      },
    ],
  };
  await withSessions({ scenario }, async (one) => {
    const id = await one.session('alice');
    const answer = await one.call(`/coze/sessions/${id}/messages`, 'alice', { message: 'go' });
    const { chat_id: chat } = resultOf(answer);
    expect(resultOf(answer)).toMatchObject({ status: 'succeeded', answer: 'sorry' });
    // Whoever watches is told what the bot is told.
    const { body: events } = await one.call(`/coze/chats/${chat}/events`, 'alice', undefined, {
      headers: { 'last-event-id': '0' },
    });
    const tools = [...String(events).matchAll(/event: tool\ndata: (.*)/g)].map(([, data]) =>
      JSON.parse(data!),
    );
    const failed = tools.filter(({ status }) => status === 'failed');
    expect(failed.map(({ tool, error }) => [tool, error.code])).toEqual(
      expect.arrayContaining([
        ['made_up', 'TOOL_UNKNOWN'],
        ['join_words', 'INPUT_INVALID'],
      ]),
    );
    expect(failed.every(({ error }) => error.message !== '')).toBe(true);
    expect(new Set(tools.map(({ call_id: id }) => id)).size).toBe(2);
    const admin = await house.store.tokens.create({ owner: 'admin', name: 'admin', scopes: [ADMIN_SCOPE] });
    const { body: metrics } = await one.call('/metrics', admin.text);
    // A bot may call anything by any name, and labels are kept for ever.
    expect(metrics).toContain('tool="unknown"');
    expect(metrics).not.toContain('made_up');
  });
});

test('a submit that was lost is sent again, and no tool runs twice', async () => {
  const lost: Fault = {
    id: 'F12',
    on: '/v3/chat/submit_tool_outputs',
    nth: 1,
    reply: { status: 200, headers: { 'content-type': 'text/event-stream' }, body: '' },
  };
  await withSessions({ scenario: oneTool, faults: [lost] }, async (one) => {
    const before = joined();
    const id = await one.session('alice');
    const answer = await one.call(`/coze/sessions/${id}/messages`, 'alice', { message: 'go' });
    expect(resultOf(answer)).toMatchObject({ status: 'succeeded', answer: 'done' });
    expect(joined()).toBe(before + 1);
  });
});

test('a refusal of Coze is told without its token', async () => {
  await withSessions({ scenario: oneTool, tokens: [] }, async (_one, _other, emulator) => {
    const client = createCozeClient({
      baseUrl: emulator.url,
      token: 'pat_wrong_token',
      retry: { maxAttempts: 1 },
    });
    await withSessions(
      {},
      async (place) => {
        const answer = await place.call('/coze/sessions', 'alice', {});
        expect(answer.status).toBe(502);
        expect(JSON.stringify(answer.body)).not.toContain('pat_wrong');
      },
      { sessions: { client, botId: 'b1', runsTools: true } },
    );
  });
});

test('what is asked wrongly is told', async () => {
  await withSessions({ scenario: oneTool }, async (one) => {
    const id = await one.session('alice');
    for (const body of [{}, { message: '' }, { message: 7 }, [], '"x"', { message: 'x'.repeat(100_001) }]) {
      const answer = await one.call(`/coze/sessions/${id}/messages`, 'alice', body);
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(answer.status).toBeLessThan(500);
      expect(answer.body.success).toBe(false);
    }
    expect((await one.call('/coze/sessions/none/messages', 'alice', { message: 'a' })).status).toBe(404);
    expect((await one.call('/coze/chats/none/result', 'alice')).status).toBe(404);
    expect((await one.call('/coze/sessions', 'alice', { bot_id: 7 })).status).toBe(400);
    expect((await one.call('/coze/health', 'nobody')).status).toBe(200);
  });
});

test('a session is deleted with its conversation', async () => {
  await withSessions({ scenario: oneTool }, async (one, other) => {
    const id = await one.session('alice');
    expect(
      resultOf(await one.call(`/coze/sessions/${id}`, 'alice', undefined, { method: 'DELETE' })),
    ).toMatchObject({
      deleted: true,
    });
    expect((await other.call(`/coze/sessions/${id}`, 'alice')).status).toBe(404);
  });
});

test('a session that is deleted ends its chat, for whoever waits for it in any process', async () => {
  await withSessions(
    {
      scenario: {
        turns: [
          { toolCalls: [{ name: 'slow_work', arguments: { gate: 'gone' } }], next: { answer: ['late'] } },
        ],
      },
    },
    async (one, other) => {
      closeGate('gone');
      const id = await one.session('alice');
      const waiting = one.call(`/coze/sessions/${id}/messages`, 'alice', { message: 'go' });
      const chat = async () => resultOf(await other.call(`/coze/sessions/${id}`, 'alice')).chat_id;
      await expect.poll(chat).toBeDefined();
      const stream = other.call(`/coze/chats/${await chat()}/events`, 'alice');
      await expect
        .poll(
          async () => (await house.store.events.read(`chat:${await chat()}`, { after: 1, limit: 1 })).length,
        )
        .toBe(1);
      await other.call(`/coze/sessions/${id}`, 'alice', undefined, { method: 'DELETE' });
      const answer = await waiting;
      expect(answer.status).toBe(404);
      expect(resultOf(answer)).toMatchObject({ error_code: 'SESSION_NOT_FOUND' });
      expect((await stream).body).toMatch(/event: failed\ndata: .*SESSION_NOT_FOUND.*\n\n$/);
      // The tool that it had called was stopped as well.
      await expect.poll(() => house.logged.some((line) => line.includes('"CANCELLED"'))).toBe(true);
    },
  );
});

test('whatever refuses a request, its answer has the form of the service', async () => {
  await withSessions({ scenario: oneTool }, async (one) => {
    const id = await one.session('alice');
    const refused: [string, string, unknown, RequestInit, number][] = [
      ['/coze/sessions', 'nobody', {}, {}, 401],
      ['/coze/sessions', 'alice', '{', {}, 400],
      ['/coze/sessions', 'alice', '{}', { headers: { 'content-type': 'text/plain' } }, 415],
      [`/coze/sessions/${id}`, 'alice', undefined, { method: 'PATCH' }, 405],
      ['/coze/chats/%ff/result', 'alice', undefined, {}, 400],
      ['/coze/chats/x/nothing', 'alice', undefined, {}, 404],
    ];
    for (const [path, who, body, init, status] of refused) {
      const answer = await one.call(path, who, body, init);
      expect([path, answer.status, answer.type]).toEqual([
        path,
        status,
        expect.stringContaining('application/json'),
      ]);
      expect(answer.body).toMatchObject({ success: false, timestamp: expect.any(String) });
      expect(resultOf(answer)).toMatchObject({ error_code: expect.any(String), message: expect.any(String) });
    }
  });
});
