import { createHash, createHmac, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cozecut, post, start, temporaryFolder, withServer } from './support.ts';

const CALLBACK = 'https://www.coze.cn/api/plugin_oauth/1/authorization_code';
const ISSUER = 'https://id.example.com';
const folder = temporaryFolder();
const env = {
  COZECUT_STORE: join(folder, 'store'),
  ENABLE_AUTH: 'true',
  SERVICE_TOKEN: 'a-token-of-the-service',
  COZE_SECRET: 'a-secret-of-coze',
  ROBOT_SECRET: 'a-secret-of-the-robot',
};
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 });
let issuer: Server;
/** API tokens by owner. */
const tokens: Record<string, string> = {};

beforeAll(async () => {
  const jwk = { ...rsa.publicKey.export({ format: 'jwk' }), kid: 'one', use: 'sig' };
  issuer = createServer((_request, response) => response.end(JSON.stringify({ keys: [jwk] })));
  issuer.listen(0, '127.0.0.1');
  await once(issuer, 'listening');
  writeFileSync(join(folder, 'plugin.yaml'), manifest((issuer.address() as AddressInfo).port));
  writeFileSync(
    join(folder, 'tools.ts'),
    'export const note = async ({ name }, ctx) => ({ draft_id: (await ctx.drafts.create({}, { name })).id });\n',
  );
  for (const owner of ['alice', 'bob']) {
    const scopes = owner === 'alice' ? [] : ['--scope', 'drafts:none'];
    const made = await cozecut(
      ['auth', 'token', 'create', '--name', owner, '--owner', owner, '--json', ...scopes],
      { cwd: folder, env },
    );
    tokens[owner] = JSON.parse(made.stdout).token;
  }
});
afterAll(() => {
  issuer.close();
});

const manifest = (port: number) => `apiVersion: cozecut/v1
kind: Plugin
metadata: { name: notes, version: 1.0.0 }
tools:
  - name: note
    summary: Make a note
    handler: ./tools.ts#note
    http: { path: /v1/notes }
    modes: [cloud]
    input: { type: object, properties: { name: { type: string, description: Name } } }
    output: { type: object, properties: { draft_id: { type: string, description: Id } } }
auth:
  server:
    - { id: coze, type: oauth, secret: "secret:COZE_SECRET", redirectUrls: ["${CALLBACK}"] }
    - { id: page, type: oauth, redirectUrls: ["http://127.0.0.1:1/back"] }
    - { id: robot, type: oauth, secret: "secret:ROBOT_SECRET", owner: robots }
    - { id: service, type: bearer, secret: "secret:SERVICE_TOKEN" }
    - { id: sso, type: jwt, issuer: ${ISSUER}, audience: notes, jwksUrl: "http://127.0.0.1:${port}/keys", scopes: [], scopesClaim: permissions }
deployments:
  local: { modes: [cloud], server: { host: 127.0.0.1, port: 0 } }
`;

const serving = <T>(use: (url: string) => Promise<T>, settings: Record<string, string> = env) =>
  withServer([], { cwd: folder, env: settings }, use);
const as = (token: string) => ({ authorization: `Bearer ${token}` });
/** Status of a call of the tool. */
const statusOf = async (url: string, token: string) =>
  (await post(`${url}/v1/notes`, { name: 'n' }, as(token))).status;

const base64 = (value: object | string) =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');
const claims = (change: object = {}) => ({
  iss: ISSUER,
  aud: ['other', 'notes'],
  sub: 'carol',
  exp: Math.floor(Date.now() / 1000) + 60,
  permissions: ['tools:call'],
  ...change,
});
function jwt(payload: object, { key = rsa.privateKey, alg = 'RS256' } = {}): string {
  const text = `${base64({ alg, kid: 'one' })}.${base64(payload)}`;
  return `${text}.${sign('sha256', Buffer.from(text), key).toString('base64url')}`;
}

test('every way of auth.server lets in whom it names, and owners are kept apart', async () => {
  await serving(async (url) => {
    for (const token of [env.SERVICE_TOKEN, tokens.alice!, jwt(claims()), jwt(claims({ aud: 'notes' }))]) {
      expect(await statusOf(url, token)).toBe(200);
    }
    const listed = async (token: string) =>
      ((await (await fetch(`${url}/api/draft/list`, { headers: as(token) })).json()) as { total: number })
        .total;
    expect(await listed(env.SERVICE_TOKEN)).toBe(1);
    expect(await listed(jwt(claims()))).toBe(2);
    expect(await listed(jwt(claims({ sub: 'dave' })))).toBe(0);
    // Known, but not allowed to call.
    expect(await statusOf(url, jwt(claims({ permissions: [] })))).toBe(403);
    expect(await statusOf(url, tokens.bob!)).toBe(403);
  });
});

test('a JSON Web Token that is not meant for this server is nobody', async () => {
  const key = rsa.publicKey.export({ format: 'pem', type: 'spki' });
  const unsigned = `${base64({ alg: 'none' })}.${base64(claims())}.`;
  const shared = `${base64({ alg: 'HS256', kid: 'one' })}.${base64(claims())}`;
  const wrong: Record<string, string> = {
    'of another audience': jwt(claims({ aud: 'other' })),
    'without an audience': jwt(claims({ aud: undefined })),
    'of another issuer': jwt(claims({ iss: `${ISSUER}/` })),
    expired: jwt(claims({ exp: Math.floor(Date.now() / 1000) - 60 })),
    endless: jwt(claims({ exp: undefined })),
    'not valid yet': jwt(claims({ nbf: Math.floor(Date.now() / 1000) + 60 })),
    'of nobody': jwt(claims({ sub: undefined })),
    'signed by another key': jwt(claims(), { key: stranger.privateKey }),
    'not signed': unsigned,
    'not signed, with the signature of another': unsigned + jwt(claims()).split('.')[2],
    'signed with the public key as a secret': `${shared}.${createHmac('sha256', key).update(shared).digest('base64url')}`,
    'changed after it was signed': jwt(claims()).replace(
      /\.[^.]+\./,
      `.${base64(claims({ sub: 'alice' }))}.`,
    ),
  };
  await serving(async (url) => {
    for (const [what, token] of Object.entries(wrong)) {
      expect([what, await statusOf(url, token)]).toEqual([what, 401]);
    }
  });
});

describe('OAuth', () => {
  const verifier = randomBytes(32).toString('base64url');
  const challenge = createHash('sha256').update(verifier).digest('base64url');

  interface Asked {
    client?: string;
    redirect?: string;
    token?: string;
    more?: Record<string, string>;
  }

  /** What the browser is answered when a person has typed a token. */
  async function allow(
    url: string,
    { client = 'coze', redirect = CALLBACK, token = tokens.alice!, more = {} }: Asked,
  ) {
    const query = new URLSearchParams({
      response_type: 'code',
      client_id: client,
      redirect_uri: redirect,
      state: 's',
      ...more,
    });
    const response = await fetch(`${url}/oauth/authorize?${query}`, {
      method: 'POST',
      redirect: 'manual',
      body: new URLSearchParams({ decision: 'allow', token }),
    });
    const location = response.headers.get('location');
    return {
      status: response.status,
      code: location === null ? '' : (new URL(location).searchParams.get('code') ?? ''),
    };
  }
  const byCode = (code: string, change: object = {}) => ({
    grant_type: 'authorization_code',
    code,
    redirect_uri: CALLBACK,
    client_id: 'coze',
    client_secret: env.COZE_SECRET,
    ...change,
  });
  const token = (url: string, body: object) => post(`${url}/oauth/token`, body);
  const refused = (error: string) => ({ status: 400, body: { error } });

  test('a plugin of Coze gets a code, a token, another one, and acts for who allowed it', async () => {
    const exported = await cozecut(
      [
        'plugin',
        'export',
        '--profile',
        'coze',
        '--out',
        'out',
        '--with-secrets',
        '--json',
        '--server-url',
        'https://notes.example.com',
        '--force',
      ],
      { cwd: folder, env },
    );
    expect(exported).toMatchObject({ code: 0 });
    const { auth } = JSON.parse(readFileSync(join(folder, 'out/ai_plugin.json'), 'utf8'));
    expect(auth).toMatchObject({ type: 'oauth', sub_type: 'authorization_code' });
    // What Coze is told, with the address of the server under test.
    const { client_id, client_secret, client_url, authorization_url, scope } = JSON.parse(auth.payload);
    expect({ client_id, client_secret, scope }).toEqual({
      client_id: 'coze',
      client_secret: env.COZE_SECRET,
      scope: 'tools:call',
    });
    expect([client_url, authorization_url].map((url) => new URL(url).pathname)).toEqual([
      '/oauth/authorize',
      '/oauth/token',
    ]);
    let access = '';
    let refresh = '';
    await serving(async (url) => {
      const { code } = await allow(url, {});
      const first = await token(url, byCode(code));
      expect(first).toMatchObject({
        status: 200,
        body: { token_type: 'Bearer', scope: 'tools:call', expires_in: expect.any(Number) },
      });
      access = String(first.body.access_token);
      expect(await statusOf(url, access)).toBe(200);
      const again = {
        grant_type: 'refresh_token',
        refresh_token: first.body.refresh_token,
        client_id: 'coze',
        client_secret: env.COZE_SECRET,
      };
      refresh = String((await token(url, again)).body.refresh_token);
      expect(refresh).not.toBe(first.body.refresh_token);
      const drafts = await fetch(`${url}/api/draft/list`, { headers: as(tokens.alice!) });
      expect(((await drafts.json()) as { total: number }).total).toBeGreaterThan(0);
      // Such a token can allow nobody else anything.
      expect(
        (
          await allow(url, {
            client: 'page',
            redirect: 'http://127.0.0.1:1/back',
            token: access,
            more: { code_challenge: challenge, code_challenge_method: 'S256' },
          })
        ).status,
      ).toBe(403);
    });
    // It is kept: another process knows it.
    await serving(async (url) => {
      expect(await statusOf(url, access)).toBe(200);
      const next = {
        grant_type: 'refresh_token',
        refresh_token: refresh,
        client_id: 'coze',
        client_secret: env.COZE_SECRET,
      };
      const last = await token(url, next);
      expect(last.status).toBe(200);
      // A refresh token that comes again was stolen by one of two: both lose what came of it.
      expect(await token(url, next)).toMatchObject(refused('invalid_grant'));
      expect(await statusOf(url, String(last.body.access_token))).toBe(401);
      expect(await statusOf(url, access)).toBe(401);
    });
  });

  test('a code is worth nothing to whoever else has it', async () => {
    await serving(async (url) => {
      const fresh = async () => (await allow(url, {})).code;
      expect(await token(url, byCode(await fresh(), { client_secret: 'guess' }))).toMatchObject(
        refused('invalid_client'),
      );
      expect(await token(url, byCode(await fresh(), { client_secret: undefined }))).toMatchObject(
        refused('invalid_client'),
      );
      expect(
        await token(url, byCode(await fresh(), { client_id: 'robot', client_secret: env.ROBOT_SECRET })),
      ).toMatchObject({ status: 400 });
      expect(await token(url, byCode(await fresh(), { redirect_uri: `${CALLBACK}/2` }))).toMatchObject({
        status: 400,
      });
      expect(await token(url, byCode('guess'))).toMatchObject(refused('invalid_grant'));
      const code = await fresh();
      const { body } = await token(url, byCode(code));
      expect(await statusOf(url, String(body.access_token))).toBe(200);
      expect(await token(url, byCode(code))).toMatchObject(refused('invalid_grant'));
      expect(await statusOf(url, String(body.access_token))).toBe(401);
    });
  });

  test('a client without a secret proves itself by the verifier', async () => {
    const page = { client: 'page', redirect: 'http://127.0.0.1:1/back' };
    const more = { code_challenge: challenge, code_challenge_method: 'S256' };
    const exchange = (url: string, code: string, change: object = {}) =>
      token(
        url,
        byCode(code, {
          client_id: 'page',
          client_secret: undefined,
          redirect_uri: page.redirect,
          code_verifier: verifier,
          ...change,
        }),
      );
    await serving(async (url) => {
      const fresh = async () => (await allow(url, { ...page, more })).code;
      const right = await exchange(url, await fresh());
      expect(await statusOf(url, String(right.body.access_token))).toBe(200);
      expect(
        await exchange(url, await fresh(), { code_verifier: randomBytes(32).toString('base64url') }),
      ).toMatchObject(refused('invalid_grant'));
      expect(await exchange(url, await fresh(), { code_verifier: undefined })).toMatchObject(
        refused('invalid_grant'),
      );
      expect(await exchange(url, await fresh(), { code_verifier: challenge })).toMatchObject(
        refused('invalid_grant'),
      );
      expect((await allow(url, page)).status).toBe(400);
      expect(
        (await allow(url, { ...page, more: { code_challenge: verifier, code_challenge_method: 'plain' } }))
          .code,
      ).toBe('');
    });
  });

  test('a client with an owner acts for itself, and another one cannot', async () => {
    const grant = { grant_type: 'client_credentials' };
    await serving(async (url) => {
      const robot = await token(url, { ...grant, client_id: 'robot', client_secret: env.ROBOT_SECRET });
      expect(robot).toMatchObject({ status: 200, body: { scope: 'tools:call' } });
      expect(robot.body).not.toHaveProperty('refresh_token');
      expect(await statusOf(url, String(robot.body.access_token))).toBe(200);
      expect((await token(url, { ...grant, client_id: 'robot', client_secret: 'guess' })).status).toBe(400);
      expect((await token(url, { ...grant, client_id: 'coze', client_secret: env.COZE_SECRET })).status).toBe(
        400,
      );
      expect(
        (await token(url, { ...grant, client_id: 'robot', client_secret: env.ROBOT_SECRET, scope: 'admin' }))
          .status,
      ).toBe(400);
    });
  });

  test('a person can only allow what they may do', async () => {
    await serving(async (url) => {
      expect((await allow(url, { token: tokens.bob! })).status).toBe(403);
      expect((await allow(url, { token: 'guess' })).status).toBe(401);
    });
  });
});

test('a server whose secret of a client is not set does not start', async () => {
  const child = start(['serve', '--port', '0'], { cwd: folder, env: { ...env, COZE_SECRET: '' } });
  let told = '';
  child.stderr.on('data', (chunk) => {
    told += chunk;
  });
  const [code] = await once(child, 'close');
  expect([code, told]).toEqual([4, expect.stringContaining('COZE_SECRET')]);
});

describe('a server that listens on this machine alone', () => {
  const { ENABLE_AUTH: _, ...open } = env;

  test.each([{ COZECUT_SERVER_PUBLIC_URL: 'https://plugin.example.com' }, { COZECUT_TRUST_PROXY: 'true' }])(
    'wants a token where %o leads others to it',
    async (told) => {
      await serving(
        async (url) => {
          // As a proxy on this machine asks, by the address of the server or by the public one.
          for (const host of [new URL(url).host, 'plugin.example.com']) {
            const asked = (headers: Record<string, string>) => statusBehind(url, { host, ...headers });
            expect([host, await asked({})]).toEqual([host, 401]);
            expect([host, await asked(as(env.SERVICE_TOKEN))]).toEqual([host, 200]);
          }
        },
        { ...open, ...told },
      );
      // Whoever says so has a proxy that asks who calls.
      await withServer(
        [],
        { cwd: folder, env: { ...open, ...told, ENABLE_AUTH: 'false' } },
        async (url, logged) => {
          expect(await statusBehind(url, { host: 'plugin.example.com' })).toBe(200);
          expect(logged()).toContain('ENABLE_AUTH is off');
        },
      );
    },
  );

  test('wants none where nobody else can reach it', async () => {
    await serving(async (url) => expect((await post(`${url}/v1/notes`, { name: 'n' })).status).toBe(200), {
      ...open,
      COZECUT_SERVER_PUBLIC_URL: 'http://localhost:8080',
    });
  });
});

/** Status of the answer to a request for another name; fetch sends its own. */
async function statusBehind(url: string, headers: Record<string, string>): Promise<number> {
  const sent = request(`${url}/v1/me`, { headers }).end();
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  response.resume();
  return response.statusCode!;
}
