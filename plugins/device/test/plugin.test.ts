import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { diskFiles, loadManifest } from '@cozecut/manifest';
import { type CallResult, createHost, type HostServices } from '@cozecut/plugin-host';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { allowedPath } from '../src/allowed-path.ts';

const folder = mkdtempSync(join(tmpdir(), 'cozecut-device-'));
const root = join(folder, 'allowed');
const quiet = () => undefined;
const manifest = join(import.meta.dirname, '../plugin.yaml');

const host = createHost({
  plugin: loadManifest(manifest, { env: {}, lenient: ['bindings'], ...diskFiles }),
  services: {
    log: { debug: quiet, info: quiet, warn: quiet, error: console.error },
    fetch: () => Promise.reject(new Error('no network in this test')),
    drafts: {} as HostServices['drafts'],
    localRoots: [root],
    cacheFolder: join(folder, 'cache'),
    uuid: () => crypto.randomUUID(),
    now: Date.now,
  },
});

const call = (tool: string, input: unknown): Promise<CallResult> => host.call(tool, input, { mode: 'local' });

async function output(tool: string, input: unknown): Promise<Record<string, unknown>> {
  const result = await call(tool, input);
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.message}`);
  return result.output as Record<string, unknown>;
}

async function codeOf(tool: string, input: unknown): Promise<string> {
  const result = await call(tool, input);
  return result.ok ? 'ok' : result.error.code;
}

beforeAll(() => {
  for (const name of ['allowed/sub', 'allowed/.ssh', 'allowed-not', 'outside']) {
    mkdirSync(join(folder, name), { recursive: true });
  }
  for (const name of ['outside/secret.txt', 'allowed-not/b.txt', 'allowed/.env', 'allowed/.ssh/id_ed25519']) {
    writeFileSync(join(folder, name), 'secret');
  }
  writeFileSync(join(root, 'a.txt'), '你好, world');
  writeFileSync(join(root, 'sub/raw.bin'), Buffer.from([0, 255, 1, 254]));
  symlinkSync(join(folder, 'outside'), join(root, 'way-out'));
  symlinkSync(join(folder, 'outside/secret.txt'), join(root, 'secret-link.txt'));
  symlinkSync(join(root, '.env'), join(root, 'env-link.txt'));
  symlinkSync(join(root, 'a.txt'), join(root, 'inside-link.txt'));
  symlinkSync(join(root, 'loop'), join(root, 'loop'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('the tools are for local mode alone', async () => {
  expect(host.toolsFor('local').map(({ name }) => name)).toEqual(['screenshot', 'list_files', 'read_file']);
  for (const mode of ['cloud', 'manual', 'mcp'] as const) {
    expect(host.toolsFor(mode)).toEqual([]);
    expect(await host.call('list_files', {}, { mode })).toMatchObject({
      error: { code: 'MODE_NOT_ALLOWED' },
    });
  }
});

describe('paths', () => {
  test.each([
    '../outside/secret.txt',
    '../allowed-not/b.txt',
    'sub/../../outside/secret.txt',
    'way-out/secret.txt',
    'secret-link.txt',
    'env-link.txt',
    '.env',
    '.ssh/id_ed25519',
    'sub/../.env',
    '/etc/passwd',
    'a.txt\0.png',
  ])('%j may not be looked at', async (path) => {
    expect(await codeOf('read_file', { path })).toBe('FILE_FORBIDDEN');
  });

  test.each(['..', 'way-out', '.ssh', '/'])('the folder %j may not be listed', async (path) => {
    expect(await codeOf('list_files', { path })).toBe('FILE_FORBIDDEN');
  });

  test('what is not there outside is not told from what is', async () => {
    const answers = await Promise.all(
      ['../outside/secret.txt', '../outside/nothing.txt'].map((path) => call('read_file', { path })),
    );
    const [there, missing] = answers.map((answer) => (answer.ok ? '' : answer.error.message));
    expect(there?.replace('secret', 'x')).toBe(missing?.replace('nothing', 'x'));
  });

  test('without an allowed folder nothing may be looked at', async () => {
    await expect(allowedPath('a.txt', [])).rejects.toMatchObject({ code: 'FILE_FORBIDDEN' });
  });

  test('links inside of the folder, and absolute paths, are followed', async () => {
    expect(await output('read_file', { path: 'inside-link.txt' })).toMatchObject({ content: '你好, world' });
    expect(await output('read_file', { path: join(root, 'a.txt') })).toMatchObject({
      content: '你好, world',
    });
    const second = join(folder, 'outside');
    expect(await allowedPath(join(second, 'secret.txt'), [root, second])).toMatchObject({
      path: join(second, 'secret.txt'),
    });
  });

  test('a root may itself be a link, or hidden', async () => {
    const link = join(folder, 'root-link');
    symlinkSync(root, link);
    expect((await allowedPath('a.txt', [link])).path).toBe(join(link, 'a.txt'));
    expect((await allowedPath('id_ed25519', [join(root, '.ssh')])).path).toBe(join(root, '.ssh/id_ed25519'));
  });
});

describe('list_files', () => {
  test('names, kinds and sizes, without what is hidden', async () => {
    const { entries, truncated, path } = await output('list_files', {});
    expect(path).toBe(root);
    expect(truncated).toBe(false);
    expect(entries).toMatchObject([
      { name: 'a.txt', type: 'file', bytes: 13, modified_at: expect.stringMatching(/^\d{4}-.*Z$/) },
      { name: 'env-link.txt', type: 'link' },
      { name: 'inside-link.txt', type: 'link' },
      { name: 'loop', type: 'link' },
      { name: 'secret-link.txt', type: 'link' },
      { name: 'sub', type: 'folder' },
      { name: 'way-out', type: 'link' },
    ]);
  });

  test('a long folder is cut', async () => {
    const { entries, truncated } = await output('list_files', { max_entries: 2 });
    expect(entries).toHaveLength(2);
    expect(truncated).toBe(true);
  });

  test('what cannot be listed', async () => {
    expect(await codeOf('list_files', { path: 'a.txt' })).toBe('NOT_A_FOLDER');
    expect(await codeOf('list_files', { path: 'nothing' })).toBe('FILE_NOT_FOUND');
    expect(await codeOf('list_files', { max_entries: 1001 })).toBe('INPUT_INVALID');
  });
});

describe('read_file', () => {
  test('text in pieces joins to the whole, whatever the size of the pieces', async () => {
    const text = `${'字🎬é'.repeat(50)}end`;
    writeFileSync(join(root, 'long.txt'), text);
    for (const size of [4, 5, 6, 7, 64, 100_000]) {
      let joined = '';
      for (let offset: unknown = 0; offset !== undefined; ) {
        const part = await output('read_file', { path: 'long.txt', offset, max_bytes: size });
        expect(part.encoding).toBe('utf-8');
        joined += part.content as string;
        offset = part.next_offset;
      }
      expect(joined).toBe(text);
    }
  });

  test('anything else is base64, also in pieces', async () => {
    const bytes = Buffer.from(Array.from({ length: 1000 }, (_, index) => (index * 7) % 256));
    writeFileSync(join(root, 'sub/long.bin'), bytes);
    const parts: Buffer[] = [];
    for (let offset: unknown = 0; offset !== undefined; ) {
      const part = await output('read_file', { path: 'sub/long.bin', offset, max_bytes: 300 });
      parts.push(Buffer.from(part.content as string, part.encoding === 'base64' ? 'base64' : 'utf8'));
      offset = part.next_offset;
    }
    expect(Buffer.concat(parts)).toEqual(bytes);
    expect(await output('read_file', { path: 'sub/raw.bin' })).toMatchObject({
      encoding: 'base64',
      total_bytes: 4,
    });
  });

  test('a file is never read beyond the limit', async () => {
    writeFileSync(join(root, 'big.txt'), 'x'.repeat(2_000_000));
    const { content, total_bytes: total, next_offset: next } = await output('read_file', { path: 'big.txt' });
    expect((content as string).length).toBe(131_072);
    expect([total, next]).toEqual([2_000_000, 131_072]);
    expect(await codeOf('read_file', { path: 'big.txt', max_bytes: 10_000_000 })).toBe('INPUT_INVALID');
    expect(await output('read_file', { path: 'big.txt', offset: 5_000_000 })).toMatchObject({ content: '' });
  });

  test('an empty file, and what is no file', async () => {
    writeFileSync(join(root, 'empty.txt'), '');
    expect(await output('read_file', { path: 'empty.txt' })).toEqual({
      path: join(root, 'empty.txt'),
      encoding: 'utf-8',
      content: '',
      total_bytes: 0,
    });
    expect(await codeOf('read_file', { path: 'sub' })).toBe('NOT_A_FILE');
    expect(await codeOf('read_file', { path: 'loop' })).toBe('FILE_NOT_FOUND');
    expect(await codeOf('read_file', { path: 'nothing.txt' })).toBe('FILE_NOT_FOUND');
  });
});

describe.skipIf(process.platform !== 'linux')('screenshot on Linux', () => {
  const programs = join(folder, 'programs');
  const path = process.env.PATH;
  const program = (name: string, script: string) => {
    writeFileSync(join(programs, name), `#!/bin/sh\n${script}\n`);
    chmodSync(join(programs, name), 0o755);
  };
  const withPrograms = async <T>(value: string, use: () => Promise<T>): Promise<T> => {
    process.env.PATH = value;
    try {
      return await use();
    } finally {
      process.env.PATH = path;
    }
  };
  beforeAll(() => {
    mkdirSync(programs);
    program('xrandr', 'echo "HDMI-1 connected primary 1920x1080+0+0 (normal) 476mm x 268mm"');
    program('import', 'printf "\\211PNG picture"');
  });

  test('is a file with the picture', async () => {
    const { image } = await withPrograms(`${programs}${delimiter}${path}`, () => output('screenshot', {}));
    expect(existsSync(image as string)).toBe(true);
    expect(readFileSync(image as string, 'latin1')).toBe('\u0089PNG picture');
  });

  test('of a screen that is not there is a mistake of the caller', async () => {
    await withPrograms(`${programs}${delimiter}${path}`, async () => {
      expect(await codeOf('screenshot', { screen: 'HDMI-1' })).toBe('ok');
      expect(await codeOf('screenshot', { screen: 'DP-9; rm -rf /' })).toBe('INPUT_INVALID');
    });
  });

  test('without a desktop is not available, and says why', async () => {
    const empty = join(folder, 'no-programs');
    mkdirSync(empty);
    const result = await withPrograms(empty, () => call('screenshot', {}));
    expect(result).toMatchObject({
      ok: false,
      error: { code: 'NOT_AVAILABLE', message: expect.stringContaining('no screenshot can be taken here') },
    });
    program('xrandr', 'exit 0');
    expect(await withPrograms(`${programs}${delimiter}${path}`, () => codeOf('screenshot', {}))).toBe(
      'NOT_AVAILABLE',
    );
  });
});
