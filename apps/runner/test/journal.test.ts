import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest';
import { type FileJournal, type JournalOwner, openJournal as open } from '../src/index.ts';

const base = mkdtempSync(join(tmpdir(), 'cozecut-journal-'));
let folder: string;
let count = 0;
beforeEach(() => {
  folder = join(base, String(++count));
});
afterAll(() => rmSync(base, { recursive: true, force: true }));

const opened: FileJournal[] = [];
afterEach(async () => {
  for (const journal of opened.splice(0)) await journal.close().catch(() => {});
});

/** Opens a journal that is closed after the test, if it is not before. */
async function openJournal(...args: Parameters<typeof open>): Promise<FileJournal> {
  const journal = await open(...args);
  opened.push(journal);
  return journal;
}

/** A process that the test makes up; those in `alive` are running. */
const owner = (pid: number, alive: number[] = []): JournalOwner => ({
  pid,
  startedMs: Date.now(),
  isRunning: (other) => alive.includes(other),
});
const chat = { chatId: 'c1', conversationId: 'v1', botId: 'b1' };
const call = { chatId: 'c1', callId: 'k1' };

test('what was written outlives the process; a call is new only once', async () => {
  const first = await openJournal(folder, owner(1));
  await first.openChat(chat);
  expect(await first.begin(call, 'read_file')).toEqual({ state: 'new' });
  expect(await first.begin(call, 'read_file')).toEqual({ state: 'begun' });

  // The first is never closed: it was killed.
  const second = await openJournal(folder, owner(2));
  expect(second.openChats('b1')).toEqual([chat]);
  expect(second.openChats('b2')).toEqual([]);
  expect(await second.begin(call, 'read_file')).toEqual({ state: 'begun' });
  await second.finish(call, { ok: true, output: '{"a":"“\\n"}' });

  const third = await openJournal(folder, owner(3));
  expect(await third.begin(call, 'read_file')).toEqual({ state: 'done', ok: true, output: '{"a":"“\\n"}' });
  await third.endChat('c1');
  await third.close();
  expect((await openJournal(folder, owner(4))).openChats('b1')).toEqual([]);
});

test('of calls that begin at the same time one is new', async () => {
  const journal = await openJournal(folder, owner(1));
  const states = await Promise.all(Array.from({ length: 50 }, () => journal.begin(call, 'read_file')));
  expect(states.filter(({ state }) => state === 'new')).toHaveLength(1);
});

test('the journal of a process that runs is left alone, and so is one that somebody else has taken', async () => {
  const running = await openJournal(folder, owner(1));
  await running.openChat(chat);
  expect((await openJournal(folder, owner(2, [1]))).openChats('b1')).toEqual([]);
  const [a, b] = await Promise.all([openJournal(folder, owner(3, [2])), openJournal(folder, owner(4, [2]))]);
  expect([...a.openChats('b1'), ...b.openChats('b1')]).toEqual([chat]);
});

test('a file with the id of this process that is older than it is not its own', async () => {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, '7-1000-x.jsonl'), `${JSON.stringify({ type: 'chat', ...chat })}\n`);
  const journal = await openJournal(folder, owner(7, [7]));
  expect(journal.openChats('b1')).toEqual([chat]);
});

test('after a restart of the machine the id of a process may be that of another', async () => {
  mkdirSync(folder, { recursive: true });
  const line = `${JSON.stringify({ type: 'chat', ...chat })}\n`;
  writeFileSync(join(folder, '7-1000-x.jsonl'), line);
  writeFileSync(join(folder, '8-3000-x.jsonl'), line.replace('c1', 'c2'));
  const journal = await openJournal(folder, { ...owner(1, [7, 8]), offMs: 2000 });
  expect(journal.openChats('b1').map(({ chatId }) => chatId)).toEqual(['c1']);
});

test.each([
  ['a torn last line', (text: string) => text.slice(0, -9)],
  ['lines of others', (text: string) => `{"type":"later"}\n[]\nnull\nno json\n{"type":"chat"}\n${text}`],
  ['line ends of Windows', (text: string) => text.replaceAll('\n', '\r\n')],
])('a journal with %s is read as far as it goes', async (_, bend) => {
  mkdirSync(folder, { recursive: true });
  const lines = [
    { type: 'chat', ...chat },
    { type: 'begin', ...call, tool: 'read_file' },
    { type: 'done', ...call, ok: true, output: 'x' },
  ];
  const text = `${lines.map((line) => JSON.stringify(line)).join('\n')}\n`;
  writeFileSync(join(folder, '9-1000-x.jsonl'), bend(text));
  const journal = await openJournal(folder, owner(1));
  expect(journal.openChats('b1')).toEqual([chat]);
  expect((await journal.begin(call, 'read_file')).state).toMatch(/begun|done/);
});

test('nothing is left behind when there is nothing to remember', async () => {
  const journal = await openJournal(folder, owner(1));
  await journal.openChat(chat);
  await journal.begin(call, 'read_file');
  await journal.finish(call, { ok: true, output: 'x' });
  await journal.submitted('c1', ['k1']);
  await journal.endChat('c1');
  await journal.close();
  expect(readdirSync(folder)).toEqual([]);
});

test('a long life does not make the file long', async () => {
  const journal = await openJournal(folder, owner(1));
  const output = 'x'.repeat(100_000);
  for (let n = 0; n < 40; n++) {
    await journal.openChat({ ...chat, chatId: `c${n}` });
    await journal.finish({ chatId: `c${n}`, callId: 'k' }, { ok: true, output });
    await journal.endChat(`c${n}`);
  }
  const [name] = readdirSync(folder);
  expect(readFileSync(join(folder, name!)).length).toBeLessThan(1_400_000);
});

test('a folder that cannot be made is told', async () => {
  mkdirSync(base, { recursive: true });
  writeFileSync(join(base, 'file'), '');
  await expect(openJournal(join(base, 'file', 'below'))).rejects.toMatchObject({
    code: 'JOURNAL_FAILED',
    hint: expect.any(String),
  });
});
