import { randomUUID } from 'node:crypto';
import { access, readFile, rm, stat, writeFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { makePng } from '../../../tools/src/sample-media/index.ts';
import { type MediaLibraryOptions, sweepMediaCache } from '../src/index.ts';
import { contentOf, failure, filesBelow, library, serve, sha256, temporaryFolder } from './support.ts';

const red = makePng(30, 20, () => [255, 0, 0]);
const blue = makePng(20, 30, () => [0, 0, 255]);
const START_MS = Date.UTC(2026, 0, 2, 3, 4, 5);

/** Libraries one after the other over one folder, as calls make them, with a clock that is set by hand. */
function calls(options: Partial<MediaLibraryOptions> = {}) {
  const cacheFolder = join(temporaryFolder(), 'cache');
  let nowMs = START_MS;
  return {
    cacheFolder,
    pass: (seconds: number) => {
      nowMs += seconds * 1000;
    },
    call: () => library({ cacheFolder, now: () => nowMs, ...options }),
  };
}

/** A host whose content and headers can be changed; `conditions` are those of each request. */
async function host(headers: Record<string, string>) {
  const state = { content: red, headers, conditions: [] as string[] };
  const answer = (request: IncomingMessage, response: ServerResponse) => {
    const { 'if-none-match': match, 'if-modified-since': since } = request.headers;
    state.conditions.push(match ?? since ?? 'none');
    response.sendDate = false;
    for (const [name, value] of Object.entries(state.headers)) response.setHeader(name, value);
    const { etag, 'last-modified': modified } = state.headers;
    const isSame = match === undefined ? since !== undefined && since === modified : match === etag;
    if (isSame) response.writeHead(304).end();
    else response.end(state.content);
  };
  const { origin } = await serve(answer);
  return Object.assign(state, { url: `${origin}/a.png` });
}

describe('an address that was opened before', () => {
  test('is not asked again while its content is fresh, whatever library asks', async () => {
    const { call, pass } = calls();
    const page = await host({ 'cache-control': 'public, max-age=60', age: '20', etag: '"1"' });
    const first = await call().open(page.url);
    pass(39);
    expect(await call().open(page.url)).toEqual({ ...first, path: expect.any(String) });
    expect(page.conditions).toEqual(['none']);
    pass(2);
    await call().open(page.url);
    expect(page.conditions).toEqual(['none', '"1"']);
    // The answer 304 made it fresh again.
    pass(39);
    await call().open(page.url);
    expect(page.conditions).toHaveLength(2);
  });

  test.each([
    [{ etag: '"1"' }, '"1"'],
    [{ etag: 'W/"1"' }, 'W/"1"'],
    [{ 'last-modified': 'Fri, 02 Jan 2026 00:00:00 GMT' }, 'Fri, 02 Jan 2026 00:00:00 GMT'],
    [{ etag: '"1"', 'cache-control': 'no-cache, max-age=60' }, '"1"'],
    [{ etag: '"1"', expires: 'Thu, 01 Jan 2026 00:00:00 GMT' }, '"1"'],
    [{ etag: '"1"', expires: '0' }, '"1"'],
    [{ etag: '"1"', 'cache-control': 'private, max-age=0' }, '"1"'],
  ])('is asked whether it is still the same: %j', async (headers, condition) => {
    const { call } = calls();
    const page = await host(headers);
    const first = await call().open(page.url);
    const second = await call().open(page.url);
    expect([first.sha256, second.sha256]).toEqual([sha256(red), sha256(red)]);
    expect(second.facts).toEqual(first.facts);
    page.content = blue;
    page.headers = { ...headers, etag: '"2"', 'last-modified': 'Fri, 02 Jan 2026 01:00:00 GMT' };
    expect((await call().open(page.url)).sha256).toBe(sha256(blue));
    expect(page.conditions).toEqual(['none', condition, condition]);
  });

  test('is fresh until the time it names', async () => {
    const { call, pass } = calls();
    const page = await host({
      date: 'Fri, 02 Jan 2026 00:00:00 GMT',
      expires: 'Fri, 02 Jan 2026 00:01:00 GMT',
    });
    await call().open(page.url);
    pass(59);
    await call().open(page.url);
    expect(page.conditions).toHaveLength(1);
    pass(2);
    await call().open(page.url);
    expect(page.conditions).toHaveLength(2);
  });

  test.each([
    ['no-store', { 'cache-control': 'no-store, max-age=60', etag: '"1"' }],
    ['vary: *', { vary: '*', 'cache-control': 'max-age=60' }],
  ])('with %s is nowhere after its call', async (_, headers) => {
    const { call, cacheFolder } = calls();
    const page = await host(headers);
    const { open, close } = call();
    const { path } = await open(page.url);
    expect(await readFile(path)).toEqual(Buffer.from(red));
    expect(await contentOf(cacheFolder)).toEqual([]);
    await close();
    expect(await filesBelow(cacheFolder)).toEqual([]);
    await call().open(page.url);
    expect(page.conditions).toEqual(['none', 'none']);
  });

  test('that said nothing about itself is downloaded again', async () => {
    const { call } = calls();
    const page = await host({});
    await call().open(page.url);
    page.content = blue;
    expect((await call().open(page.url)).sha256).toBe(sha256(blue));
  });

  test('is downloaded again when its content is gone, and a wrong 304 is an error', async () => {
    const { call, cacheFolder } = calls();
    const page = await host({ etag: '"1"', 'cache-control': 'max-age=60' });
    const first = call();
    await first.open(page.url);
    await first.close();
    const [name = ''] = await contentOf(cacheFolder);
    await rm(join(cacheFolder, name));
    expect((await call().open(page.url)).sha256).toBe(sha256(red));
    const { origin } = await serve((_, response) => response.writeHead(304).end());
    await failure(call().open(origin), 'MEDIA_UNREACHABLE');
  });

  test('does not show in the folder, nor do its signatures', async () => {
    const { call, cacheFolder } = calls();
    const page = await host({ etag: '"1"' });
    await call().open(`${page.url}?X-Signature=secret`);
    for (const file of await filesBelow(cacheFolder)) {
      expect((await readFile(join(cacheFolder, file))).includes('secret'), file).toBe(false);
    }
  });

  test('is downloaded again when what is known about it is damaged', async () => {
    const { call, cacheFolder } = calls();
    const page = await host({ 'cache-control': 'max-age=60' });
    await call().open(page.url);
    const [entry = ''] = (await filesBelow(cacheFolder)).filter((file) => file.endsWith('.json'));
    for (const text of ['', '{', 'null', '[]', '{"version":1,"sha256":"../../etc/passwd","extension":"x"}']) {
      await writeFile(join(cacheFolder, entry), text);
      expect((await call().open(page.url)).sha256).toBe(sha256(red));
    }
    expect(page.conditions).toHaveLength(6);
  });
});

describe('the size of the cache', () => {
  const BYTES = 50_000;
  /** Pictures of one size; behind its end a PNG may hold anything. */
  const pictures = Array.from({ length: 4 }, (_, index) =>
    Buffer.concat([makePng(9, 9, () => [index, 0, 0]), Buffer.alloc(BYTES)]).subarray(0, BYTES),
  );
  const servePictures = () =>
    serve((request, response) => {
      response.setHeader('cache-control', 'max-age=3600');
      response.end(pictures[Number(request.url?.slice(1))]);
    });

  test('is kept by removing what was used longest ago', async () => {
    const { origin } = await servePictures();
    const { call, pass, cacheFolder } = calls({ maxCacheBytes: 3 * BYTES + 100 });
    const get = async (index: number) => {
      const one = call();
      await one.open(`${origin}/${index}`);
      await one.close();
      pass(1);
    };
    for (const index of [0, 1, 2, 0, 3]) await get(index);
    const left = [0, 2, 3].map((index) => `${sha256(pictures[index]!)}.png`).sort();
    expect(await contentOf(cacheFolder)).toEqual(left);
  });

  test('does not take away what another library uses, in any order', async () => {
    const { origin } = await servePictures();
    const { call, pass, cacheFolder } = calls({ maxCacheBytes: 1 });
    const holder = call();
    const held = await holder.open(`${origin}/0`);
    pass(60);
    const other = call();
    await other.open(`${origin}/1`);
    await other.close();
    expect(await readFile(held.path)).toEqual(Buffer.from(pictures[0]!));
    expect(await contentOf(cacheFolder)).toEqual([`${sha256(pictures[0]!)}.png`]);
    // Another process may have looked just before the link was made, and removes it all the same.
    await rm(join(cacheFolder, `${sha256(pictures[0]!)}.png`));
    expect(await readFile(held.path)).toEqual(Buffer.from(pictures[0]!));
    await holder.close();
    expect(await contentOf(cacheFolder)).toEqual([]);
    await expect(access(held.path)).rejects.toThrow('ENOENT');
  });

  test('counts one content once, and space that is shared', async () => {
    const { origin } = await serve((_, response) => response.end(red));
    const { call, cacheFolder } = calls();
    const one = call();
    const files = await Promise.all(['a', 'b', 'c'].map((path) => one.open(`${origin}/${path}`)));
    expect(new Set(files.map(({ path }) => path)).size).toBe(1);
    expect(await contentOf(cacheFolder)).toHaveLength(1);
    expect((await stat(files[0]!.path)).nlink).toBe(2);
  });
});

test('a folder that cannot be written to is told as such', async () => {
  const { origin } = await serve((_, response) => response.end(red));
  const cacheFolder = join(temporaryFolder(), 'a file');
  await writeFile(cacheFolder, '');
  const error = await failure(library({ cacheFolder }).open(origin), 'FOLDER_NOT_WRITABLE');
  expect(error.message).toContain(cacheFolder);
});

test('a library that is closed gives nothing more and leaves no trace of its own', async () => {
  const { origin } = await serve((_, response) => response.end(red));
  const { call, cacheFolder } = calls();
  const one = call();
  await one.open(origin);
  await one.close();
  await expect(one.open(origin)).rejects.toThrow('closed');
  expect((await filesBelow(cacheFolder)).filter((file) => file.includes('leases'))).toEqual([]);
  // A library that opened nothing makes no folder either.
  const untouched = join(temporaryFolder(), randomUUID());
  await library({ cacheFolder: untouched }).close();
  await expect(access(untouched)).rejects.toThrow('ENOENT');
});

test('a sweep makes a cache smaller that nobody adds to, and takes nothing that is used', async () => {
  const { cacheFolder, call, pass } = calls();
  const [one, two] = [await host({ etag: '"1"' }), await host({ etag: '"1"' })];
  two.content = blue;
  const first = call();
  await first.open(one.url);
  await first.close();
  pass(60);
  const using = call();
  const { path } = await using.open(two.url);
  const sweep = () =>
    sweepMediaCache({ folder: cacheFolder, maxBytes: 1, uuid: randomUUID, now: () => START_MS + 120_000 });
  await sweep();
  expect(await contentOf(cacheFolder)).toEqual([`${sha256(blue)}.png`]);
  expect(await readFile(path)).toEqual(blue);
  await using.close();
  await sweep();
  expect(await contentOf(cacheFolder)).toEqual([]);
  // A cache that was never used is not made.
  await sweepMediaCache({ folder: join(cacheFolder, 'none'), maxBytes: 1, uuid: randomUUID, now: Date.now });
  await expect(access(join(cacheFolder, 'none'))).rejects.toThrow();
});
