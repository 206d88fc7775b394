import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, readFile, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { makePng } from '../../../tools/src/sample-media/index.ts';
import { contentOf, filesBelow, library, serve, sha256, temporaryFolder } from './support.ts';

const BYTES = 200_000;
const picture = (color: number) =>
  Buffer.concat([makePng(9, 9, () => [color, 0, 0]), Buffer.alloc(BYTES)]).subarray(0, BYTES);

interface Child {
  process: ChildProcess;
  lines: string[];
  /** Ends when a line with this start has come. */
  said(start: string): Promise<void>;
  /** Exit code, or the signal that ended it. */
  ended: Promise<number | string>;
}

/** A process that opens addresses; it goes away with the test. */
function openElsewhere(cacheFolder: string, maxCacheBytes: number, urls: readonly string[]): Child {
  const script = join(import.meta.dirname, 'child/open-media.ts');
  const args = ['--conditions=@cozecut/source', script, cacheFolder, String(maxCacheBytes), ...urls];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  const lines: string[] = [];
  let rest = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    const parts = (rest + text).split('\n');
    rest = parts.pop() ?? '';
    lines.push(...parts);
  });
  return {
    process: child,
    lines,
    said: async (start) => {
      while (!lines.some((line) => line.startsWith(start))) await once(child.stdout, 'data');
    },
    ended: once(child, 'close').then(([code, signal]) => code ?? signal),
  };
}

async function expectWholeContent(cacheFolder: string): Promise<void> {
  for (const name of await contentOf(cacheFolder)) {
    // Other processes go on and may have evicted it since it was listed.
    const content = await readFile(join(cacheFolder, name)).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error;
    });
    if (content !== undefined) expect(name).toBe(`${sha256(content)}.png`);
  }
}

test('processes that share a folder and are killed tear no file and take none from each other', async () => {
  const pictures = Array.from({ length: 6 }, (_, index) => picture(index));
  const { origin } = await serve((request, response) => {
    const content = pictures[Number(request.url?.slice(1))]!;
    response.setHeader('etag', '"1"');
    if (request.headers['if-none-match']) response.writeHead(304).end();
    else {
      response.write(content.subarray(0, 1000));
      setTimeout(() => response.end(content.subarray(1000)), 10);
    }
  });
  const cacheFolder = join(temporaryFolder(), 'cache');
  const urls = Array.from({ length: 14 }, (_, index) => `${origin}/${(index * 5) % 6}`);
  // Room for two of six, so that every process evicts all the time.
  const start = () => openElsewhere(cacheFolder, 2 * BYTES, urls);
  const children = Array.from({ length: 4 }, start);
  for (const [index, child] of children.slice(0, 2).entries()) {
    await child.said(index === 0 ? 'begun' : `ok ${origin}/${index}`);
    child.process.kill('SIGKILL');
    expect(await child.ended).toBe('SIGKILL');
    await expectWholeContent(cacheFolder);
  }
  for (const child of children.slice(2)) {
    expect(await child.ended).toBe(0);
    expect(child.lines.filter((line) => line.startsWith('ok'))).toHaveLength(urls.length);
  }
  await expectWholeContent(cacheFolder);
  // The next one clears away what the killed ones held on to.
  const last = library({ cacheFolder, maxCacheBytes: 2 * BYTES });
  await last.open(urls[0]!);
  expect(await readdir(join(cacheFolder, '.work/leases'))).toHaveLength(1);
  await last.close();
  expect((await filesBelow(cacheFolder)).filter((path) => /leases|\.tmp$/.test(path))).toEqual([]);
  expect((await contentOf(cacheFolder)).length).toBeLessThanOrEqual(2);
});

test('a download goes on where the process was killed', async () => {
  const content = picture(7);
  const asked: string[] = [];
  const { origin } = await serve((request, response) => {
    asked.push(request.headers.range ?? '-');
    response.setHeader('etag', '"1"');
    const start = Number(/\d+/.exec(request.headers.range ?? '')?.[0] ?? 0);
    if (start === 0) {
      response.setHeader('content-length', BYTES);
      response.write(content.subarray(0, 50_000));
    } else {
      response.setHeader('content-range', `bytes ${start}-${BYTES - 1}/${BYTES}`);
      response.writeHead(206).end(content.subarray(start));
    }
  });
  const cacheFolder = join(temporaryFolder(), 'cache');
  const child = openElsewhere(cacheFolder, 1e9, [origin]);
  await child.said('begun');
  child.process.kill('SIGKILL');
  await child.ended;
  expect((await library({ cacheFolder }).open(origin)).sha256).toBe(sha256(content));
  expect(asked).toHaveLength(2);
  expect(asked[1]).toMatch(/^bytes=[1-9]\d*-$/);
});

test('what processes of other machines hold on to stays until it is certainly forgotten', async () => {
  const cacheFolder = join(temporaryFolder(), 'cache');
  const leases = join(cacheFolder, '.work/leases');
  const [recent, old] = ['0123456789abcdef-1-recent', '0123456789abcdef-1-old'];
  for (const name of [recent, old]) {
    await mkdir(join(leases, name), { recursive: true });
    await writeFile(join(leases, name, 'a.png'), 'x');
  }
  const yesterday = Date.now() / 1000 - 25 * 3600;
  await utimes(join(leases, old), yesterday, yesterday);
  const { origin } = await serve((_, response) => response.end(picture(1)));
  const one = library({ cacheFolder });
  await one.open(origin);
  await one.close();
  expect(await readdir(leases)).toEqual([recent]);
  expect((await stat(join(leases, recent, 'a.png'))).size).toBe(1);
});
