import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createJwtCheck, type JwtOptions } from '../src/index.ts';

const NOW = Date.UTC(2026, 0, 1);
const keys = await generateKeyPair('ES256');
const stranger = await generateKeyPair('ES256');
let server: Server;
let jwksUrl: string;
let answers = true;

beforeAll(async () => {
  const body = JSON.stringify({ keys: [{ ...(await exportJWK(keys.publicKey)), kid: 'one', alg: 'ES256' }] });
  server = createServer((_request, response) => {
    response.writeHead(answers ? 200 : 500, { 'content-type': 'application/json' }).end(body);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  jwksUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/keys`;
});
afterAll(() => {
  server.close();
});

const options = (change: Partial<JwtOptions> = {}): JwtOptions => ({
  id: 'sso',
  issuer: 'https://id.example.com',
  audience: 'cozecut',
  jwksUrl,
  fetch,
  now: () => NOW,
  ...change,
});

function signed(change: JWTPayload = {}, { key = keys.privateKey, kid = 'one' } = {}): Promise<string> {
  const seconds = NOW / 1_000;
  const payload = { iss: 'https://id.example.com', aud: 'cozecut', sub: 'u1', exp: seconds + 60, ...change };
  return new SignJWT(payload).setProtectedHeader({ alg: 'ES256', kid }).sign(key);
}

test('a token of the issuer is its owner, with the scopes of both sides', async () => {
  const check = createJwtCheck(options({ scopes: ['tools:call'] }));
  expect(await check(await signed({ scope: 'drafts:read  drafts:write' }))).toEqual({
    id: 'sso',
    owner: 'sso:u1',
    scopes: ['tools:call', 'drafts:read', 'drafts:write'],
  });
  const byEmail = createJwtCheck(options({ ownerClaim: 'email' }));
  expect(await byEmail(await signed({ email: 'a@example.com' }))).toMatchObject({
    owner: 'sso:a@example.com',
  });
});

test.each([
  ['a list', ['tools:call', 7, ''], ['tools:call']],
  ['a text', 'tools:call admin', ['tools:call', 'admin']],
  ['everything', '* tools:call', ['tools:call']],
  ['something else', { admin: true }, []],
])('the claim with the scopes may be another one: %s', async (_what, claim, scopes) => {
  const check = createJwtCheck(options({ scopesClaim: 'permissions' }));
  expect(await check(await signed({ permissions: claim, scope: 'admin' }))).toMatchObject({ scopes });
});

test.each<[string, () => Promise<string>]>([
  ['has expired', () => signed({ exp: NOW / 1_000 - 6 })],
  ['never expires', () => signed({ exp: undefined as never })],
  ['is not valid yet', () => signed({ nbf: NOW / 1_000 + 60 })],
  ['is of another issuer', () => signed({ iss: 'https://other.example.com' })],
  ['is for somebody else', () => signed({ aud: 'other' })],
  ['names no owner', () => signed({ sub: '' })],
  ['is signed by another key', () => signed({}, { key: stranger.privateKey })],
  ['is signed by a key that is not listed', () => signed({}, { key: stranger.privateKey, kid: 'two' })],
  [
    'is signed by a shared key',
    () =>
      new SignJWT({ iss: 'https://id.example.com', aud: 'cozecut', sub: 'u1', exp: NOW / 1_000 + 60 })
        .setProtectedHeader({ alg: 'HS256', kid: 'one' })
        .sign(new TextEncoder().encode('x'.repeat(32))),
  ],
  [
    'is not signed',
    async () => {
      const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
      return `${part({ alg: 'none' })}.${part({ sub: 'u1', exp: NOW / 1_000 + 60 })}.`;
    },
  ],
  [
    'is changed',
    async () => (await signed()).replace(/\.(.)/, (_, first: string) => `.${first === 'e' ? 'f' : 'e'}`),
  ],
  ['is none', async () => 'a.b.c'],
  ['is empty', async () => ''],
])('a token that %s is nobody', async (_what, make) => {
  expect(await createJwtCheck(options())(await make())).toBeUndefined();
});

test('a clock that is a little behind is no reason to refuse', async () => {
  expect(await createJwtCheck(options())(await signed({ exp: NOW / 1_000 - 3 }))).toMatchObject({
    owner: 'sso:u1',
  });
});

test('keys that cannot be fetched let nobody in, and are told', async () => {
  answers = false;
  const told: Error[] = [];
  const check = createJwtCheck(options({ onKeysUnavailable: (error) => told.push(error) }));
  try {
    expect(await check(await signed())).toBeUndefined();
    expect(told).toHaveLength(1);
  } finally {
    answers = true;
  }
});
