import { expect, test } from 'vitest';
import { makePng } from '../../../tools/src/sample-media/index.ts';
import { failure, filesBelow, library, serve, sha256 } from './support.ts';

const red = Buffer.concat([makePng(30, 20, () => [255, 0, 0]), Buffer.alloc(1000)]);

/** A host that answers in two halves, the second one when it is told to. */
async function halves() {
  const rest = Promise.withResolvers<void>();
  const { origin, asked } = await serve(async (request, response) => {
    response.setHeader('content-length', red.length);
    response.setHeader('etag', '"1"');
    response.write(red.subarray(0, 100));
    await rest.promise;
    if (request.url === '/bad') response.destroy();
    else response.end(red.subarray(100));
  });
  return { origin, asked, finish: rest.resolve };
}

test('what is there within the budget is ready', async () => {
  const host = await halves();
  host.finish();
  const opened = await library().openWithin(host.origin, { budgetMs: 60_000 });
  expect(opened).toMatchObject({ state: 'ready', file: { sha256: sha256(red) } });
});

test('what is not goes on by itself, says how far it is, and others join it', async () => {
  const host = await halves();
  const { openWithin, open } = library();
  const caller = new AbortController();
  const opened = await openWithin(`${host.origin}/a.png#t=1`, { budgetMs: 50, signal: caller.signal });
  if (opened.state !== 'pending') return expect.unreachable('there was no second half yet');
  const { download } = opened;
  // The caller was answered; that it goes away now is no reason to stop.
  caller.abort(new Error('gone'));
  await expect
    .poll(() => download.progress(), { timeout: 20_000 })
    .toEqual({ source: `${host.origin}/a.png`, receivedBytes: 100, totalBytes: red.length });
  const again = await openWithin(`${host.origin}/a.png`, { budgetMs: 0 });
  expect(again.state).toBe('pending');
  const other = open(`${host.origin}/a.png`);
  host.finish();
  expect((await download.done).sha256).toBe(sha256(red));
  expect(await other).toEqual(await download.done);
  expect(await openWithin(`${host.origin}/a.png`, { budgetMs: 60_000 })).toMatchObject({ state: 'ready' });
  expect(host.asked).toHaveLength(1);
});

test('a failure within the budget is thrown, a later one is in the download', async () => {
  const host = await halves();
  const { openWithin } = library();
  await failure(openWithin('/etc/hostname', { budgetMs: 60_000 }), 'MEDIA_FORBIDDEN');
  await failure(openWithin('s3://a/b', { budgetMs: 60_000 }), 'MEDIA_ADDRESS_INVALID');
  const opened = await openWithin(`${host.origin}/bad`, { budgetMs: 0 });
  host.finish();
  if (opened.state !== 'pending') return expect.unreachable('nothing was there yet');
  await failure(opened.download.done, 'MEDIA_TRUNCATED');
});

test('the caller may leave within the budget, and the download may be cancelled after it', async () => {
  const host = await halves();
  const { openWithin } = library();
  const caller = new AbortController();
  const left = openWithin(`${host.origin}/1`, { budgetMs: 60_000, signal: caller.signal });
  caller.abort(new Error('gone'));
  await expect(left).rejects.toThrow('gone');
  const opened = await openWithin(`${host.origin}/2`, { budgetMs: 0 });
  if (opened.state !== 'pending') return expect.unreachable('nothing was there yet');
  opened.download.cancel(new Error('not wanted'));
  await expect(opened.download.done).rejects.toThrow('not wanted');
});

test('closing the library ends what goes on, keeps what has arrived, and leaves no unheard error', async () => {
  const host = await halves();
  const { openWithin, close, cacheFolder } = library();
  const opened = await openWithin(`${host.origin}/a.png`, { budgetMs: 0 });
  if (opened.state !== 'pending') return expect.unreachable('nothing was there yet');
  await expect.poll(() => opened.download.progress()?.receivedBytes, { timeout: 20_000 }).toBe(100);
  await close();
  await failure(opened.download.done, 'CANCELLED');
  expect((await filesBelow(cacheFolder)).filter((path) => path.endsWith('data'))).toHaveLength(1);
});
