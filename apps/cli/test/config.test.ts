import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { cozecut, temporaryFolder } from './support.ts';

const folder = temporaryFolder();

function setUp(name: string, dotEnv: string): string {
  const cwd = join(folder, name);
  mkdirSync(cwd);
  writeFileSync(join(cwd, '.env'), dotEnv);
  return cwd;
}

async function run(cwd: string, args: string[], env: Record<string, string> = {}) {
  const { code, stdout, stderr } = await cozecut(['config', ...args, '--json'], { cwd, env });
  return { code, stdout, stderr, output: JSON.parse(stdout) };
}

test('list says what each setting is and where it comes from, and shows no secret', async () => {
  const cwd = setUp(
    'list',
    'COZE_API_TOKEN=pat_from_file\nCOZECUT_STORE=postgres://me:hidden-word@host/db\n\nCOZECUT_RETRIES=2\n',
  );
  writeFileSync(join(cwd, 'token.txt'), 'from-a-file\n');
  const { code, stdout, output } = await run(cwd, ['list'], {
    COZECUT_RETRIES: '3',
    PLUGIN_TOKEN_FILE: join(cwd, 'token.txt'),
    COZE_API_URL: 'http://127.0.0.1:1',
    COZE_BOT_ID_FILE: join(cwd, 'nothing'),
  });
  expect(code).toBe(0);
  for (const secret of ['pat_from_file', 'hidden-word', 'from-a-file']) expect(stdout).not.toContain(secret);
  const named = Object.fromEntries(output.settings.map((one: { name: string }) => [one.name, one]));
  expect(named).toMatchObject({
    COZE_API_TOKEN: { value: '********', origin: '.env:1' },
    COZECUT_STORE: { key: 'store', value: 'postgres://me:********@host/db', origin: '.env:2' },
    COZECUT_RETRIES: { value: '3', origin: 'env' },
    PLUGIN_TOKEN: { value: '********', origin: 'env PLUGIN_TOKEN_FILE' },
    COZE_BASE_URL: { value: 'http://127.0.0.1:1', origin: 'env COZE_API_URL' },
    COZE_BOT_ID: { problem: expect.stringContaining('COZE_BOT_ID_FILE') },
    COZE_USER_ID: { origin: 'default', default: 'cozecut' },
  });
  expect(named.COZE_USER_ID).not.toHaveProperty('value');
});

test('check tells every mistake with its line, and what was probably meant', async () => {
  const cwd = setUp('check', 'COZECUT_TIMEOUT=soon\nCOZE_BOT_ID=editor\nCOZECUT_STROE=./data\n');
  const { code, output } = await run(cwd, ['check'], {
    COZECUT_RATE_PER_MINUTE: '0',
    COZECUT_SIGNING_KEY: 'too-short-a-key',
    COZECUT_CONFIG: 'missing.yaml',
    COZECUT_BLOBS: 'ftp://host/files',
    COZECUT_CORS_ORIGINS: 'https://a.example.com, https://b.example.com/',
  });
  expect(code).toBe(2);
  const found = output.problems.map(({ message, hint, location }: Record<string, unknown>) => [
    message,
    (location as { start?: { line: number } })?.start?.line,
    hint,
  ]);
  expect(found).toEqual([
    ['COZECUT_CONFIG must be the path of a manifest (got "missing.yaml")', undefined, expect.any(String)],
    ['COZECUT_BLOBS must be a folder or an s3:// address (got "ftp://host/files")', undefined, undefined],
    ['COZECUT_SIGNING_KEY must be a text of at least 32 characters (got another text)', undefined, undefined],
    ['COZECUT_RATE_PER_MINUTE must be a whole number > 0 (got "0")', undefined, undefined],
    [
      expect.stringMatching(
        /^COZECUT_CORS_ORIGINS must be origins such as https:\/\/page\.example\.com, .*\(got /,
      ),
      undefined,
      undefined,
    ],
    ['COZE_BOT_ID must be an id: digits (got "editor")', 2, undefined],
    [expect.stringContaining('COZECUT_TIMEOUT'), 1, undefined],
    ['there is no setting COZECUT_STROE', 3, 'did you mean "COZECUT_STORE"?'],
  ]);
});

test('check warns of what nothing reads and fails for mistakes only', async () => {
  const cwd = setUp('warn', 'COZECUT_PORT_FILE=x\n');
  const { code, output } = await run(cwd, ['check'], { ENABLE_AUTH: 'yes', COZECUT_TIMEOUT: '3s' });
  expect(code).toBe(0);
  expect(output.problems).toMatchObject([{ code: 'SETTING_UNKNOWN', severity: 'warning' }]);
});

test('path names the files that are read', async () => {
  const cwd = setUp('path', 'COZE_USER_ID_FILE=who.txt\n');
  writeFileSync(join(cwd, 'who.txt'), 'alice');
  writeFileSync(
    join(cwd, 'plugin.yaml'),
    'apiVersion: cozecut/v1\nkind: Plugin\nmetadata: { name: trips, version: 1.0.0 }\ninclude: [./tools/*.yaml]\n',
  );
  mkdirSync(join(cwd, 'tools'));
  writeFileSync(join(cwd, 'tools/ask.yaml'), 'name: ask\n');
  const { code, output } = await run(cwd, ['path']);
  expect(code).toBe(0);
  expect(output.files).toEqual([
    { path: join(cwd, '.env'), as: '.env' },
    { path: join(cwd, 'who.txt'), as: 'COZE_USER_ID_FILE' },
    { path: join(cwd, 'plugin.yaml'), as: 'manifest' },
    { path: join(cwd, 'tools/ask.yaml'), as: 'included' },
  ]);
});
