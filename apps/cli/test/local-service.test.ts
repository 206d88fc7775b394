import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Emulator, type EmulatorOptions, shippedScenario, startEmulator } from '@cozecut/coze-emulator';
import { describe, expect, test } from 'vitest';
import { type LiveEvents, readEvents } from './live-events.ts';
import { post, temporaryFolder, withServer } from './support.ts';

const BOT = '7400000000000000777';
const WORKFLOW = '7400000000000000042';
const folder = temporaryFolder();
let count = 0;

const MANIFEST = `apiVersion: cozecut/v1
kind: Plugin
metadata: { name: tester, version: 1.0.0 }
tools:
  - name: read_file
    summary: Read
    handler: ./read.mjs#read
    modes: [local]
    input: { type: object, properties: { path: { type: string } } }
    output: { type: object, properties: { content: { type: string } } }
  - name: list_files
    summary: List
    handler: ./read.mjs#list
    modes: [local]
    input: { type: object, properties: {} }
    output: { type: object, properties: { files: { type: array, items: { type: string } } } }
bindings:
  bots: [{ name: editor, region: cn, botId: "${BOT}", tools: [read_file] }]
  workflows: [{ name: report, region: cn, workflowId: "${WORKFLOW}" }]
auth:
  coze: { type: pat, secret: "secret:COZE_API_TOKEN" }
deployments:
  local: { modes: [local, manual], store: ./store }
`;
const HANDLERS = `
import { existsSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
export const read = async ({ path }) => {
  while (existsSync(path + '.wait')) await setTimeout(10);
  return { content: 'of ' + path };
};
export const list = () => ({ files: [] });
`;

/** An empty folder with the plugin. */
function plugin(): string {
  const work = join(folder, String(++count));
  mkdirSync(work);
  writeFileSync(join(work, 'plugin.yaml'), MANIFEST);
  writeFileSync(join(work, 'read.mjs'), HANDLERS);
  return work;
}

interface Place {
  url: string;
  coze: Emulator;
  cwd: string;
  events: LiveEvents;
  post(path: string, body?: unknown): ReturnType<typeof post>;
  // biome-ignore lint/suspicious/noExplicitAny: what is in it is what the tests are about
  state(): Promise<any>;
  /** Starts and waits until the service listens or has failed. */
  start(body: Record<string, unknown>): Promise<LiveEvents['all'][number]>;
}

/** The server of a plugin that knows an emulator as Coze. */
async function withLocal(
  options: EmulatorOptions,
  use: (place: Place) => Promise<void>,
  {
    cwd = plugin(),
    env = {},
    coze: given,
  }: { cwd?: string; env?: Record<string, string>; coze?: Emulator } = {},
): Promise<void> {
  const coze = given ?? (await startEmulator(options));
  try {
    const all = { COZE_BASE_URL: coze.url, COZE_API_TOKEN: coze.token, ...env };
    await withServer([], { cwd, env: all }, async (url) => {
      const events = await readEvents(`${url}/v1/local/events`);
      const place: Place = {
        url,
        coze,
        cwd,
        events,
        post: (path, body = {}) => post(`${url}/v1/local${path}`, body),
        state: async () => (await fetch(`${url}/v1/local`)).json(),
        async start(body) {
          const { status, body: answer } = await place.post('/start', body);
          expect({ status, answer }).toMatchObject({ status: 202, answer: { status: 'starting' } });
          return events.next(({ type, data }) => type === 'service.state' && data.status !== 'starting');
        },
      };
      try {
        await use(place);
      } finally {
        events.close();
      }
    });
  } finally {
    if (given === undefined) await coze.close();
  }
}

const bot = { kind: 'bot', binding: 'editor' };
const workflow = { kind: 'workflow', binding: 'report' };
/** The state in which the person has the word again. */
const isReady = ({ type, data }: LiveEvents['all'][number]) =>
  type === 'service.state' && data.status === 'listening';
const typesOf = ({ all }: LiveEvents) =>
  all.map(({ type }) => type).filter((type) => type !== 'service.state');

describe('a bot', () => {
  test('is started, asked, and stopped; its tool calls are told as they happen', async () => {
    await withLocal({ scenario: shippedScenario('b-one-tool') }, async (place) => {
      const { events, url, coze } = place;
      expect(await place.state()).toEqual({
        status: 'off',
        choices: {
          bots: [{ name: 'editor', region: 'cn', id: BOT, base_url: coze.url }],
          workflows: [{ name: 'report', region: 'cn', id: WORKFLOW, base_url: coze.url }],
          has_token: true,
        },
      });
      const target = { kind: 'bot', name: 'editor', id: BOT, region: 'cn', base_url: coze.url };
      expect((await place.start(bot)).data).toEqual({ status: 'listening', target });
      expect((await place.post('/messages', { message: 'read it' })).body).toMatchObject({
        status: 'thinking',
      });
      await events.next(isReady);
      expect(typesOf(events)).toEqual([
        'turn.started',
        'chat.started',
        'tool.started',
        'tool.finished',
        'outputs.submitted',
        'answer.delta',
        'answer.delta',
        'answer.delta',
        'answer.completed',
      ]);
      const told = (wanted: string) => events.all.find(({ type }) => type === wanted)!.data;
      expect(told('tool.started')).toMatchObject({ tool: 'read_file', input: { path: 'a.txt' } });
      expect(told('tool.finished')).toMatchObject({
        tool: 'read_file',
        ok: true,
        output: { content: 'of a.txt' },
        durationMs: expect.any(Number),
      });
      expect(told('answer.completed')).toMatchObject({ bot: 'editor', text: 'It says: hello.' });
      // The record of calls is that of the server.
      const { calls } = (await (await fetch(`${url}/v1/calls`)).json()) as { calls: object[] };
      expect(calls).toMatchObject([{ tool: 'read_file', mode: 'local', status: 'ok' }]);
      // Whoever comes later sees what was, and goes on where they left.
      const late = await readEvents(`${url}/v1/local/events`);
      await late.next(({ id }) => id === events.all.at(-1)!.id);
      expect(late.all).toEqual(events.all);
      late.close();
      const [, , , third] = events.all;
      const rest = await readEvents(`${url}/v1/local/events`, { 'last-event-id': third!.id });
      await rest.next(({ id }) => id === events.all.at(-1)!.id);
      expect(rest.all).toEqual(events.all.slice(4));
      rest.close();
      expect((await place.post('/stop')).body).toMatchObject({ status: 'off' });
      expect((await place.post('/messages', { message: 'again' })).body).toMatchObject({ code: 'LOCAL_OFF' });
    });
  });

  test('a draft that it makes lies in the draft folder of the editor and in its list', async () => {
    const cwd = join(folder, 'drafts');
    const root = join(cwd, 'com.lveditor.draft');
    mkdirSync(root, { recursive: true });
    const content = JSON.stringify({
      drafts: [
        {
          project: { name: '早安' },
          tracks: [
            {
              track_type: 'text',
              segments: [{ type: 'text', content: 'a', time_range: { start: 0, end: 1.5 } }],
            },
          ],
        },
      ],
    });
    const scenario = {
      turns: [{ toolCalls: [{ name: 'generate_draft', arguments: { content } }], next: { answer: ['ok'] } }],
    };
    const env = { COZE_BOT_ID: BOT, COZECUT_STORE: join(cwd, 'store'), DRAFT_ROOT: root };
    await withLocal(
      { scenario },
      async ({ start, post, events, url }) => {
        await start(bot);
        await post('/messages', { message: '做一个早安视频' });
        const installed = await events.next(({ type }) => type === 'draft.installed');
        expect(installed.data).toEqual({ name: '早安', folder: join(root, '早安'), app: 'jianying' });
        await events.next(isReady);
        const list = JSON.parse(readFileSync(join(root, 'root_meta_info.json'), 'utf8'));
        expect(list.all_draft_store).toMatchObject([{ draft_name: '早安' }]);
        const { drafts } = (await (await fetch(`${url}/api/draft/list`)).json()) as { drafts: object[] };
        expect(drafts).toHaveLength(1);
      },
      { cwd, env },
    );
  });

  test('asks the person: the next message is the answer', async () => {
    for (const [name, kind] of [
      ['g-reply-message', 'reply'],
      ['h-require-info', 'info'],
    ] as const) {
      await withLocal({ scenario: shippedScenario(name) }, async ({ start, post, events, state }) => {
        await start(bot);
        await post('/messages', { message: 'go' });
        const asked = await events.next(isReady);
        expect(asked.data).toMatchObject({ question: { id: 1, kind } });
        expect((await post('/answers', { answer: 'Bern', question_id: 7 })).body).toMatchObject({
          code: 'QUESTION_ANSWERED',
        });
        expect((await post('/answers', { answer: 'Bern', question_id: 1 })).status).toBe(202);
        await events.next(isReady);
        expect(events.all.findLast(({ type }) => type === 'turn.started')!.data).toMatchObject({
          text: 'Bern',
        });
        expect((await state()).question).toBeUndefined();
        expect((await post('/answers', { answer: 'Bern' })).body).toMatchObject({ code: 'NOTHING_ASKED' });
      });
    }
  });

  test('works on one message at a time, which can be cancelled', async () => {
    await withLocal(
      { scenario: shippedScenario('b-one-tool') },
      async ({ start, post, events, cwd, coze }) => {
        const gate = join(cwd, 'a.txt.wait');
        await start({ ...bot, id: BOT });
        // The tool runs in the folder of the server.
        writeFileSync(gate, '');
        await post('/messages', { message: 'read it' });
        await events.next(({ type }) => type === 'tool.started');
        expect((await post('/messages', { message: 'more' })).body).toMatchObject({ code: 'LOCAL_BUSY' });
        expect((await post('/start', bot)).body).toMatchObject({ code: 'LOCAL_RUNNING' });
        expect((await post('/runs', {})).body).toMatchObject({ code: 'LOCAL_WRONG_KIND' });
        await post('/cancel');
        const { data } = await events.next(isReady);
        expect(data.error).toBeUndefined();
        expect(events.all.find(({ type }) => type === 'turn.failed')!.data).toMatchObject({
          code: 'ABORTED',
        });
        expect(coze.transcript().some(({ route }) => route.startsWith('/v3/chat/submit'))).toBe(true);
        // The tool does not listen, and goes on; the server ends all the same.
      },
    );
  });
});

describe('what goes wrong at the start', () => {
  test('a token that Coze refuses; the next one is taken, and none is kept anywhere', async () => {
    await withLocal(
      { scenario: shippedScenario('a-answer') },
      async (place) => {
        const { start, post, events, cwd, coze, state } = place;
        const wrong = 'pat_WRONG0123456789';
        const failed = await start({ ...bot, token: wrong });
        expect(failed.data).toMatchObject({
          status: 'error',
          error: { code: 'COZE_UNAUTHENTICATED', hint: expect.stringContaining('token') },
        });
        expect((await start({ ...bot, token: coze.token })).data.status).toBe('listening');
        await post('/messages', { message: 'hi' });
        await events.next(({ type }) => type === 'answer.completed');
        await post('/stop');
        const kept = [
          JSON.stringify(events.all),
          JSON.stringify(await state()),
          ...filesBelow(join(cwd, 'store')),
        ];
        for (const text of kept) expect(text.includes(wrong) || text.includes(coze.token)).toBe(false);
      },
      { env: { COZE_API_TOKEN: '' } },
    );
  });

  test('no token at all, a secret that is not set, and one that is', async () => {
    const env = { COZE_API_TOKEN: '', OTHER_TOKEN: 'emulator-token' };
    await withLocal(
      {},
      async ({ start, state }) => {
        expect((await state()).choices.has_token).toBe(false);
        expect((await start(bot)).data).toMatchObject({ status: 'error', error: { code: 'SECRET_MISSING' } });
        const missing = await start({ ...bot, token_secret: 'secret:NOT_SET' });
        expect(missing.data).toMatchObject({ error: { code: 'SECRET_MISSING' } });
        expect((await start({ ...bot, token_secret: 'secret:OTHER_TOKEN' })).data.status).toBe('listening');
      },
      { env },
    );
  });

  test('a bot that is not published, and one that is not there', async () => {
    const bots = [{ id: BOT, published: false }];
    await withLocal({ bots }, async ({ start }) => {
      expect((await start(bot)).data).toMatchObject({
        status: 'error',
        error: { code: 'BOT_NOT_PUBLISHED', hint: expect.stringContaining('API') },
      });
      expect((await start({ kind: 'bot', id: '1' })).data).toMatchObject({
        error: { code: 'COZE_NOT_FOUND' },
      });
      expect((await start({ kind: 'bot', binding: 'edtor' })).data).toMatchObject({
        error: { code: 'BOT_UNKNOWN', hint: 'did you mean "editor"?' },
      });
    });
  });

  test('a token of the server never goes to an address that a caller names', async () => {
    const stranger = await startEmulator({});
    try {
      await withLocal({}, async ({ start }) => {
        for (const more of [{}, { token_secret: 'secret:COZE_API_TOKEN' }]) {
          const { data } = await start({ ...bot, base_url: stranger.url, ...more });
          expect(data).toMatchObject({ status: 'error', error: { code: 'BASE_URL_FORBIDDEN' } });
        }
        expect(stranger.transcript()).toEqual([]);
        const { data } = await start({ ...bot, base_url: stranger.url, token: stranger.token });
        expect(data).toMatchObject({ status: 'listening', target: { base_url: stranger.url } });
      });
    } finally {
      await stranger.close();
    }
  });

  test('a request that says nothing sensible', async () => {
    await withLocal({}, async ({ post }) => {
      const token = 'pat_SECRET';
      for (const body of [
        [],
        {},
        { kind: 'bot' },
        { kind: 'bot', id: token, token },
        { kind: { toString: false }, id: '1' },
        { ...bot, region: 'mars' },
        { ...bot, base_url: 'file:///etc/passwd' },
        { ...bot, token: 'two\nlines' },
        { ...bot, token, token_secret: 'secret:X' },
        { ...bot, token_secret: token },
      ]) {
        const answer = await post('/start', body);
        expect([body, answer.status, answer.body.code]).toEqual([body, 400, 'INPUT_INVALID']);
        expect(JSON.stringify(answer.body)).not.toContain(token);
      }
    });
  });
});

describe('what goes wrong on the way', () => {
  test('a stream that is cut is made up for, and told', async () => {
    const faults = [{ id: 'F02' as const, on: '/v3/chat', nth: 1, afterBytes: 400 }];
    await withLocal({ scenario: shippedScenario('b-one-tool'), faults }, async ({ start, post, events }) => {
      await start(bot);
      await post('/messages', { message: 'read it' });
      await events.next(({ type }) => type === 'answer.completed');
      expect(typesOf(events)).toContain('notice');
      expect(events.all.filter(({ type }) => type === 'tool.started')).toHaveLength(1);
    });
  });

  test('a chat that fails is an error until the next message', async () => {
    const scenario = {
      turns: [{ fail: { code: 5000, msg: 'event interval error' } }, { answer: ['fine'] }],
    };
    await withLocal({ scenario }, async ({ start, post, events }) => {
      await start(bot);
      await post('/messages', { message: 'one' });
      const failed = await events.next(isReady);
      expect(failed.data).toMatchObject({ status: 'listening', error: { code: 'COZE_SERVER_ERROR' } });
      await post('/messages', { message: 'two' });
      const { data } = await events.next(isReady);
      expect(data.error).toBeUndefined();
    });
  });

  test('a quota that is used up ends the service with the reason', async () => {
    const scenario = { turns: [{ fail: { code: 4011, msg: 'no balance' } }] };
    await withLocal({ scenario }, async ({ start, post, events, state }) => {
      await start(bot);
      await post('/messages', { message: 'one' });
      await events.next(({ type, data }) => type === 'service.state' && data.status === 'error');
      expect(await state()).toMatchObject({ status: 'error', error: { code: 'COZE_NO_BALANCE' } });
    });
  });
});

describe('a workflow', () => {
  const scenario = {
    turns: [],
    workflows: {
      [WORKFLOW]: {
        interrupt: { type: 2 as const, data: 'Which city?' },
        next: {
          interrupt: {
            type: 'local_plugin' as const,
            call: { name: 'read_file', arguments: { path: 'a.txt' } },
          },
          next: { output: { city: 'Bern' } },
        },
      },
    },
  };

  test('runs with parameters, asks the person, calls tools, and can be run again', async () => {
    await withLocal({ scenario }, async ({ start, post, events, coze }) => {
      expect((await start(workflow)).data).toMatchObject({
        status: 'listening',
        target: { kind: 'workflow', name: 'report', id: WORKFLOW },
      });
      for (const city of ['Bern', 'Rome']) {
        expect((await post('/runs', { parameters: { topic: city } })).status).toBe(202);
        const asked = await events.next(({ type, data }) => type === 'service.state' && data.question);
        expect(asked.data).toMatchObject({
          status: 'thinking',
          question: { kind: 'question', text: 'Which city?' },
        });
        await post('/answers', { answer: city, question_id: asked.data.question.id });
        const done = await events.next(({ type }) => type === 'run.completed');
        expect(done.data).toMatchObject({ workflow: 'report', output: { city: 'Bern' }, resumes: 2 });
        await events.next(isReady);
      }
      const sent = coze.transcript().flatMap(({ dir, body }) => (dir === 'in' ? [body] : []));
      expect(sent.slice(1)).toMatchObject([
        { parameters: { topic: 'Bern' } },
        { resume_data: 'Bern' },
        { resume_data: '{"content":"of a.txt"}' },
        { parameters: { topic: 'Rome' } },
        { resume_data: 'Rome' },
        { resume_data: '{"content":"of a.txt"}' },
      ]);
      expect(events.all.filter(({ type }) => type === 'tool.started')).toHaveLength(2);
    });
  });

  test('a form is answered as a whole', async () => {
    await withLocal({ scenario: shippedScenario('k5-input') }, async ({ start, post, events, coze }) => {
      await start(workflow);
      await post('/runs', { parameters: {} });
      const asked = await events.next(({ type, data }) => type === 'service.state' && data.question);
      const { kind, parameters } = asked.data.question;
      expect(kind).toBe('input');
      const names = Object.keys(parameters);
      expect(names.length).toBeGreaterThan(0);
      const form = Object.fromEntries(names.map((name) => [name, 'x']));
      await post('/answers', { answer: form });
      await events.next(({ type }) => type === 'run.completed');
      const resumed = coze.transcript().find(({ dir, route }) => dir === 'in' && route.includes('resume'));
      expect(JSON.parse((resumed!.body as { resume_data: string }).resume_data)).toEqual(form);
    });
  });

  test('a file in a form is sent where the server is for this machine alone', async () => {
    const form = { type: 5, requiredParameters: { picture: { type: 'image', required: true } } };
    const workflows = { [WORKFLOW]: { interrupt: form, next: { output: 'ok' } } };
    await withLocal({ scenario: { turns: [], workflows } }, async ({ start, post, events, coze, cwd }) => {
      const picture = join(cwd, 'picture.png');
      writeFileSync(picture, 'picture');
      await start(workflow);
      await post('/runs', { parameters: {} });
      await events.next(({ type, data }) => type === 'service.state' && data.question);
      await post('/answers', { answer: { picture } });
      await events.next(({ type }) => type === 'run.completed');
      const bodies = coze.transcript().flatMap(({ dir, body }) => (dir === 'in' ? [body] : []));
      expect(bodies).toContainEqual({ files: [{ field: 'file', name: 'picture.png', bytes: 7 }] });
      expect(bodies.at(-1)).toMatchObject({ resume_data: expect.stringContaining('file_id') });
    });
  });

  test('a run that waits for an answer can be cancelled, and the service stopped', async () => {
    await withLocal({ scenario }, async ({ start, post, events }) => {
      await start(workflow);
      await post('/runs', {});
      await events.next(({ type, data }) => type === 'service.state' && data.question);
      await post('/cancel');
      const { data } = await events.next(isReady);
      expect(data).not.toHaveProperty('question');
      await post('/runs', {});
      await events.next(({ type, data: next }) => type === 'service.state' && next.question);
      expect((await post('/stop')).body).toMatchObject({ status: 'off' });
      await events.next(({ type, data: next }) => type === 'service.state' && next.status === 'off');
      const failed = events.all.filter(({ type }) => type === 'run.failed');
      expect(failed.map(({ data: { code } }) => code)).toEqual(['ABORTED', 'ABORTED']);
    });
  });

  test('one that is not there', async () => {
    await withLocal({ scenario }, async ({ start, post, events }) => {
      await start({ kind: 'workflow', id: '42' });
      await post('/runs', {});
      const { data } = await events.next(({ type }) => type === 'run.failed');
      expect(data).toMatchObject({ code: 'COZE_NOT_FOUND' });
    });
  });
});

describe('a server that ends while a tool runs', () => {
  test.each([
    [bot, 'b-one-tool', '/messages', { message: 'read it' }, 'turn.resumed', 'answer.completed'],
    [workflow, 'k6-local-plugin', '/runs', {}, 'run.continued', 'run.completed'],
  ] as const)('%o goes on at the next start, and the tool does not run again', async (...given) => {
    const [target, name, path, body, begins, ends] = given;
    const coze = await startEmulator({ scenario: shippedScenario(name) });
    const cwd = plugin();
    try {
      await withLocal(
        {},
        async ({ start, post, events }) => {
          await start(target);
          // Longer than the server waits; it must not, as nobody waits for it.
          writeFileSync(join(cwd, 'a.txt.wait'), '');
          await post(path, body);
          await events.next(({ type }) => type === 'tool.started');
          // Ends by itself while the server stops.
          setTimeout(() => rmGate(cwd), 200);
        },
        { cwd, coze },
      );
      expect(coze.transcript().some(({ route }) => /submit|resume|cancel/.test(route))).toBe(false);
      await withLocal(
        {},
        async ({ start, events }) => {
          await start(target);
          await events.next(({ type }) => type === begins);
          await events.next(({ type }) => type === ends);
          expect(events.all.some(({ type }) => type === 'tool.started')).toBe(false);
          expect(events.all.find(({ type }) => type === 'tool.finished')!.data).toMatchObject({
            ok: true,
            replayed: true,
          });
        },
        { cwd, coze },
      );
    } finally {
      await coze.close();
    }
  });
});

function rmGate(cwd: string): void {
  rmSync(join(cwd, 'a.txt.wait'));
}

function filesBelow(path: string): string[] {
  if (!existsSync(path)) return [];
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'));
}
