import { execFileSync, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { UserError } from '@cozecut/problems';
import { describe, expect, onTestFinished, test } from 'vitest';
import { makePng, makeWav } from '../../../tools/src/sample-media/index.ts';
import { createMediaLibrary, type MediaProgress } from '../src/index.ts';
import {
  contentOf,
  failure,
  filesBelow,
  library,
  loopbackFetch,
  serve,
  sha256,
  temporaryFolder,
} from './support.ts';

const red = makePng(30, 20, () => [255, 0, 0]);
const blue = makePng(20, 30, () => [0, 0, 255]);

test('a picture in a data: address is a file like any other', async () => {
  const { open, cacheFolder } = library();
  const file = await open(`data:image/png;base64,${Buffer.from(red).toString('base64')}`);
  expect(file).toMatchObject({
    sha256: sha256(red),
    bytes: red.length,
    facts: { kind: 'photo', width: 30, height: 20 },
  });
  expect(await readFile(file.path)).toEqual(Buffer.from(red));
  await failure(open('data:image/png;base64,AAAA'), 'MEDIA_UNSUPPORTED');
  expect(await contentOf(cacheFolder)).toEqual([`${sha256(red)}.png`]);
});

describe('a download', () => {
  test('lands in the cache under its content, whatever its address says', async () => {
    const { origin } = await serve((_, response) => {
      response.writeHead(200, { 'content-type': 'video/mp4' }).end(red);
    });
    const seen: MediaProgress[] = [];
    const { open, cacheFolder } = library({ onProgress: (progress) => seen.push(progress) });
    const file = await open(`${origin}/a/clip.mp4?sign=1#t=2`);
    expect(file).toEqual({
      path: expect.stringContaining(cacheFolder),
      name: 'clip.mp4',
      sha256: sha256(red),
      extension: 'png',
      bytes: red.length,
      facts: { kind: 'photo', width: 30, height: 20, durationUs: 0, hasAudio: false },
      streams: [],
    });
    expect(await readFile(file.path)).toEqual(Buffer.from(red));
    expect(await contentOf(cacheFolder)).toEqual([`${sha256(red)}.png`]);
    expect(seen.at(-1)).toEqual({
      source: `${origin}/a/clip.mp4?sign=1`,
      receivedBytes: red.length,
      totalBytes: undefined,
    });
  });

  test('is made once for all who ask, and again when the file is gone', async () => {
    const { origin, asked } = await serve((_, response) => setTimeout(() => response.end(red), 50));
    const { open } = library();
    const url = `${origin}/a.png`;
    const files = await Promise.all([open(url), open(url), open(`${url}#x`), open(url)]);
    expect(new Set(files.map(({ path }) => path)).size).toBe(1);
    await open(url);
    expect(asked).toEqual(['/a.png']);
    await rm(files[0].path);
    expect(await readFile((await open(url)).path)).toEqual(Buffer.from(red));
    expect(asked).toHaveLength(2);
  });

  test('keeps two files of one name apart and the same content together', async () => {
    const { origin } = await serve((request, response) =>
      response.end(request.url?.includes('blue') ? blue : red),
    );
    const { open, cacheFolder } = library();
    const [first, second, third] = await Promise.all(
      ['red/picture.png', 'blue/picture.png', 'red/Picture.PNG'].map((path) => open(`${origin}/${path}`)),
    );
    expect([first?.name, second?.name, third?.name]).toEqual(['picture.png', 'picture.png', 'Picture.PNG']);
    expect(second?.path).not.toBe(first?.path);
    expect(third?.path).toBe(first?.path);
    expect(await contentOf(cacheFolder)).toHaveLength(2);
  });

  test.each([
    ['/%E7%81%AB%E9%94%85%20%F0%9F%8D%B2.png', '火锅 🍲.png'],
    ['/Cafe%CC%81.png', 'Café.png'],
    ['/x/..%2F..%2Fetc%2Fpasswd', '_.._etc_passwd'],
    ['/a%00b%0Ac%E2%80%AEgnp.exe', 'abcgnp.exe'],
    ['/100%.png', '100%.png'],
    ['/folder/', 'folder'],
    ['/', 'media'],
    [`/${'n'.repeat(300)}.png`, `${'n'.repeat(116)}.png`],
  ])('from %s is shown as %j', async (path, name) => {
    const { origin } = await serve((_, response) => response.end(red));
    expect((await library().open(`${origin}${path}`)).name).toBe(name);
  });

  test.each([
    [404, 'MEDIA_NOT_FOUND'],
    [410, 'MEDIA_NOT_FOUND'],
    [403, 'MEDIA_UNREACHABLE'],
    [500, 'MEDIA_UNREACHABLE'],
  ])('answered with HTTP %i is %s, and may work the next time', async (status, code) => {
    let answer = status;
    const { origin } = await serve((_, response) => response.writeHead(answer).end(red));
    const { open } = library();
    const error = await failure(open(`${origin}/a.png?token=secret`), code);
    expect(error.message).toContain(`HTTP ${status}`);
    expect(error.message).not.toContain('secret');
    answer = 200;
    expect((await open(`${origin}/a.png?token=secret`)).facts.kind).toBe('photo');
  });

  test('that fails in any way leaves nothing behind', async () => {
    const { origin } = await serve((request, response) => {
      if (request.url === '/truncated') {
        response.writeHead(200, { 'content-length': '1000' });
        response.write(red.subarray(0, 50), () => response.destroy());
      } else if (request.url === '/page') response.end('<!doctype html><title>Sign in</title>');
      else if (request.url === '/empty') response.end();
      else if (request.url === '/large') response.end(Buffer.alloc(200_000));
      else response.write(red);
    });
    const fetch = loopbackFetch({ maxBytes: 100_000, totalTimeoutMs: 400 });
    const { open, close, cacheFolder } = library({ fetch });
    await failure(open(`${origin}/truncated`), 'MEDIA_TRUNCATED');
    await failure(open(`${origin}/large`), 'MEDIA_TOO_LARGE');
    await failure(open(`${origin}/hangs`), 'MEDIA_TIMEOUT');
    expect((await failure(open(`${origin}/page`), 'MEDIA_UNSUPPORTED')).message).toContain('web page');
    expect((await failure(open(`${origin}/empty`), 'MEDIA_UNSUPPORTED')).message).toContain('is empty');
    await failure(open(`${origin.replace('127.0.0.1', 'localhost')}/x`), 'EGRESS_DENIED');
    await close();
    expect(await filesBelow(cacheFolder)).toEqual([]);
  });

  test('goes on for the others when one of them gives up, and stops when all do', async () => {
    const arrived = Promise.withResolvers<void>();
    const stopped = Promise.withResolvers<void>();
    const finish = Promise.withResolvers<void>();
    const closable = Promise.withResolvers<void>();
    const { origin } = await serve(async (request, response) => {
      response.write(red.subarray(0, 100));
      arrived.resolve();
      if (request.url === '/stopped') {
        closable.resolve();
        await once(response, 'close');
        stopped.resolve();
      } else {
        await finish.promise;
        response.end(red.subarray(100));
      }
    });
    const { open, cacheFolder } = library();
    const leaver = new AbortController();
    const left = open(`${origin}/a.png`, { signal: leaver.signal });
    const stays = open(`${origin}/a.png`);
    await arrived.promise;
    leaver.abort(new Error('no time'));
    await expect(left).rejects.toThrow('no time');
    finish.resolve();
    expect((await stays).sha256).toBe(sha256(red));

    const only = new AbortController();
    const work = open(`${origin}/stopped`, { signal: only.signal });
    await closable.promise;
    only.abort(new Error('all gone'));
    await expect(work).rejects.toThrow('all gone');
    await stopped.promise;
    expect(await contentOf(cacheFolder)).toHaveLength(1);
  });

  test.each(['ftp://127.0.0.1/a.mp4', 'data:text/plain,hi', 'http://', 's3://bucket/key'])(
    '%s is no address for media',
    async (source) => {
      await failure(library().open(source), 'MEDIA_ADDRESS_INVALID');
    },
  );
});

/** What a library that opens local files alone has no use for. */
const unused = { fetch, cacheFolder: '/nowhere', uuid: randomUUID };

describe('a local file', () => {
  test('by absolute path, relative path and file: address; it stays where it is', async () => {
    const root = temporaryFolder();
    const path = join(root, 'sub folder', '火锅.png');
    await mkdir(join(root, 'sub folder'));
    await writeFile(path, red);
    const { open, cacheFolder } = library({ mediaRoots: [root, temporaryFolder()] });
    const sources = [
      path,
      'sub folder/火锅.png',
      './sub folder/../sub folder/火锅.png',
      pathToFileURL(path).href,
    ];
    for (const source of sources) {
      expect(await open(source)).toMatchObject({
        path,
        name: '火锅.png',
        sha256: sha256(red),
        bytes: red.length,
      });
    }
    await expect(readdir(cacheFolder)).rejects.toThrow('ENOENT');
  });

  test('is read again when it changed', async () => {
    const root = temporaryFolder();
    const { open } = library({ mediaRoots: [root] });
    await writeFile(join(root, 'a'), red);
    expect((await open('a')).sha256).toBe(sha256(red));
    await writeFile(join(root, 'a'), makeWav(1, [() => 0]));
    expect((await open('a')).facts.kind).toBe('audio');
  });

  test('outside the roots is forbidden, by whatever way, whether it exists or not', async () => {
    const outside = temporaryFolder();
    await writeFile(join(outside, 'secret.png'), red);
    const root = temporaryFolder();
    await symlink(join(outside, 'secret.png'), join(root, 'link.png'));
    await symlink(outside, join(root, 'folder'));
    const { open } = library({ mediaRoots: [root] });
    const up = `../${basename(outside)}/secret.png`;
    for (const source of [
      join(outside, 'secret.png'),
      join(outside, 'not there.png'),
      up,
      'link.png',
      'folder/secret.png',
      pathToFileURL(join(outside, 'secret.png')).href,
      `${root}-sibling/a.png`,
      '/etc/passwd',
    ]) {
      await failure(open(source), 'MEDIA_FORBIDDEN');
    }
  });

  test('through a link that stays inside, or roots that are links themselves, is fine', async () => {
    const root = temporaryFolder();
    await writeFile(join(root, 'real.png'), red);
    await symlink('real.png', join(root, 'link.png'));
    expect(await library({ mediaRoots: [root] }).open('link.png')).toMatchObject({
      path: join(root, 'real.png'),
      name: 'link.png',
    });
    const alias = join(temporaryFolder(), 'alias');
    await symlink(root, alias);
    expect((await library({ mediaRoots: [alias] }).open('real.png')).path).toBe(join(root, 'real.png'));
  });

  test('is refused altogether without roots', async () => {
    const error = await failure(library().open('/etc/hostname'), 'MEDIA_FORBIDDEN');
    expect(error.message).toContain('local files may not be opened');
  });

  test('that is not there, a folder, empty, or a strange address says so', async () => {
    const root = temporaryFolder();
    await mkdir(join(root, 'folder'));
    await writeFile(join(root, 'empty.mp4'), '');
    const { open } = library({ mediaRoots: [root] });
    const missing = await failure(open('gone.mp4'), 'MEDIA_NOT_FOUND');
    expect(missing.message).toContain(join(root, 'gone.mp4'));
    await failure(open('empty.mp4/gone.mp4'), 'MEDIA_NOT_FOUND');
    expect((await failure(open('folder'), 'MEDIA_UNSUPPORTED')).message).toContain('found a folder');
    expect((await failure(open('empty.mp4'), 'MEDIA_UNSUPPORTED')).message).toContain('is empty');
    await failure(open('file://elsewhere/a.mp4'), 'MEDIA_ADDRESS_INVALID');
    await failure(open('nul\0.mp4'), 'MEDIA_UNSUPPORTED');
  });

  test.skipIf(process.platform !== 'linux')(
    'that somebody keeps replacing with a link is never the one behind the link',
    async () => {
      const [root, outside] = [temporaryFolder(), temporaryFolder()];
      const [allowed, secret] = [join(outside, 'allowed.png'), join(outside, 'secret.png')];
      await writeFile(allowed, red);
      await writeFile(secret, blue);
      const place = join(root, 'a.png');
      await writeFile(place, red);
      const script = join(import.meta.dirname, 'child/swap-link.ts');
      const swapper = spawn(process.execPath, [script, place, allowed, secret], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      onTestFinished(() => void swapper.kill('SIGKILL'));
      await once(swapper.stdout, 'data');
      const outcomes = new Set<string>();
      for (let attempt = 0; attempt < 300 || !outcomes.has(sha256(red)); attempt++) {
        const { open } = createMediaLibrary({ ...unused, mediaRoots: [root] });
        outcomes.add(
          await open('a.png').then(
            (file) => file.sha256,
            (error: UserError) => error.code,
          ),
        );
      }
      // A file that is being replaced may also look as if it were not there, or cut off.
      expect([...outcomes].filter((outcome) => !outcome.startsWith('MEDIA_'))).toEqual([sha256(red)]);
      expect(outcomes).toContain('MEDIA_FORBIDDEN');
    },
  );

  test.skipIf(process.platform === 'win32')('that is a pipe is not waited for', async () => {
    const root = temporaryFolder();
    execFileSync('mkfifo', [join(root, 'pipe.mp4')]);
    const error = await failure(library({ mediaRoots: [root] }).open('pipe.mp4'), 'MEDIA_UNSUPPORTED');
    expect(error.message).toContain('a device, socket or pipe');
  });

  test('is not opened for a caller who is gone', async () => {
    const { open } = createMediaLibrary({ ...unused, mediaRoots: [temporaryFolder()] });
    await expect(open('a.png', { signal: AbortSignal.abort(new Error('gone')) })).rejects.toThrow('gone');
  });
});
