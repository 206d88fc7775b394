import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { createAuthenticator, createOauthServer, createUrlSigner } from '@cozecut/auth';
import { startEmulator } from '@cozecut/coze-emulator';
import { createCozeClient } from '@cozecut/coze-transport';
import { UserError } from '@cozecut/problems';
import { createValidator } from '@cozecut/problems/schema';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ADMIN_SCOPE, CALL_SCOPE, type RunningServer } from '../src/index.ts';
import {
  bodyText,
  encoded,
  headers,
  junk,
  queryFor,
  type Schema,
  segment,
  valueFor,
} from './fuzz/arbitraries.ts';
import { type Answer, ask, type Wild } from './fuzz/ask.ts';
import { type House, openHouse } from './harness.ts';

const ROOT = join(import.meta.dirname, '../../..');
let house: House;
let server: RunningServer;
let emulator: Awaited<ReturnType<typeof startEmulator>>;
let authorization = '';
let draftId = '';

beforeAll(async () => {
  house = await openHouse(join(ROOT, 'plugins/jianying/plugin.yaml'));
  emulator = await startEmulator({});
  const check = createAuthenticator([house.store.tokens.verify]);
  server = await house.start({
    authorise: (given) => check(given.authorization),
    urls: createUrlSigner(randomBytes(32), Date.now),
    oauth: createOauthServer({
      clients: [{ id: 'c', secret: 's', redirectUris: ['https://a.example.com/cb'], scopes: [CALL_SCOPE] }],
      grants: house.store.grants,
      now: Date.now,
    }),
    sessions: {
      client: createCozeClient({ baseUrl: emulator.url, token: emulator.token, retry: { maxAttempts: 1 } }),
      botId: 'b1',
      runsTools: true,
    },
    jobWaitMs: 20,
    fetch: async () => {
      throw new UserError('EGRESS_DENIED', 'no address is opened here');
    },
  });
  const { text } = await house.store.tokens.create({
    owner: 'o',
    name: 'o',
    scopes: [ADMIN_SCOPE, CALL_SCOPE],
  });
  authorization = `Bearer ${text}`;
  const made = await send({ method: 'POST', path: '/v1/drafts', body: '{"name":"fuzz"}' });
  draftId = JSON.parse(made.text).draft_id;
});
afterAll(async () => {
  await house.close();
  await emulator.close();
});

const send = (wild: Wild) => ask(server.url, { ...wild, headers: { authorization, ...wild.headers } });

/** What no answer may be, whatever was asked. */
function expectSound(wild: Wild, { status, text }: Answer): void {
  const said = `${wild.method} ${wild.path.slice(0, 200)} ${(wild.body ?? '').slice(0, 500)}\n${status} ${text.slice(0, 500)}`;
  if (status >= 500)
    throw new Error(`${said}\n${house.logged.filter((line) => line.includes('failed')).at(-1)}`);
  // Where a draft is, is what the tools answer with.
  const told = text.replaceAll(join(house.folder, 'drafts'), '');
  for (const inside of [ROOT, house.folder, 'node_modules', 'node:internal']) {
    if (told.includes(inside)) throw new Error(`an answer tells of ${inside}: ${said}`);
  }
  if (/\n\s+at .*:\d+:\d+/.test(text)) throw new Error(`an answer has a stack: ${said}`);
}

interface Operation {
  path: string;
  method: string;
  parameters: { name: string; in: string; schema: Schema }[];
  body: Schema | undefined;
  isAnswer(body: unknown): unknown[];
}

async function operations(profile: string): Promise<Operation[]> {
  const { text } = await send({ method: 'GET', path: `/openapi.json?profile=${profile}` });
  const document = JSON.parse(text);
  return Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item as object).map(([method, operation]) => {
      const schema = operation.responses['200'].content['application/json'].schema;
      return {
        path,
        method: method.toUpperCase(),
        parameters: operation.parameters ?? [],
        body: operation.requestBody?.content['application/json'].schema,
        isAnswer: createValidator(modern(schema)),
      };
    }),
  );
}

/** What OpenAPI 3.0 writes in words of its own, in those of JSON Schema. */
function modern(schema: unknown): object {
  return JSON.parse(JSON.stringify(schema), (_key, value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
    const { exclusiveMinimum, minimum, ...rest } = value;
    if (exclusiveMinimum === true) return { ...rest, exclusiveMinimum: minimum };
    return value.nullable === true ? { ...value, type: [value.type, 'null'] } : value;
  });
}

function requestOf({ path, method, parameters, body }: Operation): fc.Arbitrary<Wild> {
  const places = parameters.filter((parameter) => parameter.in === 'path');
  const asked = parameters.filter((parameter) => parameter.in === 'query');
  const place = (name: string) =>
    name === 'draft_id'
      ? fc.oneof({ arbitrary: fc.constant(draftId), weight: 6 }, { arbitrary: segment, weight: 1 })
      : segment;
  const text = (schema: Schema, name: string) =>
    valueFor(schema, draftId, name).map((value) =>
      typeof value === 'string' ? value : JSON.stringify(value),
    );
  return fc
    .record({
      places: fc.tuple(...places.map(({ name }) => place(name))),
      query: fc.oneof(
        fc
          .tuple(
            ...asked.map(({ name, schema }) =>
              text(schema, name).map((value) => `${name}=${encoded(value)}`),
            ),
          )
          .map((pairs) => (pairs.length === 0 ? '' : `?${pairs.join('&')}`)),
        queryFor(asked.map(({ name }) => name)),
      ),
      body:
        body === undefined
          ? fc.constant(undefined)
          : valueFor(body, draftId).map((value) => JSON.stringify(value)),
    })
    .map((made) => {
      let filled = path;
      for (const [index, { name }] of places.entries()) {
        filled = filled.replace(`{${name}}`, () => made.places[index] as string);
      }
      return { method, path: filled + made.query, ...(made.body === undefined ? {} : { body: made.body }) };
    });
}

describe.each(['coze', 'full'])('whatever is sent to the tools of the document "%s"', (profile) => {
  test('the answer is one of the document, or a refusal', async () => {
    let answered = 0;
    for (const operation of await operations(profile)) {
      await fc.assert(
        fc.asyncProperty(requestOf(operation), async (wild) => {
          const answer = await send(wild);
          expectSound(wild, answer);
          if (answer.status === 200 && !wild.path.includes('..')) {
            answered += 1;
            expect(operation.isAnswer(JSON.parse(answer.text)), `${wild.path}: ${answer.text}`).toEqual([]);
          }
        }),
        { numRuns: 8 },
      );
    }
    // Most of what is sent is refused; a test that is only ever refused would show nothing.
    expect(answered).toBeGreaterThan(25);
  });
});

const NAMES = [
  'limit',
  'cursor',
  'q',
  'status',
  'tool',
  'owner',
  'since',
  'until',
  'code',
  'draft_id',
  'revision',
  'width',
  'theme',
  'profile',
  'signature',
  'expires',
  'client_id',
  'redirect_uri',
  'scope',
  'state',
  'response_type',
];
const FIELDS = [
  'name',
  'scopes',
  'owner',
  'expires_in',
  'answer',
  'content',
  'output_folder',
  'bot_id',
  'meta_data',
  'message',
  'messages',
  'stream',
  'user_id',
  'token',
  'decision',
  'grant_type',
  'client_id',
  'client_secret',
  'code',
  'code_verifier',
  'refresh_token',
];

test('whatever is sent to any other route is answered or refused', async () => {
  const { text } = await send({ method: 'GET', path: '/openapi.json?profile=server' });
  const documented = Object.keys(JSON.parse(text).paths);
  const routes = [...documented, '/coze/plugin/v1/drafts', '/coze/plugin/api/draft/status/{id}', '/{any}'];
  const ids = () => fc.oneof(fc.constant(draftId), segment);
  const wild = fc
    .record({
      method: fc.constantFrom('GET', 'GET', 'POST', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'),
      route: fc.constantFrom(...routes),
      id: ids(),
      query: queryFor(NAMES),
      headers,
      isKnown: fc.boolean(),
      body: fc.oneof(
        bodyText,
        fc.dictionary(fc.constantFrom(...FIELDS), junk, { maxKeys: 5 }).map((value) => JSON.stringify(value)),
      ),
    })
    .map(
      ({ method, route, id, query, headers: given, isKnown, body }): Wild => ({
        method,
        path: route.replace(/\{\w+\}/, () => id) + query,
        headers: isKnown ? given : { ...given, authorization: 'Bearer nobody' },
        ...(method === 'GET' || method === 'HEAD' ? {} : { body }),
      }),
    );
  const seen = new Set<number>();
  await fc.assert(
    fc.asyncProperty(wild, async (one) => {
      const answer = await send(one);
      expectSound(one, answer);
      seen.add(answer.status);
    }),
    { numRuns: 1_500 },
  );
  expect([...seen]).toEqual(expect.arrayContaining([200, 400, 401, 404]));
});
