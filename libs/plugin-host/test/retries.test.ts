import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { WireError } from '@cozecut/problems';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Workflows } from '../src/index.ts';
import { hostOf, logged, manifestOf, startServer, temporaryFolder } from './support/plugin.ts';

const folder = temporaryFolder();
const runs = join(folder, 'runs');
beforeEach(() => writeFileSync(runs, ''));
const runCount = () => readFileSync(runs, 'utf8').length;

writeFileSync(
  join(folder, 'handlers.ts'),
  `import { appendFileSync, readFileSync } from 'node:fs';
export const failing = (input: { times: number; error: object; seen?: boolean }, ctx: { idempotencyKey?: string }) => {
  if (input.seen) throw new Error('this attempt got the input that the first one changed');
  input.seen = true;
  appendFileSync(${JSON.stringify(runs)}, '.');
  const made = readFileSync(${JSON.stringify(runs)}, 'utf8').length;
  if (made <= input.times) throw Object.assign(new Error('not now'), input.error);
  return { made, ...(ctx.idempotencyKey === undefined ? {} : { key: ctx.idempotencyKey }) };
};
`,
);
writeFileSync(
  join(folder, 'failing.mjs'),
  `import { appendFileSync, readFileSync } from 'node:fs';
appendFileSync(${JSON.stringify(runs)}, '.');
const made = readFileSync(${JSON.stringify(runs)}, 'utf8').length;
if (made < 3) process.exit(Number(process.argv[2]));
console.log(JSON.stringify({ made }));
`,
);

const OPEN = 'input: { type: object }\noutput: { type: object }\n';
/** A host whose waits take no time and are the shortest ones. */
function patient(handler: string, more: string, ports: object = {}) {
  const waits: number[] = [];
  const services = { random: () => 0, wait: async (ms: number) => void waits.push(ms), ...ports };
  return { waits, host: hostOf(folder, manifestOf(`handler: ${handler}\n${more}\n${OPEN}`), services) };
}
const passing = (times: number, more: object = {}) => ({ times, error: { retryable: true, ...more } });
const call = (host: ReturnType<typeof patient>['host'], input: unknown, idempotencyKey?: string) =>
  host.call('demo', input, { mode: 'manual', ...(idempotencyKey === undefined ? {} : { idempotencyKey }) });

describe('a function', () => {
  const FUNCTION = './handlers.ts#failing';
  const SAFE = 'retries: 3\neffects: { idempotent: true }';

  test('is called again after an error that says it may work later, each time with the same input', async () => {
    const { host, waits } = patient(FUNCTION, SAFE);
    expect(await call(host, passing(2))).toEqual({ ok: true, output: { made: 3 } });
    expect(waits).toEqual([125, 250]);
  });

  test.each([
    ['says nothing', {}],
    ['says no', { retryable: false }],
    ['says something else', { retryable: 'yes' }],
  ])('is called once when the error %s', async (_name, error) => {
    const { host } = patient(FUNCTION, SAFE);
    expect(await call(host, { times: 1, error })).toMatchObject({ ok: false });
    expect(runCount()).toBe(1);
  });

  test.each(['MEDIA_UNREACHABLE', 'MEDIA_TIMEOUT', 'MEDIA_TRUNCATED'])(
    'is called again after %s of the guarded fetch',
    async (code) => {
      const { host } = patient(FUNCTION, SAFE);
      expect(await call(host, { times: 1, error: { code } })).toEqual({ ok: true, output: { made: 2 } });
    },
  );

  test('gives up after its retries, with the last error', async () => {
    const { host, waits } = patient(FUNCTION, SAFE);
    expect(await call(host, passing(9, { name: 'UserError', code: 'BUSY', problems: [] }))).toMatchObject({
      error: { code: 'BUSY', message: 'not now' },
    });
    expect([runCount(), waits.length]).toEqual([4, 3]);
  });

  test('is called once when it is not said to be harmless', async () => {
    const { host } = patient(FUNCTION, 'retries: 3\neffects: { writes: [draft] }');
    expect(await call(host, passing(1), 'k1')).toMatchObject({ ok: false });
    expect(runCount()).toBe(1);
  });

  test('with a key is called again only when the call has one, and sees it each time', async () => {
    const { host } = patient(FUNCTION, 'retries: 3\neffects: { idempotent: key }');
    expect(await call(host, passing(1), 'k1')).toEqual({ ok: true, output: { made: 2, key: 'k1' } });
    writeFileSync(runs, '');
    expect(await call(host, passing(1))).toMatchObject({ ok: false });
    expect(runCount()).toBe(1);
  });

  test('waits as long as the error asks for, with a cap for its own waits', async () => {
    const asking = patient(FUNCTION, SAFE);
    expect(await call(asking.host, passing(1, { retryAfterMs: 5_000 }))).toMatchObject({ ok: true });
    expect(asking.waits).toEqual([5_000]);
    const many = patient(FUNCTION, 'retries: 8\ntimeout: 10m\neffects: { idempotent: true }', {
      random: () => 0.5,
    });
    writeFileSync(runs, '');
    expect(await call(many.host, passing(9))).toMatchObject({ ok: false });
    expect(many.waits).toEqual([188, 375, 750, 1500, 3000, 6000, 6000, 6000]);
  });

  test('does not begin a wait beyond the deadline', async () => {
    const { host, waits } = patient(FUNCTION, `${SAFE}\ntimeout: 2s`);
    expect(await call(host, passing(1, { retryAfterMs: 60_000 }))).toMatchObject({ ok: false });
    expect(waits).toEqual([]);
  });

  test('a wait ends with the deadline and is told in the log', async () => {
    logged.length = 0;
    const wait = (_ms: number, signal: AbortSignal) =>
      new Promise<void>((_resolve, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason));
      });
    const { host } = patient(FUNCTION, `${SAFE}\ntimeout: 400ms`, { wait });
    expect(await call(host, passing(1))).toMatchObject({ error: { code: 'DEADLINE_EXCEEDED' } });
    expect(logged).toContainEqual(expect.objectContaining({ waitMs: 125 }));
  });
});

test.each([
  [75, true],
  [1, false],
])('a program that ends with %d is run again: %s', async (code, isRepeated) => {
  const { host } = patient(
    `{ exec: { argv: [${JSON.stringify(process.execPath)}, ./failing.mjs, "${code}"] } }`,
    'modes: [manual]\nretries: 2\neffects: { idempotent: true }',
  );
  const result = await call(host, {});
  if (isRepeated) expect(result).toEqual({ ok: true, output: { made: 3 } });
  else expect(result).toMatchObject({ error: { code: 'EXEC_FAILED' } });
  expect(runCount()).toBe(isRepeated ? 3 : 1);
});

test.each([
  ['backoff', 'true', 2],
  ['never', 'true', 1],
  ['backoff', 'false', 1],
])(
  'a workflow that fails for now (%s), idempotent: %s, is run %d times',
  async (retry, idempotent, expected) => {
    let count = 0;
    const run: Workflows['run'] = async () => {
      count += 1;
      if (count === 1) throw Object.assign(new WireError('COZE_BUSY', 'the service is busy'), { retry });
      return { data: { count } };
    };
    const binding = 'bindings: { workflows: [{ name: w, region: cn, workflowId: "1" }] }\n';
    const tool = `handler: workflow:w\nretries: 2\neffects: { idempotent: ${idempotent} }\n${OPEN}`;
    const host = hostOf(folder, manifestOf(tool) + binding, { workflows: { run }, wait: async () => {} });
    expect((await call(host, {})).ok).toBe(expected === 2);
    expect(count).toBe(expected);
  },
);

test('an HTTP API is sent the key of the call, so that a POST can be repeated', async () => {
  const server = await startServer((_seen, nth) => (nth === 1 ? { status: 503 } : { body: { nth } }));
  const { host } = patient(`{ http: { url: "${server.url}/" } }`, 'retries: 1\neffects: { idempotent: key }');
  expect(await call(host, {}, 'k-7')).toEqual({ ok: true, output: { nth: 2 } });
  expect(server.seen.map(({ headers }) => headers['idempotency-key'])).toEqual(['k-7', 'k-7']);
  await server.close();
});
