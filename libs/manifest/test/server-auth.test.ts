import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkManifest, diskFiles, emitOpenapi, loadManifest, pluginFiles } from '../src/index.ts';
import { lintManifest, lintPluginPackage } from '../src/lint/index.ts';

const CALLBACK = 'https://www.coze.cn/api/plugin_oauth/1/authorization_code';
const ENTRIES = {
  client: `{ id: coze, type: oauth, secret: "secret:COZE_SECRET", redirectUrls: ["${CALLBACK}"] }`,
  page: '{ id: page, type: oauth, redirectUrls: ["http://localhost:1234/back"], scopes: [] }',
  robot: '{ id: robot, type: oauth, secret: "secret:ROBOT", owner: robots, scopes: [admin] }',
  issuer:
    '{ id: sso, type: jwt, issuer: "https://id.example.com", audience: notes, jwksUrl: "https://id.example.com/keys" }',
  token: '{ id: service, type: bearer, secret: "secret:TOKEN" }',
};
const all = Object.values(ENTRIES);
const serverUrl = 'https://notes.example.com';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'auth-'));
  writeFileSync(join(folder, 'notes.ts'), 'export const add = (input: object) => input;\n');
});
afterAll(() => rmSync(folder, { recursive: true }));

function write(entries: readonly string[]): string {
  const file = join(folder, 'plugin.yaml');
  writeFileSync(
    file,
    `apiVersion: cozecut/v1
kind: Plugin
metadata: { name: notes, version: 1.0.0, description: Keeps notes }
tools:
  - name: add_note
    summary: Add a note
    description: Adds a note to the book
    handler: ./notes.ts#add
    modes: [cloud]
    input: { type: object, properties: { text: { type: string, description: What it says } } }
    output: { type: object, properties: { name: { type: string, description: Name of the note } } }
auth:
  server:
${entries.map((entry) => `    - ${entry}\n`).join('')}deployments:
  prod: { mode: cloud, server: { publicUrl: "${serverUrl}" } }
`,
  );
  return file;
}

const plugin = (entries: readonly string[]) => loadManifest(write(entries), { env: {}, ...diskFiles });

test('every way of being let in is read, with what it has when nothing is said', () => {
  expect(plugin(all).serverAuth).toEqual([
    {
      id: 'coze',
      type: 'oauth',
      secret: 'secret:COZE_SECRET',
      redirectUrls: [CALLBACK],
      scopes: ['tools:call'],
    },
    { id: 'page', type: 'oauth', redirectUrls: ['http://localhost:1234/back'], scopes: [] },
    {
      id: 'robot',
      type: 'oauth',
      secret: 'secret:ROBOT',
      owner: 'robots',
      redirectUrls: [],
      scopes: ['admin'],
    },
    {
      id: 'sso',
      type: 'jwt',
      issuer: 'https://id.example.com',
      audience: 'notes',
      jwksUrl: 'https://id.example.com/keys',
      ownerClaim: 'sub',
      scopesClaim: 'scope',
      scopes: ['tools:call'],
    },
    { id: 'service', type: 'bearer', secret: 'secret:TOKEN', scopes: ['tools:call'] },
  ]);
});

test.each<[string, string, string]>([
  [
    ENTRIES.token.replace('bearer', 'barer'),
    'WRONG_VALUE',
    'auth.server[0].type must be one of bearer, jwt or oauth (got "barer")',
  ],
  [
    ENTRIES.token.replace('secret:TOKEN', 'a-token'),
    'WRONG_VALUE',
    'auth.server[0].secret must be a reference such as secret:PLUGIN_TOKEN, never the secret itself',
  ],
  [ENTRIES.issuer.replace('audience: notes, ', ''), 'MISSING_KEY', 'auth.server[0] needs "audience"'],
  [
    ENTRIES.issuer.replace('https://id.example.com/keys', 'id.example.com'),
    'WRONG_VALUE',
    'jwksUrl must be an address',
  ],
  [
    ENTRIES.issuer.replace('https://id.example.com/keys', 'http://id.example.com'),
    'AUTH_PLAIN_HTTP',
    'whoever is between',
  ],
  [ENTRIES.client.replace('secret:', 'client_secret:'), 'UNKNOWN_KEY', 'unknown key "client_secret"'],
  [
    ENTRIES.client.replace('https://', 'http://'),
    'WRONG_VALUE',
    'must be https, or an address of this machine',
  ],
  [
    ENTRIES.client.replace('authorization_code"', 'authorization_code#x"'),
    'WRONG_VALUE',
    'must have no # part',
  ],
  [ENTRIES.client.replace(/, redirectUrls.*\]/, ''), 'MISSING_KEY', 'needs "redirectUrls" or "owner"'],
  [
    ENTRIES.robot.replace('secret: "secret:ROBOT", ', ''),
    'MISSING_KEY',
    'needs "secret", because it has an owner',
  ],
  [ENTRIES.robot.replace('admin', 'two words'), 'WRONG_VALUE', 'scopes[0]'],
])('%s is found', (entry, code, words) => {
  const { problems } = checkManifest(write([entry]), { env: {}, ...diskFiles });
  expect(problems).toMatchObject([
    { code, message: expect.stringContaining(words), location: { start: { line: expect.any(Number) } } },
  ]);
  expect(JSON.stringify(problems)).not.toContain('a-token');
});

test('a scope that the server never asks for is found by lint', () => {
  const found = lintManifest(write([ENTRIES.robot.replace('admin', 'tool:call')]), { ...diskFiles });
  expect(found).toMatchObject([{ code: 'SCOPE_UNKNOWN', severity: 'warning', suggestions: ['tools:call'] }]);
  expect(lintManifest(write(all), { ...diskFiles })).toEqual([]);
});

test('the full document tells how to be let in', () => {
  const document = emitOpenapi(plugin(all), { profile: 'full' });
  const flow = {
    tokenUrl: `${serverUrl}/oauth/token`,
    refreshUrl: `${serverUrl}/oauth/token`,
    authorizationUrl: `${serverUrl}/oauth/authorize`,
  };
  const calls = { 'tools:call': expect.any(String) };
  expect(document).toMatchObject({
    security: [
      { coze: ['tools:call'] },
      { page: [] },
      { robot: ['admin'] },
      { sso: ['tools:call'] },
      { service: ['tools:call'] },
    ],
    components: {
      securitySchemes: {
        coze: { type: 'oauth2', flows: { authorizationCode: { ...flow, scopes: calls } } },
        page: { type: 'oauth2', flows: { authorizationCode: { ...flow, scopes: {} } } },
        robot: {
          type: 'oauth2',
          flows: { clientCredentials: { tokenUrl: flow.tokenUrl, scopes: { admin: expect.any(String) } } },
        },
        sso: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
        service: { type: 'http', scheme: 'bearer' },
      },
    },
  });
});

describe('the file for Coze', () => {
  function made(entries: readonly string[], resolveSecret?: (reference: string) => string) {
    const options = {
      profile: 'coze' as const,
      serverUrl,
      ...(resolveSecret === undefined ? {} : { resolveSecret }),
    };
    const { files, problems } = pluginFiles(plugin(entries), options, diskFiles);
    const [manifest, openapi] = files;
    const { auth } = JSON.parse(manifest!.text);
    return {
      auth,
      payload: auth.payload && JSON.parse(auth.payload),
      manifest: manifest!,
      openapi: openapi!,
      codes: problems.map(({ code }) => code),
    };
  }

  test('has the first entry that Coze has a form for', () => {
    expect(made([ENTRIES.issuer, ENTRIES.page, ENTRIES.robot, ENTRIES.client, ENTRIES.token])).toMatchObject({
      auth: { type: 'oauth', sub_type: 'authorization_code' },
      payload: {
        client_id: 'coze',
        client_secret: '${COZE_SECRET}',
        client_url: `${serverUrl}/oauth/authorize`,
        scope: 'tools:call',
        authorization_url: `${serverUrl}/oauth/token`,
        authorization_content_type: 'application/json',
      },
      codes: ['AUTH_MORE_THAN_ONE', 'SECRET_LEFT_OUT'],
    });
    expect(made([ENTRIES.issuer, ENTRIES.token, ENTRIES.client]).auth.type).toBe('service_http');
  });

  test('has the secret of the client only when it is asked for', () => {
    expect(made([ENTRIES.client], (reference) => `value of ${reference}`)).toMatchObject({
      payload: { client_secret: 'value of secret:COZE_SECRET' },
      codes: [],
    });
    expect(made([ENTRIES.client], () => 'x'.repeat(101)).codes).toEqual(['SECRET_TOO_LONG']);
  });

  test('says that everybody may call, and warns, when no entry is for Coze', () => {
    expect(made([ENTRIES.issuer, ENTRIES.page])).toMatchObject({
      auth: { type: 'none', sub_type: '', payload: '' },
      codes: ['AUTH_NOT_FOR_COZE'],
    });
  });

  test.each(['cloud', 'studio'] as const)('passes the lint for %s', (reader) => {
    const { manifest, openapi } = made([ENTRIES.client]);
    const found = lintPluginPackage(
      {
        manifest: { file: manifest.name, text: manifest.text },
        openapi: { file: openapi.name, text: openapi.text },
      },
      reader,
    );
    expect(found.filter(({ severity }) => severity === 'error')).toEqual([]);
  });
});
