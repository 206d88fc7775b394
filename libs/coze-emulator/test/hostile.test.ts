import { expect, test } from 'vitest';
import { createInProcessEmulator, randomNumbers } from '../src/index.ts';
import { ROUTES } from '../src/routes/index.ts';

const SEEDS = 3_000;
const ID = '7400000000001000001';
const NAMES = ['toString', '__proto__', 'constructor', '\u0000', '', 'b1', ID];
const KEYS =
  `bot_id user_id stream auto_save_history additional_messages meta_data custom_variables parameters conversation_id
  chat_id tool_outputs tool_call_id output workflow_id event_id interrupt_type resume_data app_id ext is_async name
  messages role content content_type type order limit before_id grant_type duration_seconds client_id device_code
  refresh_token code code_verifier redirect_uri message_id extra_params bot_version ${NAMES.join(' ')}`.split(
    /\s+/,
  );

function hostile(seed: number): { method: string; path: string; body: string | undefined } {
  const random = randomNumbers(seed);
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)]!;
  const some = <T>(make: () => T, max: number) => Array.from({ length: Math.floor(random() * max) }, make);
  const value = (depth: number): unknown => {
    const plain = [
      null,
      true,
      -1,
      Number.MAX_VALUE,
      '2',
      'user',
      'x'.repeat(3_000),
      'object_string',
      ...NAMES,
      ...GRANTS,
    ];
    const odd = { toString: false, valueOf: 1 };
    if (depth === 0) return pick([...plain, odd]);
    return pick([
      () => pick(plain),
      () => odd,
      () => some(() => value(depth - 1), 3),
      () => map(depth - 1),
    ])();
  };
  const map = (depth: number): object => Object.fromEntries(some(() => [pick(KEYS), value(depth)], 7));
  const [method, template] = pick(ROUTES).route.split(' ') as [string, string];
  const query = new URLSearchParams(
    some((): [string, string] => [pick(KEYS), pick([...NAMES, 'NaN', '1e9'])], 3),
  );
  const usual = { bot_id: 'b1', user_id: 'u1', workflow_id: 'b1', parameters: {} };
  const path = template.replace(/:\w+/g, () => encodeURIComponent(pick(NAMES)));
  const text = () => JSON.stringify({ ...(random() < 0.5 ? usual : {}), ...map(3) });
  return {
    method,
    path: `${path}?${query}`,
    body: method === 'GET' ? undefined : random() < 0.1 ? pick(['', '{', 'null', '[]', '1']) : text(),
  };
}

const GRANTS = ['jwt-bearer', 'device_code'].map((kind) => `urn:ietf:params:oauth:grant-type:${kind}`);

test(`whatever is sent, every route answers it (seeds 1 to ${SEEDS})`, { timeout: 60_000 }, async () => {
  const answer = { interrupt: { type: 2, data: 'Which?' }, next: { output: 'x' } };
  const { fetch, url, token } = createInProcessEmulator({
    scenario: { turns: [{ toolCalls: [{ name: 'a' }], next: { answer: ['b'] } }], workflows: { b1: answer } },
  });
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  for (let seed = 1; seed <= SEEDS; seed++) {
    const { method, path, body } = hostile(seed);
    const init = { method, headers, ...(body === undefined ? {} : { body }) };
    const outcome = await fetch(url + path, init).then(
      async (response) => ({ isAnswered: response.status < 500, text: await response.text() }),
      (error: unknown) => ({ isAnswered: false, text: error }),
    );
    expect({ seed, ...outcome }).toMatchObject({ seed, isAnswered: true });
  }
});
