import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { CozeError, createCozeClient, DEFAULT_RETRY, REMOTE_CODES } from '../src/index.ts';

const guide = readFileSync(new URL('../../../docs/guides/coze.md', import.meta.url), 'utf8');

test('the guide has every code of Coze with what to do about it', () => {
  const rows = new Map<string, { numbers: string[]; retry: string; meaning: string }>();
  for (const [number, { code, retry, meaning }] of REMOTE_CODES) {
    const row = rows.get(code) ?? { numbers: [], retry, meaning };
    row.numbers.push(number);
    // One code is one thing to do, whichever number it came with.
    expect({ code, retry }).toEqual({ code, retry: row.retry });
    rows.set(code, row);
  }
  const expected = [...rows].map(
    ([code, { numbers, retry, meaning }]) =>
      `| \`${code}\` | ${numbers.join(', ')} | ${retry} | ${meaning} |`,
  );
  expect(guide.split('\n').filter((line) => /^\| `COZE_/.test(line))).toEqual(expected);
});

test('the guide has the limits that hold', async () => {
  expect(DEFAULT_RETRY).toEqual({ maxAttempts: 4, baseMs: 500, capMs: 8_000, maxRetryAfterMs: 60_000 });
  const after: number[] = [];
  const clock = {
    nowMs: () => 0,
    after(delayMs: number) {
      after.push(delayMs);
      return () => {};
    },
  };
  const fetch = async (): Promise<Response> => {
    throw new CozeError('X', '', { operation: '', retry: 'never' });
  };
  const client = createCozeClient({ token: 't', clock, fetch });
  const run = { workflowId: '1', parameters: {} };
  await client.chat
    .stream({ botId: '1', userId: '1' })
    .next()
    .catch(() => {});
  await client.chat.cancel({ conversationId: '1', chatId: '2' }).catch(() => {});
  await client.workflows.run(run).catch(() => {});
  await client.files.upload({ name: 'a', content: new Blob(['a']) }).catch(() => {});
  expect(after).toEqual([240_000, 30_000, 100_000, 600_000]);
  for (const seconds of after.map((ms) => `${ms / 1000} s`)) expect(guide).toContain(seconds);
});
