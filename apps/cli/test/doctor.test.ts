import { once } from 'node:events';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { type Emulator, startEmulator } from '@cozecut/coze-emulator';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cozecut, temporaryFolder, withServer } from './support.ts';

const cwd = temporaryFolder();
const [PUBLISHED, DRAFT] = ['7300000000000000042', '7300000000000000043'];
const bots = [
  { id: PUBLISHED, name: 'Cutter' },
  { id: DRAFT, name: 'Half made', published: false },
];
let coze: Emulator;
/** Uses a port and answers nothing. */
let other: Server;

beforeAll(async () => {
  coze = await startEmulator({ bots, clock: 'real' });
  other = createServer((socket) => socket.destroy()).listen(0, '127.0.0.1');
  await once(other, 'listening');
});
afterAll(async () => {
  await coze.close();
  await new Promise((resolve) => other.close(resolve));
});

const taken = () => (other.address() as { port: number }).port;

function manifest(name: string, { bot, port }: { bot: string; port: number }): string {
  const folder = join(cwd, name);
  mkdirSync(folder);
  writeFileSync(
    join(folder, 'plugin.yaml'),
    `apiVersion: cozecut/v1
kind: Plugin
metadata: { name: trips, version: 1.0.0 }
tools:
  - name: ask
    summary: Plan
    handler: { http: { url: "https://api.example.com/plan", headers: { key: "{secret:PLAN_KEY}" } } }
    input: { type: object, properties: {} }
    output: { type: object, properties: { text: { type: string, description: Text } } }
bindings:
  bots: [{ name: cutter, region: cn, botId: "${bot}" }]
auth:
  server: [{ id: service, type: bearer, secret: "secret:PLUGIN_TOKEN" }]
  coze: { type: pat, secret: "secret:COZE_API_TOKEN" }
deployments:
  local: { modes: [cloud, manual], server: { host: 127.0.0.1, port: ${port} } }
`,
  );
  return folder;
}

interface Check {
  id: string;
  state: string;
  message: string;
  next?: string;
}

async function examine(folder: string, env: Record<string, string>) {
  const { code, stdout } = await cozecut(['doctor', '--json'], { cwd: folder, env });
  const checks = JSON.parse(stdout).checks as Check[];
  return { code, checks, of: (id: string) => checks.find((check) => check.id === id) };
}

test('a machine on which all is well', async () => {
  const folder = manifest('well', { bot: PUBLISHED, port: 0 });
  const { code, checks, of } = await withServer([], { cwd: folder, env: { PLAN_KEY: 'k' } }, (url) =>
    examine(folder, {
      COZE_API_TOKEN: coze.token,
      COZE_BASE_URL: coze.url,
      COZECUT_SERVER_PUBLIC_URL: url,
      PLAN_KEY: 'k',
      DRAFT_ROOT: folder,
    }),
  );
  expect({ code, bad: checks.filter(({ state }) => state === 'fail') }).toEqual({ code: 0, bad: [] });
  for (const id of ['node', 'settings', 'manifest', 'store', 'port', 'coze', 'bot cutter', 'clock']) {
    expect([id, of(id)?.state]).toEqual([id, id === 'store' ? expect.stringMatching(/ok|warn/) : 'ok']);
  }
  expect(of('public address')).toMatchObject({ state: 'ok', message: expect.stringContaining('/livez') });
  expect(of('secret:PLAN_KEY')?.state).toBe('ok');
  // Nobody but this machine calls the server.
  expect(of('secret:PLUGIN_TOKEN')?.state).toBe('skip');
  expect(of('DRAFT_ROOT')).toMatchObject({ state: 'ok', message: folder });
});

test('the version of the app is what its newest draft says', async () => {
  const folder = manifest('saved', { bot: PUBLISHED, port: 0 });
  const root = join(folder, 'drafts');
  mkdirSync(join(root, 'one'), { recursive: true });
  const platform = { app_source: 'lv', app_version: '5.9.0', device_id: 'd41d8cd9', os: 'windows' };
  const draft = {
    version: 360000,
    new_version: '110.0.0',
    platform,
    last_modified_platform: platform,
    tracks: [],
  };
  writeFileSync(join(root, 'one/draft_content.json'), JSON.stringify(draft));
  const { of } = await examine(folder, { DRAFT_ROOT: root, PLAN_KEY: 'k' });
  expect(of('DRAFT_ROOT')?.message).toBe(`${root}, last saved by jianying 5.9.0`);
});

test('every failure comes with the next step', async () => {
  const folder = manifest('ill', { bot: DRAFT, port: taken() });
  const { code, of } = await examine(folder, {
    COZE_API_TOKEN: coze.token,
    COZE_BASE_URL: coze.url,
    COZECUT_SERVER_PUBLIC_URL: `http://127.0.0.1:${taken()}`,
    ENABLE_AUTH: 'true',
    DRAFT_ROOT: './nothing',
    COZECUT_STROE: 'x',
  });
  expect(code).toBe(1);
  expect(of('settings')).toMatchObject({ state: 'warn', next: 'cozecut config check' });
  expect(of('port')).toMatchObject({ state: 'fail', next: 'cozecut serve --port 0' });
  expect(of('secret:PLUGIN_TOKEN')).toMatchObject({
    state: 'fail',
    next: expect.stringContaining('PLUGIN_TOKEN'),
  });
  expect(of('secret:PLAN_KEY')).toMatchObject({ state: 'fail', next: expect.stringContaining('PLAN_KEY') });
  expect(of('bot cutter')).toMatchObject({ state: 'fail', message: expect.stringContaining('Half made') });
  expect(of('bot cutter')?.next).toContain('cozecut bot list --all');
  expect(of('public address')).toMatchObject({ state: 'fail', next: 'cozecut serve' });
  expect(of('DRAFT_ROOT')?.state).toBe('fail');
  // Looking does not make anything.
  expect(of('store')?.message).toContain('made when it is needed');
  expect(existsSync(join(folder, '.cozecut'))).toBe(false);
});

test('an address that nobody knows is one to be set, not a server to be started', async () => {
  const env = { COZECUT_SERVER_PUBLIC_URL: `https://${'long'.repeat(16)}.example`, PLAN_KEY: 'k' };
  const { of } = await examine(manifest('nowhere', { bot: PUBLISHED, port: 0 }), env);
  expect(of('public address')).toMatchObject({
    state: 'fail',
    next: expect.stringContaining('COZECUT_SERVER_PUBLIC_URL'),
  });
});

test('a token that Coze refuses, and a clock that differs', async () => {
  const past = await startEmulator({ bots });
  const folder = join(cwd, 'ill');
  const refused = await examine(folder, { COZE_API_TOKEN: 'nonsense', COZE_BASE_URL: past.url });
  expect(refused.of('coze')).toMatchObject({ state: 'fail', next: 'cozecut auth status' });
  expect(refused.of('bot cutter')).toBeUndefined();
  // Its clock begins on a fixed day.
  expect(refused.of('clock')).toMatchObject({
    state: 'fail',
    message: expect.stringContaining('ahead of Coze'),
  });
  await past.close();
});

test('without a token nothing is contacted, and a broken manifest leaves the rest', async () => {
  const before = coze.transcript().length;
  const none = await examine(join(cwd, 'well'), { COZE_BASE_URL: coze.url, PLAN_KEY: 'k' });
  expect(none.of('coze')).toMatchObject({ state: 'fail', next: expect.stringContaining('COZE_API_TOKEN') });
  expect(coze.transcript()).toHaveLength(before);

  const folder = join(cwd, 'broken');
  mkdirSync(folder);
  writeFileSync(join(folder, 'plugin.yaml'), 'apiVersion: cozecut/v1\nkind: Plug\n');
  const { code, of } = await examine(folder, {});
  expect(code).toBe(1);
  expect(of('manifest')).toMatchObject({ state: 'fail', next: 'cozecut manifest check' });
  expect(of('node')?.state).toBe('ok');
  expect(of('store')).toBeUndefined();
});

test('an address that nobody answers at comes with the next step, in the language of the person', async () => {
  const folder = manifest('unreachable', { bot: PUBLISHED, port: 0 });
  const env = {
    COZE_API_TOKEN: 'pat_x',
    COZE_BASE_URL: `http://127.0.0.1:${taken()}`,
    DRAFT_ROOT: join(folder, 'none'),
  };
  const { code, stdout } = await cozecut(['doctor', '--lang', 'zh'], { cwd: folder, env });
  expect(code).toBe(1);
  expect(stdout).toMatch(/✗ coze {2}GET \/v1\/workspaces：没有应答：.*\n {2}→ 请检查 COZE_BASE_URL/);
  expect(stdout).toContain(`✗ DRAFT_ROOT  没有文件夹 ${join(folder, 'none')}\n  → 把 DRAFT_ROOT 设为`);
  const marks = stdout.split('\n').filter((line) => line.startsWith('✗'));
  expect(stdout.match(/\n {2}→ /g)?.length).toBeGreaterThanOrEqual(marks.length);
});
