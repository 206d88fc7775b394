import { generateKeyPairSync } from 'node:crypto';
import { createReadStream, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CozeAPI,
  getDeviceCode,
  getDeviceToken,
  getJWTToken,
  getPKCEAuthenticationUrl,
  getPKCEOAuthToken,
  getWebAuthenticationUrl,
  getWebOAuthToken,
  RoleType,
  refreshOAuthToken,
} from '@coze/api';
import { describe, expect, test } from 'vitest';
import { type EmulatorOptions, type Fault, shippedScenario } from '../src/index.ts';
import { start, WORKFLOW } from './support.ts';

async function sdk(options: EmulatorOptions = {}) {
  const emulator = await start(options);
  return { emulator, coze: new CozeAPI({ baseURL: emulator.url, token: emulator.token }) };
}

/** Names of the events, and the error that ended them. */
async function outcome(events: AsyncIterable<{ event: string }>) {
  const names: string[] = [];
  try {
    for await (const { event } of events) names.push(event);
    return { names, error: undefined };
  } catch (error) {
    return { names, error: error as Error };
  }
}
const question = { bot_id: 'b1', user_id: 'u1' };

describe('the official SDK', () => {
  test('uploads a file from a stream and looks it up', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'emulator-'));
    try {
      writeFileSync(join(folder, 'a.txt'), 'hello');
      const { coze } = await sdk();
      const file = await coze.files.upload({ file: createReadStream(join(folder, 'a.txt')) });
      expect(file).toMatchObject({ bytes: 5, file_name: 'a.txt', id: expect.stringMatching(/^\d+$/) });
      expect(await coze.files.retrieve(file.id)).toEqual(file);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test('lists bots and workspaces', async () => {
    const { coze } = await sdk({
      bots: [
        { id: '1', name: 'One' },
        { id: '2', published: false },
      ],
    });
    const { workspaces } = await coze.workspaces.list();
    const { items, total } = await coze.bots.listNew({ workspace_id: workspaces[0]!.id });
    expect([items, total]).toMatchObject([[{ id: '1', name: 'One', is_published: true }], 1]);
    expect(await coze.bots.retrieveNew('2')).toMatchObject({ bot_id: '2' });
  });

  test('is told the time of the emulator', async () => {
    const { emulator } = await sdk({ clock: 'manual' });
    const { headers } = await fetch(emulator.url);
    expect(headers.get('date')).toBe(new Date(emulator.nowMs()).toUTCString());
  });

  test('keeps conversations and messages', async () => {
    const { coze } = await sdk();
    const made = await coze.conversations.create({ bot_id: 'b1', meta_data: { k: 'v' } } as never);
    const { conversations } = await coze.conversations.list({ bot_id: 'b1' } as never);
    expect(conversations.map(({ id }) => id)).toEqual([made.id]);
    const message = await coze.conversations.messages.create(made.id, {
      role: RoleType.User,
      content: 'hi',
      content_type: 'text',
      meta_data: {},
    });
    expect((await coze.conversations.messages.retrieve(made.id, message.id)).content).toBe('hi');
    const changed = await coze.conversations.messages.update(made.id, message.id, { content: 'ho' });
    expect(changed.content).toBe('ho');
    const listed = await coze.conversations.messages.list(made.id, {});
    expect(listed.data.map(({ content }) => content)).toEqual(['ho']);
    await coze.conversations.messages.delete(made.id, message.id);
    expect((await coze.conversations.messages.list(made.id, {})).data).toEqual([]);
    expect((await coze.conversations.clear(made.id)).conversation_id).toBe(made.id);
  });

  test('streams and resumes a workflow, and reads its history', async () => {
    const { coze } = await sdk({ scenario: shippedScenario('k6-local-plugin') });
    const seen: { event: string; data?: unknown }[] = [];
    const start = { workflow_id: WORKFLOW, parameters: {} };
    for await (const { event, data } of coze.workflows.runs.stream(start)) seen.push({ event, data });
    expect(seen.map(({ event }) => event)).toEqual(['Interrupt']);
    const { interrupt_data: interrupt } = seen[0]!.data as {
      interrupt_data: { event_id: string; type: number };
    };
    const resumed = coze.workflows.runs.resume({
      workflow_id: WORKFLOW,
      event_id: interrupt.event_id,
      interrupt_type: interrupt.type,
      resume_data: '{"content":"x"}',
    });
    expect((await outcome(resumed)).names).toEqual(['Message', 'Done']);
    const history = await coze.workflows.runs.history(WORKFLOW, interrupt.event_id.split('/')[0]!);
    expect((history as unknown as { execute_status: string }[])[0]?.execute_status).toBe('Success');
  });

  test('streams a chatflow', async () => {
    const { coze } = await sdk({ scenario: shippedScenario('l-chatflow') });
    const events = coze.workflows.chat.stream({
      workflow_id: WORKFLOW,
      bot_id: 'b1',
      parameters: {},
      additional_messages: [{ role: RoleType.User, content: 'weather', content_type: 'text' }],
    });
    const { names, error } = await outcome(events);
    expect(error).toBeUndefined();
    expect(names).toContain('conversation.chat.requires_action');
    expect(names.at(-1)).toBe('done');
  });
});

describe('the official SDK gets tokens', () => {
  const keys = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  const options: EmulatorOptions = {
    oauthApps: [
      { id: 'jwt', publicKeys: { kid: keys.publicKey } },
      { id: 'web', secret: 'secret' },
      { id: 'public' },
    ],
    devicePolls: 0,
  };
  const REDIRECT = 'https://app.test/back';
  const codeFrom = async (url: string) => {
    const response = await fetch(url, { redirect: 'manual' });
    return new URL(response.headers.get('location')!).searchParams.get('code')!;
  };
  const works = async (baseURL: string, token: string) =>
    expect((await new CozeAPI({ baseURL, token }).conversations.create({})).id).toMatch(/^\d+$/);

  test('by JWT', async () => {
    const { emulator } = await sdk(options);
    const got = await getJWTToken({
      baseURL: emulator.url,
      appId: 'jwt',
      aud: 'api.coze.cn',
      keyid: 'kid',
      privateKey: keys.privateKey,
      sessionName: 'ann',
    });
    expect(got.expires_in).toBe(Math.floor(emulator.nowMs() / 1000) + 900);
    await works(emulator.url, got.access_token);
    const wrong = { baseURL: emulator.url, appId: 'x', aud: 'a', keyid: 'k', privateKey: keys.privateKey };
    await expect(getJWTToken(wrong)).rejects.toMatchObject({ status: 401 });
  });

  test('by web code, and refreshes them', async () => {
    const { emulator } = await sdk(options);
    const url = getWebAuthenticationUrl({ baseURL: emulator.url, clientId: 'web', redirectUrl: REDIRECT });
    const app = { baseURL: emulator.url, clientId: 'web', clientSecret: 'secret' };
    const got = await getWebOAuthToken({ ...app, redirectUrl: REDIRECT, code: await codeFrom(url) });
    await works(emulator.url, got.access_token);
    const next = await refreshOAuthToken({ ...app, refreshToken: got.refresh_token });
    await works(emulator.url, next.access_token);
  });

  test('by PKCE', async () => {
    const { emulator } = await sdk(options);
    const app = { baseURL: emulator.url, clientId: 'public', redirectUrl: REDIRECT };
    const { url, codeVerifier } = await getPKCEAuthenticationUrl(app);
    const got = await getPKCEOAuthToken({ ...app, code: await codeFrom(url), codeVerifier });
    await works(emulator.url, got.access_token);
  });

  test('by device code', async () => {
    const { emulator } = await sdk(options);
    const app = { baseURL: emulator.url, clientId: 'public' };
    const { device_code: deviceCode } = await getDeviceCode(app);
    const got = await getDeviceToken({ ...app, deviceCode });
    await works(emulator.url, got.access_token);
  });
});

// What the SDK does when things go wrong was measured against another server. That it does the same here shows that
// the emulator is the service and not a mirror of our own client.
describe('@coze/api 1.3.9 shows its known defects', () => {
  const A = shippedScenario('a-answer');
  const bent = async (fault: Fault, scenario = A) => {
    const { coze } = await sdk({ scenario, faults: [fault] });
    return outcome(coze.chat.stream(question));
  };
  const COZE_ERROR = expect.objectContaining({ name: expect.stringMatching(/Error/) });

  test('a reset between frames or inside a line ends the stream as if all were well', async () => {
    for (const afterBytes of [417, 600, 900]) {
      const { names, error } = await bent({ id: 'F01', afterBytes });
      expect(error).toBeUndefined();
      expect(names).not.toContain('done');
    }
  });

  test('a clean end without done is an end; inside a line it is a parse error', async () => {
    expect(await bent({ id: 'F02' })).toMatchObject({ error: undefined });
    expect((await bent({ id: 'F02', afterBytes: 600 })).error?.message).toContain('Could not parse');
  });

  test('401 on a stream call has its class and no code', async () => {
    const { error } = await bent({ id: 'F09' });
    expect(error).toMatchObject({ name: 'AuthenticationError' });
    expect((error as Error & { code?: number }).code).toBeUndefined();
  });

  test('a JSON error with HTTP 200 is an event, or nothing at all', async () => {
    expect(await bent({ id: 'F12' })).toMatchObject({ names: ['error'], error: undefined });
    expect(await bent({ id: 'F12', variant: 'newline' })).toEqual({ names: [], error: undefined });
    expect(await bent({ id: 'F12', variant: 'pretty' })).toEqual({ names: [], error: undefined });
  });

  test('an error event is an event', async () => {
    expect((await bent({ id: 'F13' })).names).toEqual(['error']);
  });

  test('no line end after the last frame, several data lines and lone CR are refused', async () => {
    expect((await bent({ id: 'F03' })).error).toEqual(COZE_ERROR);
    expect((await bent({ id: 'F06' })).error).toEqual(COZE_ERROR);
    const cr = await bent({ id: 'F05', forms: ['cr'] });
    expect(cr.error !== undefined || cr.names.length === 0).toBe(true);
  });

  test('CRLF, comments and any chunks are read', async () => {
    const plain = await bent({ id: 'F14', on: '/nowhere' });
    expect(await bent({ id: 'F05', forms: ['crlf', 'comments'] })).toEqual(plain);
    expect(await bent({ id: 'F04' })).toEqual(plain);
  });

  test('every chat of a self-hosted service ends in an exception', async () => {
    const { coze } = await sdk({ dialect: 'studio', scenario: A });
    const { names, error } = await outcome(coze.chat.stream(question));
    expect(names).toContain('conversation.chat.completed');
    expect(error).toEqual(COZE_ERROR);
  });

  test('PING with an object is an event, PING without data an exception', async () => {
    const run = async (heartbeatData: '{}' | '') => {
      const scenario = shippedScenario('m-heartbeat-workflow');
      const { coze } = await sdk({ scenario, heartbeatData });
      return outcome(coze.workflows.runs.stream({ workflow_id: WORKFLOW, parameters: {} }));
    };
    expect((await run('{}')).names).toContain('PING');
    expect((await run('')).error).toEqual(COZE_ERROR);
  });

  test('retrieve is a POST, which a strict service has not', async () => {
    const { coze, emulator } = await sdk({ strictMethods: true });
    const chat = await coze.chat.create({ ...question, auto_save_history: true });
    await expect(coze.chat.retrieve(chat.conversation_id, chat.id)).rejects.toMatchObject({ status: 404 });
    expect(emulator.transcript().at(-1)?.method).toBe('POST');
  });

  test('a submit that nobody reads is not sent', async () => {
    const { coze, emulator } = await sdk({ scenario: shippedScenario('b-one-tool') });
    coze.chat.submitToolOutputs({ conversation_id: 'v', chat_id: 'c', tool_outputs: [], stream: true });
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(emulator.transcript()).toEqual([]);
  });
});
