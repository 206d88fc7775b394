import { openAsBlob } from 'node:fs';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createCozeClient } from '../src/index.ts';
import { CHAT, collect, SCENARIO_A, withEmulator } from './support.ts';

describe('files', () => {
  test('are uploaded, and what is known of them is read', async () => {
    await withEmulator({}, async (_, client) => {
      const content = new Blob(['你好'], { type: 'text/plain' });
      const file = await client.files.upload({ name: '画 "1".txt', content });
      expect(file).toMatchObject({ id: expect.stringMatching(/^\d+$/), name: '画 "1".txt', sizeBytes: 6 });
      expect(await client.files.retrieve(file.id)).toEqual(file);
      await expect(client.files.retrieve('1&file_id=2')).rejects.toMatchObject({ code: 'COZE_NOT_FOUND' });
      const empty = client.files.upload({ name: 'a', content: new Blob([]) });
      await expect(empty).rejects.toMatchObject({ code: 'COZE_UPLOAD_EMPTY' });
    });
  });

  test('that are too large are not sent', async () => {
    await withEmulator({}, async (emulator, client) => {
      const upload = client.files.upload({ name: 'a.bin', content: new Blob(['123456']), maxBytes: 5 });
      await expect(upload).rejects.toMatchObject({
        code: 'TOO_LARGE',
        neverActed: true,
        message: 'POST /v1/files/upload: a.bin has 6 bytes, at most 5 can be uploaded',
      });
      expect(emulator.transcript()).toEqual([]);
    });
    await withEmulator({ maxUploadBytes: 1000 }, async (_, client) => {
      const upload = client.files.upload({ name: 'a.bin', content: new Blob(['x'.repeat(2000)]) });
      await expect(upload).rejects.toMatchObject({ code: 'COZE_UPLOAD_TOO_BIG' });
    });
  });

  test('are read piece by piece while they are sent, with their length', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'upload-'));
    const path = join(folder, 'large.bin');
    const SIZE = 96 * 1024 * 1024;
    const file = await open(path, 'w');
    await file.truncate(SIZE);
    await file.close();
    let received = 0;
    let heldBytes: number | undefined;
    let length: string | undefined;
    const before = process.memoryUsage().arrayBuffers;
    const server = createServer((req, res) => {
      length = req.headers['content-length'];
      const look = async () => {
        // Nobody reads: what the client takes into memory now, it would take for any file.
        req.pause();
        for (let last = -1; last !== heldBytes; ) {
          last = heldBytes ?? -1;
          await new Promise((resolve) => setTimeout(resolve, 50));
          heldBytes = process.memoryUsage().arrayBuffers - before;
        }
        req.resume();
      };
      req.once('data', look);
      req.on('data', (chunk: Buffer) => {
        received += chunk.length;
      });
      req.on('end', () => res.setHeader('content-type', 'application/json').end('{"data":{"id":"7"}}'));
    });
    try {
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      const { port } = server.address() as AddressInfo;
      const client = createCozeClient({ baseUrl: `http://127.0.0.1:${port}`, token: 't' });
      const content = await openAsBlob(path);
      expect(await client.files.upload({ name: 'large.bin', content })).toMatchObject({ id: '7' });
      expect(received).toBeGreaterThan(SIZE);
      expect(length).toBe(String(received));
      expect(heldBytes).toBeLessThan(SIZE / 2);
    } finally {
      server.close();
      await rm(folder, { recursive: true });
    }
  });
});

test('conversations and their messages', async () => {
  await withEmulator({ scenario: SCENARIO_A }, async (_, client) => {
    const made = await client.conversations.create({
      botId: 'b1',
      name: 'one',
      metaData: { k: 'v' },
      messages: [{ role: 'user', content: 'before' }],
    });
    expect(made).toMatchObject({ name: 'one', metaData: { k: 'v' }, sectionId: expect.any(String) });
    expect(await client.conversations.retrieve(made.id)).toEqual(made);
    expect(await client.conversations.rename(made.id, 'two')).toMatchObject({ id: made.id, name: 'two' });
    await client.conversations.create({ botId: 'b1' });
    const page = await client.conversations.list({ botId: 'b1', pageSize: 1 });
    expect(page).toMatchObject({ items: [{ name: '' }], hasMore: true });
    expect(await client.conversations.list({ botId: 'b1', page: 2, pageSize: 1 })).toMatchObject({
      items: [{ id: made.id }],
      hasMore: false,
    });
    const messages = [{ role: 'user' as const, content: 'now' }];
    await collect(client.chat.stream({ ...CHAT, conversationId: made.id, messages }));
    const list = await client.conversations.messages.list({
      conversationId: made.id,
      order: 'asc',
      limit: 2,
    });
    expect(list).toMatchObject({ items: [{ content: 'before' }, { content: 'now' }], hasMore: true });
    const rest = await client.conversations.messages.list({
      conversationId: made.id,
      order: 'asc',
      afterId: list.lastId,
    });
    expect(rest).toMatchObject({ items: [{ type: 'answer' }], hasMore: false, firstId: rest.lastId });
    const { sectionId } = await client.conversations.clear(made.id);
    expect(sectionId).not.toBe(made.sectionId);
    await client.conversations.delete(made.id);
    await expect(client.conversations.retrieve(made.id)).rejects.toMatchObject({ remoteCode: '4002' });
  });
});

test('bots, workspaces and workflows are listed page by page', async () => {
  const bots = [{ id: '1', name: 'Editor' }, { id: '2', published: false }, { id: '3' }];
  const workflows = { '41': { output: {} }, '42': { output: {} } };
  const scenario = { turns: [], workflows, chatflows: { '43': { answer: ['x'] } } };
  await withEmulator({ bots, scenario }, async (_, client) => {
    const { items: workspaces } = await client.workspaces.list();
    expect(workspaces).toMatchObject([
      { type: 'personal', role: 'owner', raw: { name: expect.any(String) } },
    ]);
    const workspaceId = workspaces[0]!.id;
    expect(await client.bots.list({ workspaceId, pageSize: 1 })).toMatchObject({
      items: [{ id: '1', name: 'Editor', isPublished: true }],
      total: 2,
      hasMore: true,
    });
    expect(await client.bots.list({ workspaceId, page: 2, pageSize: 1 })).toMatchObject({
      items: [{ id: '3' }],
      hasMore: false,
    });
    expect((await client.bots.list({ workspaceId, publishStatus: 'all' })).items).toHaveLength(3);
    expect(await client.bots.retrieve('1')).toMatchObject({ id: '1', name: 'Editor', raw: { version: '1' } });
    await expect(client.bots.retrieve('9')).rejects.toMatchObject({ code: 'COZE_NOT_FOUND' });
    expect(await client.workflows.list({ workspaceId, pageSize: 2 })).toMatchObject({
      items: [{ id: '41' }, { id: '42' }],
      hasMore: true,
    });
    expect((await client.workflows.list({ workspaceId, mode: 'chatflow' })).items).toMatchObject([
      { id: '43', appId: '' },
    ]);
  });
});

describe('a self-hosted service', () => {
  const studio = (url: string, token: string) =>
    createCozeClient({ region: 'studio', baseUrl: `${url}/`, token });

  test('says what it does not have', async () => {
    await withEmulator({ dialect: 'studio' }, async ({ url, token }) => {
      const client = studio(url, token);
      const submit = client.chat.submit({ conversationId: '1', chatId: '2', outputs: [] });
      await expect(submit).rejects.toMatchObject({
        code: 'COZE_NOT_SUPPORTED',
        retry: 'never',
        hint: expect.stringContaining('self-hosted'),
      });
      await expect(client.files.retrieve('1')).rejects.toMatchObject({ code: 'COZE_NOT_SUPPORTED' });
    });
  });

  test('ends chats in its own way, refuses tokens with 200, and has another run history', async () => {
    const workflows = { '42': { output: { a: 1 } } };
    await withEmulator({ dialect: 'studio', scenario: { ...SCENARIO_A, workflows } }, async (emulator) => {
      const client = studio(emulator.url, emulator.token);
      const { events, error } = await collect(client.chat.stream(CHAT));
      expect(error).toBeUndefined();
      expect(events.at(-1)).toMatchObject({ type: 'done' });
      const chat = events.find((event) => event.type === 'chat.completed')!.chat;
      expect(
        await client.chat.retrieve({ conversationId: chat.conversationId, chatId: chat.id }),
      ).toMatchObject({
        status: 'completed',
      });
      const bad = studio(emulator.url, 'wrong-token');
      expect((await collect(bad.chat.stream(CHAT))).error).toMatchObject({
        code: 'COZE_UNAUTHENTICATED',
        status: 200,
      });
      const run = await client.workflows.run({ workflowId: '42', parameters: {} });
      expect(await client.workflows.history({ workflowId: '42', executeId: run.executeId })).toMatchObject({
        status: 'success',
        output: { a: 1 },
      });
    });
  });

  test('a bot that stops to ask wants a reply', async () => {
    const scenario = { turns: [{ toolCalls: [{ name: 'f' }], next: { answer: ['ok'] } }] };
    await withEmulator({ dialect: 'studio', scenario }, async ({ url, token }) => {
      const { events, error } = await collect(studio(url, token).chat.stream(CHAT));
      expect(error).toBeUndefined();
      expect(events.slice(-2)).toMatchObject([
        {
          type: 'chat.requires_action',
          chat: { id: expect.stringMatching(/^\d+$/), toolCalls: [{ type: 'reply_message' }] },
        },
        { type: 'done' },
      ]);
    });
  });
});
