import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type Emulator, startEmulator } from '@cozecut/coze-emulator';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cozecut, start, temporaryFolder } from './support.ts';

const folder = temporaryFolder();
const home = join(folder, 'home');
const { publicKey, privateKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});
let coze: Emulator;
let redirectUrl: string;

beforeAll(async () => {
  coze = await startEmulator({
    oauthApps: [{ id: 'app-1' }, { id: 'app-2', publicKeys: { k1: publicKey } }],
    devicePolls: 0,
    scenario: {
      turns: [{ answer: ['yes'] }],
      workflows: { '7400000000000000001': { output: { text: 'planned' } } },
    },
  });
  redirectUrl = `http://127.0.0.1:${await freePort()}/callback`;
  manifest('pkce', `{ type: oauth-pkce, clientId: app-1, redirectUrl: "${redirectUrl}" }`);
  manifest('device', '{ type: oauth-device, clientId: app-1 }');
  manifest(
    'both',
    '{ type: pat, secret: "secret:OWN_TOKEN", fallback: { type: oauth-device, clientId: app-1 } }',
  );
  manifest('pat', '{ type: pat, secret: "secret:COZE_API_TOKEN" }');
});
afterAll(() => coze.close());

function manifest(name: string, auth: string): void {
  mkdirSync(join(folder, name));
  writeFileSync(
    join(folder, name, 'plugin.yaml'),
    `apiVersion: cozecut/v1
kind: Plugin
metadata: { name: trips, version: 1.0.0 }
tools:
  - name: ask
    summary: Plan
    handler: workflow:plan
    input: { type: object, properties: {} }
    output: { type: object, properties: { text: { type: string, description: Text } } }
bindings:
  workflows: [{ name: plan, region: cn, workflowId: "7400000000000000001" }]
auth:
  coze: ${auth}
`,
  );
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

const env = () => ({ COZE_BASE_URL: coze.url, COZECUT_HOME: home });
const run = async (name: string, args: string[], more: Record<string, string> = {}) => {
  const result = await cozecut([...args, '--json'], {
    cwd: join(folder, name),
    env: { ...env(), ...more },
  });
  return { ...result, output: JSON.parse(result.stdout) };
};
const signInFiles = () => readdirSync(join(home, 'sign-ins')).map((file) => join(home, 'sign-ins', file));
const askCoze = ['tool', 'run', 'ask'];

describe('in the browser of this machine', () => {
  test('a person signs in, calls Coze, and signs out', async () => {
    expect(await run('pkce', askCoze)).toMatchObject({
      code: 4,
      output: { error: { code: 'SIGN_IN_REQUIRED' } },
    });

    const child = start(['auth', 'login'], { cwd: join(folder, 'pkce'), env: env() });
    const ended = once(child, 'close');
    for await (const line of createInterface({ input: child.stderr })) {
      const page = /http\S+authorize\S*/.exec(line)?.[0];
      if (page === undefined) continue;
      expect((await fetch(redirectUrl)).status).toBe(404);
      const back = await fetch(page);
      expect([back.status, back.url.split('?')[0]]).toEqual([200, redirectUrl]);
      break;
    }
    expect(await ended).toEqual([0, null]);

    const [file = ''] = signInFiles();
    const kept = JSON.parse(readFileSync(file, 'utf8'));
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(statSync(join(home, 'sign-ins')).mode & 0o777).toBe(0o700);

    const status = await run('pkce', ['auth', 'status']);
    expect(status).toMatchObject({
      code: 0,
      output: {
        base_url: coze.url,
        ways: [
          {
            type: 'oauth-pkce',
            used: true,
            state: 'ready',
            renewed: true,
            since: new Date(kept.signedInAtMs).toISOString(),
            until: new Date(kept.expiresAtMs).toISOString(),
          },
          { type: 'pat', used: false, state: 'missing' },
        ],
      },
    });
    for (const secret of [kept.accessToken, kept.refreshToken]) expect(status.stdout).not.toContain(secret);
    expect(await run('pkce', askCoze)).toMatchObject({ code: 0 });

    expect(await run('pkce', ['auth', 'logout'])).toMatchObject({
      code: 0,
      output: { removed: ['oauth-pkce'] },
    });
    expect(signInFiles()).toEqual([]);
    expect(await run('pkce', ['auth', 'logout'])).toMatchObject({ code: 0, output: { removed: [] } });
    expect(await run('pkce', ['auth', 'status'])).toMatchObject({ code: 4 });
  });
});

describe('on another screen', () => {
  test('a person signs in; processes that renew at the same time ask once', { timeout: 60_000 }, async () => {
    const { code, stderr } = await run('device', ['auth', 'login']);
    expect({ code, stderr }).toMatchObject({
      code: 0,
      stderr: expect.stringMatching(/https:\S+user_code=(EMU-\d+)\nCode: \1\n/),
    });
    const [file = ''] = signInFiles();
    const kept = JSON.parse(readFileSync(file, 'utf8'));
    writeFileSync(file, JSON.stringify({ ...kept, expiresAtMs: 0 }));
    const renewals = () =>
      coze
        .transcript()
        .filter(
          ({ dir, body }) =>
            dir === 'in' && (body as { grant_type?: string })?.grant_type === 'refresh_token',
        );
    const before = renewals().length;
    const runs = await Promise.all([1, 2, 3].map(() => run('device', askCoze)));
    expect(runs.map((one) => one.code)).toEqual([0, 0, 0]);
    expect(renewals().length - before).toBe(1);
    const renewed = JSON.parse(readFileSync(file, 'utf8'));
    expect(renewed.signedInAtMs).toBe(kept.signedInAtMs);
    expect(renewed.accessToken).not.toBe(kept.accessToken);
    expect(signInFiles()).toEqual([file]);
  });

  test('the fallback counts where the first way has no credentials', async () => {
    const used = async (more: Record<string, string>) => {
      const { output } = await run('both', ['auth', 'status'], more);
      return output.ways.map(
        ({ type, used }: { type: string; used: boolean }) => `${used ? '*' : ''}${type}`,
      );
    };
    expect(await used({})).toEqual(['pat', '*oauth-device']);
    expect(await used({ OWN_TOKEN: coze.token })).toEqual(['*pat', 'oauth-device']);
  });

  test('a damaged file counts as no sign-in', async () => {
    const [file = ''] = signInFiles();
    writeFileSync(file, '{"accessToken":');
    expect(await run('device', askCoze)).toMatchObject({
      code: 4,
      output: { error: { code: 'SIGN_IN_REQUIRED' } },
    });
  });
});

test('a personal token needs no sign-in, and a manifest without one says so', async () => {
  const { code, output } = await run('pat', ['auth', 'login']);
  expect(code).toBe(2);
  expect(output.error).toMatchObject({
    code: 'SIGN_IN_UNKNOWN',
    hint: expect.stringContaining('COZE_API_TOKEN'),
  });
});

test('a key signs for its service; a session name keeps the conversations of each person apart', async () => {
  const key = 'appId: app-2, keyId: k1, privateKey: "secret:COZE_KEY"';
  for (const name of ['anna', 'ben']) manifest(name, `{ type: oauth-jwt, ${key}, sessionName: ${name} }`);
  const say = async (name: string, ...more: string[]) => {
    const args = ['bot', 'chat', '7400000000000000777', '--region', 'cn', '--say', 'hello', ...more];
    // As it stands in a variable, where a line cannot end.
    return (await run(name, args, { COZE_KEY: privateKey.replaceAll('\n', '\\n') })).output;
  };
  const first = await say('anna');
  expect(first).toMatchObject({ answer: 'yes' });
  const conversation = ['--conversation', first.conversation_id];
  expect(await say('anna', ...conversation)).toMatchObject({ conversation_id: first.conversation_id });
  expect((await say('ben', ...conversation)).error).toMatchObject({ code: 'COZE_CONVERSATION_NOT_FOUND' });
});
