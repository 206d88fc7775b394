import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { MAX_ATTEMPTS, MAX_DELAY_MS } from '../src/download/retry.ts';
import { EGRESS_LIMITS, MEDIA_LIMITS } from '../src/index.ts';

test('the guide has the limits as they are', async () => {
  const guide = await readFile(join(import.meta.dirname, '../../../docs/guides/media.md'), 'utf8');
  const rows = guide
    .split('## Limits')[1]!
    .split('## ')[0]!
    .split('\n')
    .flatMap((line) => [/^\| ([^|]+) \| ([^|]+) \|/.exec(line) ?? []])
    .map(([, name, value]) => [name, value]);
  const table = Object.fromEntries(rows.slice(rows.findIndex(([name]) => name?.startsWith('`egress'))));
  const seconds = (ms: number) => `${ms / 1000} s`;
  const limits = EGRESS_LIMITS;
  expect(table).toMatchObject({
    'one download with all its attempts': seconds(MEDIA_LIMITS.totalTimeoutMs),
    'one request, with its waiting and its redirects': seconds(limits.totalTimeoutMs),
    'lookup and connection': seconds(limits.connectTimeoutMs),
    'rate of a body': `${limits.minBytesPerSecond} bytes in a second, ${seconds(limits.slowGraceMs)} of lag in all`,
    redirects: String(limits.maxRedirects),
    'headers of an answer': `${limits.maxHeaderBytes / 1024} KiB`,
    'requests at once': String(limits.maxConcurrent),
    'requests at once to one host and port': String(limits.maxConcurrentPerHost),
    'requests that wait': String(limits.maxWaiting),
    attempts: String(MAX_ATTEMPTS),
    'pause that a host may ask for with `Retry-After`': seconds(MAX_DELAY_MS),
    'cache folder': `${MEDIA_LIMITS.maxCacheBytes / 2 ** 30} GiB`,
  });
  // Every limit has its row.
  expect(Object.keys(limits)).toHaveLength(9);
});
