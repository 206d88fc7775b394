import { createHash, createSign, generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { EmulatorOptions } from '../src/index.ts';
import { CHAT, client, start } from './support.ts';

const { privateKey, publicKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});
const APPS: EmulatorOptions = {
  oauthApps: [
    { id: 'jwt-app', publicKeys: { 'key-1': publicKey } },
    { id: 'web-app', secret: 'web-secret', redirectUris: ['https://app.test/back'] },
    { id: 'pkce-app' },
  ],
};
const TOKEN = '/api/permission/oauth2/token';

async function setup(options: EmulatorOptions = {}) {
  const emulator = await start({ ...APPS, ...options });
  const post = async (body: object, bearer?: string, path = TOKEN) => {
    const response = await fetch(emulator.url + path, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(bearer ? { authorization: `Bearer ${bearer}` } : {}),
      },
      body: JSON.stringify(body),
    });
    // biome-ignore lint/suspicious/noExplicitAny: the shape is what the tests are about
    return { status: response.status, body: (await response.json()) as any };
  };
  const authorize = (query: Record<string, string>) =>
    fetch(`${emulator.url}/api/permission/oauth2/authorize?${new URLSearchParams(query)}`, {
      redirect: 'manual',
    });
  return { emulator, post, authorize, seconds: () => Math.floor(emulator.nowMs() / 1000) };
}

let jwtCount = 0;
function jwt(now: number, claims: object = {}, header: object = {}): string {
  const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const head = encode({ alg: 'RS256', typ: 'JWT', kid: 'key-1', ...header });
  const standard = { iss: 'jwt-app', aud: 'api.coze.cn', iat: now, exp: now + 600, jti: `jti-${++jwtCount}` };
  const signed = `${head}.${encode({ ...standard, ...claims })}`;
  return `${signed}.${createSign('RSA-SHA256').update(signed).sign(privateKey, 'base64url')}`;
}
const exchange = (more: object = {}) => ({
  grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
  duration_seconds: 900,
  ...more,
});

describe('JWT', () => {
  test('gives a token until an absolute time, after which the API refuses it', async () => {
    const { emulator, post, seconds } = await setup();
    const { body } = await post(exchange(), jwt(seconds()));
    expect(body).toMatchObject({ access_token: expect.any(String), expires_in: seconds() + 900 });
    const { request } = client(emulator, body.access_token);
    await emulator.advance(899_000);
    expect((await request('POST', '/v3/chat', CHAT)).status).toBe(200);
    await emulator.advance(1000);
    expect((await request('POST', '/v3/chat', CHAT)).status).toBe(401);
    expect(JSON.stringify(emulator.transcript())).not.toContain(body.access_token);
  });

  test.each([
    ['of an unknown app', { iss: 'other' }, {}, 'invalid_client', 401],
    ['with an unknown key', {}, { kid: 'key-2' }, 'invalid_client', 401],
    ['for another host', { aud: 'api.coze.com' }, {}, 'invalid_request', 400],
    ['that has expired', { exp: 1_000_000 }, {}, 'invalid_request', 400],
    ['without an id', { jti: '' }, {}, 'invalid_request', 400],
    ['with another algorithm', {}, { alg: 'HS256' }, 'invalid_request', 400],
  ])('%s is refused', async (_, claims, header, code, status) => {
    const { post, seconds } = await setup();
    const answer = await post(exchange(), jwt(seconds(), claims, header));
    expect(answer).toMatchObject({
      status,
      body: { error_code: code, error: code, error_message: expect.any(String) },
    });
  });

  test('works once, needs its signature and a length from 900 to 86399', async () => {
    const { post, seconds } = await setup();
    const once = jwt(seconds());
    expect((await post(exchange(), once)).status).toBe(200);
    expect((await post(exchange(), once)).body.error_code).toBe('invalid_request');
    const [head, , signature] = jwt(seconds()).split('.');
    const forged = Buffer.from(JSON.stringify({ iss: 'jwt-app', aud: 'api.coze.cn', exp: 9e9, jti: 'x' }));
    const fake = `${head}.${forged.toString('base64url')}.${signature}`;
    expect((await post(exchange(), fake)).body.error_code).toBe('invalid_client');
    for (const duration_seconds of [899, 86_400]) {
      expect((await post(exchange({ duration_seconds }), jwt(seconds()))).status).toBe(400);
    }
    expect((await post({ grant_type: 'password' })).body.error_code).toBe('unsupported_grant_type');
  });

  test('with a session name separates conversations', async () => {
    const { emulator, post, seconds } = await setup();
    const as = async (name: string) => {
      const { body } = await post(
        exchange(),
        jwt(seconds(), { session_name: name }),
        '/api/permission/oauth2/account/1/token',
      );
      return client(emulator, body.access_token);
    };
    const [ann, bob] = [await as('ann'), await as('bob')];
    const { data } = await ann.json('POST', '/v1/conversation/create', { bot_id: 'b' });
    const path = `/v1/conversation/retrieve?conversation_id=${data.id}`;
    expect([(await ann.json('GET', path)).code, (await bob.json('GET', path)).code]).toEqual([0, 4002]);
    expect((await bob.json('GET', '/v1/conversations?bot_id=b')).data.conversations).toEqual([]);
  });

  test('F30: a clock that is ahead refuses a JWT that was good', async () => {
    const { emulator, post, seconds } = await setup();
    emulator.setFaults([{ id: 'F30', nth: 1, on: TOKEN }]);
    expect((await post(exchange(), jwt(seconds()))).body.error_message).toContain('expired');
    expect((await post(exchange(), jwt(seconds()))).status).toBe(200);
  });
});

describe('codes', () => {
  test('web: the browser comes back with a code, which works once and with the secret', async () => {
    const { post, authorize, emulator } = await setup();
    const query = {
      response_type: 'code',
      client_id: 'web-app',
      redirect_uri: 'https://app.test/back',
      state: 's',
    };
    const back = new URL((await authorize(query)).headers.get('location')!);
    expect([back.origin + back.pathname, back.searchParams.get('state')]).toEqual([
      'https://app.test/back',
      's',
    ]);
    const code = back.searchParams.get('code')!;
    const body = {
      grant_type: 'authorization_code',
      client_id: 'web-app',
      redirect_uri: query.redirect_uri,
      code,
    };
    const got = await post(body, 'web-secret');
    expect(got.body).toMatchObject({ access_token: expect.any(String), refresh_token: expect.any(String) });
    expect((await client(emulator, got.body.access_token).request('POST', '/v3/chat', CHAT)).status).toBe(
      200,
    );
    expect((await client(emulator, got.body.refresh_token).request('POST', '/v3/chat', CHAT)).status).toBe(
      403,
    );
    expect((await post(body, 'web-secret')).status).toBe(400);
    const again = new URL((await authorize(query)).headers.get('location')!).searchParams.get('code')!;
    expect((await post({ ...body, code: again }, 'wrong')).body.error_code).toBe('invalid_client');
    expect((await authorize({ ...query, redirect_uri: 'https://evil.test/' })).status).toBe(400);

    const refresh = {
      grant_type: 'refresh_token',
      client_id: 'web-app',
      refresh_token: got.body.refresh_token,
    };
    const next = await post(refresh, 'web-secret');
    expect(next.body.access_token).not.toBe(got.body.access_token);
    expect((await post(refresh, 'web-secret')).status).toBe(400);
    const transcript = JSON.stringify(emulator.transcript());
    for (const secret of [got.body.refresh_token, next.body.access_token, 'web-secret', `"${code}"`]) {
      expect(transcript).not.toContain(secret);
    }
  });

  test('PKCE: the verifier has to fit the challenge', async () => {
    const { post, authorize } = await setup();
    const code_challenge = createHash('sha256').update('verifier').digest('base64url');
    const redirect_uri = 'http://127.0.0.1/back';
    const query = { response_type: 'code', client_id: 'pkce-app', redirect_uri, code_challenge };
    const codeOf = async () =>
      new URL((await authorize(query)).headers.get('location')!).searchParams.get('code');
    const body = { grant_type: 'authorization_code', client_id: 'pkce-app', redirect_uri };
    expect((await post({ ...body, code: await codeOf(), code_verifier: 'other' })).status).toBe(400);
    expect((await post({ ...body, code: await codeOf(), code_verifier: 'verifier' })).status).toBe(200);
    expect((await authorize({ response_type: 'code', client_id: 'pkce-app', redirect_uri })).status).toBe(
      400,
    );
  });
});

describe('devices', () => {
  const CODE = '/api/permission/oauth2/device/code';
  const poll = (device_code: string) => ({
    grant_type: 'urn:ietf:params:oauth:grant-type:device_code',
    client_id: 'pkce-app',
    device_code,
  });

  test('wait for the user: pending, slow_down, then a token', async () => {
    const { emulator, post } = await setup({ clock: 'manual', devicePolls: 'manual' });
    const { body: device } = await post({ client_id: 'pkce-app' }, undefined, CODE);
    expect(device).toMatchObject({
      interval: 5,
      user_code: expect.any(String),
      verification_uri: expect.any(String),
    });
    const code = async () => (await post(poll(device.device_code))).body.error;
    expect(await code()).toBe('authorization_pending');
    expect(await code()).toBe('slow_down');
    await emulator.advance(10_000);
    expect(await code()).toBe('authorization_pending');
    await fetch(`${emulator.url}/__emu/device`, {
      method: 'POST',
      body: JSON.stringify({ userCode: device.user_code }),
    });
    await emulator.advance(10_000);
    expect((await post(poll(device.device_code))).body.access_token).toEqual(expect.any(String));
  });

  test('are refused by the user, or expire', async () => {
    const { emulator, post } = await setup({ devicePolls: 'manual' });
    const begin = async () => (await post({ client_id: 'pkce-app' }, undefined, CODE)).body;
    const denied = await begin();
    expect(emulator.decideDevice(denied.user_code, false)).toBe(true);
    expect((await post(poll(denied.device_code))).body.error).toBe('access_deny');
    const late = await begin();
    await emulator.advance(300_000);
    expect((await post(poll(late.device_code))).body.error).toBe('expired_token');
    expect(emulator.decideDevice('nobody', true)).toBe(false);
    expect((await post({ client_id: 'other' }, undefined, CODE)).status).toBe(401);
  });
});
