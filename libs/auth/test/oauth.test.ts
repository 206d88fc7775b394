import { createHash, randomBytes } from 'node:crypto';
import { beforeEach, describe, expect, test } from 'vitest';
import { createOauthServer, type Grant, type GrantStore, type OauthServer } from '../src/index.ts';

const CALLBACK = 'https://www.coze.cn/api/plugin_oauth/1/authorization_code';
const clients = [
  {
    id: 'coze',
    secret: 'the-secret',
    redirectUris: [CALLBACK],
    scopes: ['tools:call', 'drafts:read'],
    owner: 'robot',
  },
  {
    id: 'app',
    redirectUris: ['http://127.0.0.1:1234/back', 'https://app.example.com/back'],
    scopes: ['tools:call'],
  },
  { id: 'machine', secret: 'other-secret', redirectUris: [], scopes: ['tools:call'], owner: 'machine' },
];

let now: number;
let kept: Map<string, Grant>;
let grants: GrantStore;
let server: OauthServer;

/** Grants in memory; a removal is a promise, so that two of them can be under way. */
function memoryGrants(): GrantStore {
  kept = new Map();
  return {
    put: async (hash, grant) => void kept.set(hash, structuredClone(grant)),
    get: async (hash) => kept.get(hash),
    async use(hash) {
      const grant = kept.get(hash);
      if (grant === undefined || grant.isUsed) return false;
      kept.set(hash, { ...grant, isUsed: true });
      return true;
    },
    remove: async (hash) => void kept.delete(hash),
    async removeFamily(family) {
      for (const [hash, grant] of kept) if (grant.family === family) kept.delete(hash);
    },
  };
}

beforeEach(() => {
  // The library takes the time of the machine for lifetimes.
  now = Date.now();
  grants = memoryGrants();
  server = createOauthServer({ clients, grants, now: () => now });
});

const asked = { client_id: 'coze', redirect_uri: CALLBACK, response_type: 'code', state: 'xyz' };
const owned = { owner: 'alice' };

async function codeFor(parameters: Record<string, string> = asked): Promise<string> {
  const answer = await server.decide(parameters, owned);
  expect(answer.status).toBe(302);
  const url = new URL(answer.headers.location!);
  expect(url.searchParams.get('state')).toBe('xyz');
  return url.searchParams.get('code')!;
}

const exchange = (code: string, change: Record<string, unknown> = {}) =>
  server.token(
    {
      grant_type: 'authorization_code',
      code,
      redirect_uri: CALLBACK,
      client_id: 'coze',
      client_secret: 'the-secret',
      ...change,
    },
    undefined,
  );

const refreshed = (text: unknown) =>
  server.token(
    { grant_type: 'refresh_token', refresh_token: text, client_id: 'coze', client_secret: 'the-secret' },
    undefined,
  );

test('a code becomes a token of the owner, whose texts are not kept', async () => {
  expect(await server.question(asked)).toEqual({
    question: { clientId: 'coze', redirectUri: CALLBACK, scopes: ['tools:call', 'drafts:read'] },
  });
  const code = await codeFor({ ...asked, scope: 'tools:call' });
  const { status, body } = await exchange(code);
  expect(status).toBe(200);
  expect(body).toMatchObject({ token_type: 'Bearer', scope: 'tools:call' });
  expect(body.expires_in).toBeGreaterThan(3_590);
  expect(await server.check(body.access_token as string)).toEqual({
    id: 'oauth:coze',
    owner: 'alice',
    scopes: ['tools:call'],
    isDelegated: true,
  });
  expect(await server.check(body.refresh_token as string)).toBeUndefined();
  const everything = JSON.stringify([...kept]);
  for (const text of [code, body.access_token, body.refresh_token]) expect(everything).not.toContain(text);
});

describe('a code', () => {
  test('works once, also for two at the same time', async () => {
    const code = await codeFor();
    const answers = await Promise.all([exchange(code), exchange(code)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 400]);
    expect(await exchange(code)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
  });

  test('that comes again ends what was given for it', async () => {
    const code = await codeFor();
    const { access_token: access, refresh_token: refresh } = (await exchange(code)).body;
    expect(await server.check(access as string)).toMatchObject({ owner: 'alice' });
    expect(await exchange(code)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
    expect(await server.check(access as string)).toBeUndefined();
    expect(await refreshed(refresh)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
    // What another consent gave is not touched.
    const other = (await exchange(await codeFor())).body.access_token as string;
    await exchange(code);
    expect(await server.check(other)).toMatchObject({ owner: 'alice' });
  });

  test('ends after a minute', async () => {
    const code = await codeFor();
    now += 61_000;
    expect(await exchange(code)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
  });

  test.each<[string, Record<string, unknown>, string]>([
    ['a wrong secret', { client_secret: 'the-secret2' }, 'invalid_client'],
    ['no secret', { client_secret: undefined }, 'invalid_client'],
    [
      'no secret but a verifier',
      { client_secret: undefined, code_verifier: 'a'.repeat(43) },
      'invalid_client',
    ],
    ['another client', { client_id: 'machine', client_secret: 'other-secret' }, 'unauthorized_client'],
    ['another address', { redirect_uri: 'https://evil.example.com/' }, 'invalid_request'],
    ['a repeated parameter', { client_id: ['coze', 'coze'] }, 'invalid_request'],
    ['another grant', { grant_type: 'password', username: 'a', password: 'b' }, 'unauthorized_client'],
  ])('is worth nothing with %s', async (_what, change, error) => {
    const answer = await exchange(await codeFor(), change);
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.status).toBeLessThan(500);
    expect(answer.body.error).toBe(error);
    expect([...kept.values()].filter(({ kind }) => kind !== 'code')).toEqual([]);
  });

  test('the secret may come as basic credentials', async () => {
    const basic = `Basic ${Buffer.from('coze:the-secret').toString('base64')}`;
    const body = { grant_type: 'authorization_code', code: await codeFor(), redirect_uri: CALLBACK };
    expect(await server.token(body, basic)).toMatchObject({ status: 200 });
    const wrong = `Basic ${Buffer.from('coze:wrong').toString('base64')}`;
    expect(await server.token(body, wrong)).toMatchObject({
      status: 401,
      headers: { 'www-authenticate': expect.stringContaining('Basic') },
    });
  });
});

describe('a client without a secret', () => {
  const verifier = randomBytes(32).toString('base64url');
  const challenge = createHash('sha256').update(verifier).digest('base64url');
  const asking = {
    ...asked,
    client_id: 'app',
    redirect_uri: 'https://app.example.com/back',
    code_challenge: challenge,
    code_challenge_method: 'S256',
  };
  const got = (code: string, more: Record<string, unknown>) =>
    exchange(code, {
      client_id: 'app',
      client_secret: undefined,
      redirect_uri: asking.redirect_uri,
      ...more,
    });

  test('gets a token by the verifier of its challenge only', async () => {
    const code = await codeFor(asking);
    expect(await got(code, {})).toMatchObject({ body: { error: 'invalid_grant' } });
    expect(await got(await codeFor(asking), { code_verifier: 'a'.repeat(43) })).toMatchObject({
      body: { error: 'invalid_grant' },
    });
    expect(await got(await codeFor(asking), { code_verifier: verifier })).toMatchObject({ status: 200 });
  });

  test('cannot send the challenge in plain', async () => {
    const plain = { ...asking, code_challenge: verifier, code_challenge_method: 'plain' };
    const asked = await server.question(plain);
    for (const answer of [
      'refused' in asked ? asked.refused : undefined,
      await server.decide(plain, owned),
    ]) {
      const { searchParams } = new URL(answer!.headers.location!);
      expect([searchParams.get('error'), searchParams.get('state')]).toEqual([
        'invalid_request',
        asking.state,
      ]);
    }
  });

  test('is not even asked about without a challenge', async () => {
    const { code_challenge: _, ...without } = asking;
    expect(await server.question(without)).toMatchObject({ refused: { status: 400 } });
    expect((await server.decide(without, owned)).headers.location).toBeUndefined();
  });

  test('cannot act for itself', async () => {
    expect(
      await server.token({ grant_type: 'client_credentials', client_id: 'app' }, undefined),
    ).toMatchObject({
      status: 400,
    });
  });
});

test('a person who says no sends the client home without a code', async () => {
  const { status, headers } = await server.decide(asked, 'denied');
  expect(status).toBe(302);
  const url = new URL(headers.location!);
  expect(`${url.origin}${url.pathname}`).toBe(CALLBACK);
  expect(Object.fromEntries(url.searchParams)).toMatchObject({ error: 'access_denied', state: 'xyz' });
  expect(kept.size).toBe(0);
});

test.each<[string, Record<string, string | undefined>]>([
  ['an unknown client', { client_id: 'other' }],
  ['no client', { client_id: undefined }],
  ['an address that is not registered', { redirect_uri: `${CALLBACK}/more` }],
  ['one of several addresses left out', { client_id: 'app', redirect_uri: undefined }],
  ['another response type', { response_type: 'token' }],
])('nobody is sent anywhere for %s', async (_what, change) => {
  const parameters = { ...asked, ...change };
  expect(await server.question(parameters)).toMatchObject({ refused: { status: 400 } });
  expect((await server.decide(parameters, owned)).headers.location).toBeUndefined();
});

test('a scope that the client may not have is an error, at the client, before anybody is asked', async () => {
  const parameters = { ...asked, scope: 'tools:call admin' };
  expect(await server.question(parameters)).toMatchObject({ refused: { status: 302 } });
  const { headers } = await server.decide(parameters, owned);
  expect(new URL(headers.location!).searchParams.get('error')).toBe('invalid_scope');
  expect(kept.size).toBe(0);
});

test('a refresh token is exchanged once for a new pair', async () => {
  const first = (await exchange(await codeFor())).body;
  const answers = await Promise.all([refreshed(first.refresh_token), refreshed(first.refresh_token)]);
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 400]);
  const second = answers.find(({ status }) => status === 200)!.body;
  expect(await server.check(second.access_token as string)).toMatchObject({ owner: 'alice' });
  const third = (await refreshed(second.refresh_token)).body;
  // One that was exchanged before was stolen, by whoever came first or by whoever comes now.
  expect((await refreshed(second.refresh_token)).status).toBe(400);
  expect(await server.check(third.access_token as string)).toBeUndefined();
});

test('a refresh that asks for too much does not cost the token', async () => {
  const { refresh_token } = (await exchange(await codeFor())).body;
  const more = { grant_type: 'refresh_token', refresh_token, scope: 'tools:call admin' };
  const client = { client_id: 'coze', client_secret: 'the-secret' };
  expect(await server.token({ ...more, ...client }, undefined)).toMatchObject({
    status: 400,
    body: { error: 'invalid_scope' },
  });
  expect((await refreshed(refresh_token)).status).toBe(200);
  expect((await refreshed(refresh_token)).status).toBe(400);
});

test('what is said twice is not left out, but refused', async () => {
  const twice = ['a', 'b'];
  for (const name of ['code_challenge', 'scope', 'state', 'redirect_uri', 'client_id']) {
    const parameters = { ...asked, [name]: twice };
    expect(await server.question(parameters)).toMatchObject({
      refused: { status: 400, body: { error: 'invalid_request' } },
    });
    expect((await server.decide(parameters, owned)).headers.location).toBeUndefined();
  }
  const refused = { status: 400, body: { error: 'invalid_request' } };
  expect(await exchange(await codeFor(), { code_verifier: twice })).toMatchObject(refused);
});

test('an access token ends by itself, by being revoked and with its client', async () => {
  const { access_token: text } = (await exchange(await codeFor())).body as { access_token: string };
  const withoutClient = createOauthServer({
    clients: [],
    grants,
    now: () => now,
  });
  expect(await withoutClient.check(text)).toBeUndefined();
  await server.revoke(text);
  expect(await server.check(text)).toBeUndefined();
  const ended = (await exchange(await codeFor())).body as { access_token: string; refresh_token: string };
  await server.revoke(ended.refresh_token);
  expect(await server.check(ended.access_token)).toBeUndefined();
  const { access_token: other } = (await exchange(await codeFor())).body as { access_token: string };
  now += 3_601_000;
  expect(await server.check(other)).toBeUndefined();
});

test('a client that has an owner may act for itself', async () => {
  const { status, body } = await server.token(
    { grant_type: 'client_credentials', client_id: 'machine', client_secret: 'other-secret' },
    undefined,
  );
  expect(status).toBe(200);
  expect(body).not.toHaveProperty('refresh_token');
  expect(await server.check(body.access_token as string)).toMatchObject({ owner: 'machine' });
});
