import { readFile } from 'node:fs/promises';
import { openCatalog } from '@cozecut/catalog/node';
import { UserError } from '@cozecut/problems';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Editor, RunningServer } from '../src/index.ts';
import { call, type House, openHouse, putArchive } from './harness.ts';

const PICTURE = /^<svg[\s>]/;
let house: House;
let server: RunningServer;
/** What the editor was asked for, and how it answers. */
const asked: { name: string; source: string; replace: boolean; force: boolean }[] = [];
let refusal: UserError | undefined;
const editor: Editor = {
  async install({ name, source, replace, force }) {
    asked.push({ name, source: (await readFile(source)).toString(), replace, force });
    if (refusal !== undefined) throw refusal;
    return { folder: `/editor/${name}`, app: 'jianying', problems: [] };
  },
};
beforeAll(async () => {
  house = await openHouse();
  server = await house.start({ editor, jobWaitMs: 0 });
});
afterAll(() => house.close());

const ask = (path: string, body?: unknown) =>
  call(server.url + path, body, body === undefined ? { method: 'GET' } : {});
const timeline = (name: string) => ({
  schema: 'draft-timeline/1',
  name,
  timeUnit: 'ms',
  canvas: { width: 1080, height: 1920, fps: 30 },
  tracks: [{ type: 'text', clips: [{ text: 'one', start: 0, duration: 2000 }] }],
});

describe('the look at a text', () => {
  const check = async (content: string, more: object = {}) =>
    (await ask('/v1/check', { content, theme: 'light', ...more })).body;

  test('says what it is, what it has and how it looks, and makes nothing', async () => {
    const { format, drafts, findings } = await check(JSON.stringify(timeline('look')));
    expect(format.id).toBe('draft-timeline');
    expect(drafts).toEqual([
      {
        name: 'look',
        tracks: 1,
        clips: 1,
        media: 0,
        duration_us: 2_000_000,
        svg: expect.stringMatching(PICTURE),
      },
    ]);
    expect(findings).toEqual([]);
    expect(
      (await ask('/api/draft/list')).body.drafts.map(({ name }: { name: string }) => name),
    ).not.toContain('look');
  });

  test('says where in the text something is wrong', async () => {
    const text = JSON.stringify(timeline('wrong'), null, 1).replace('2000', '-1000');
    const line = text.split('\n').findIndex((one) => one.includes('-1000')) + 1;
    const { drafts, findings } = await check(text);
    expect(findings).toEqual([
      expect.objectContaining({ severity: 'error', code: 'DR003', start: expect.objectContaining({ line }) }),
    ]);
    expect(drafts).toEqual([expect.not.objectContaining({ svg: expect.anything() })]);
    const cut = await check('{"drafts":\n [oops]}');
    expect(cut.findings).toEqual([expect.objectContaining({ start: { line: 2, column: 3 } })]);
    expect(cut.drafts).toEqual([]);
    const subtitles = await check('1\n00:00:xx --> 00:00:02,000\nHello\n', { file_name: 'a.srt' });
    expect(subtitles.format.id).toBe('srt');
    expect(subtitles.findings[0].start).toEqual({ line: 2, column: 1 });
  });

  test('says how long it would be in each unit, when the times do not tell', async () => {
    const text = (media: object) =>
      JSON.stringify({
        drafts: [
          {
            project: { name: 'units', width: 1080, height: 1920, fps: 30 },
            tracks: [
              {
                track_type: 'text',
                segments: [{ type: 'text', content: 'x', time_range: { start: 0, end: 12400 } }],
              },
              media,
            ],
          },
        ],
      });
    const none = await check(text({ track_type: 'text', segments: [] }));
    expect(none.unit_choices).toContainEqual({ unit: 'ms', duration_us: 12_400_000 });
    expect(none.drafts[0]).not.toHaveProperty('duration_us');
    expect(none.findings[0]).toMatchObject({ code: 'DR160', severity: 'error' });
    // The length of a file decides when the draft is made.
    const segment = {
      type: 'audio',
      material_url: 'https://example.com/a.mp3',
      time_range: { start: 0, end: 12400 },
    };
    const some = await check(text({ track_type: 'audio', segments: [segment] }));
    expect(some.findings[0]).toMatchObject({ code: 'DR160', severity: 'warning' });
    expect(some.drafts[0]).toMatchObject({ tracks: 2, clips: 2, media: 1 });
    const told = await check(text({ track_type: 'audio', segments: [segment] }), { time_unit: 'ms' });
    expect(told.unit_choices).toEqual([]);
    expect(told.drafts[0].duration_us).toBe(12_400_000);
  });

  test.each([
    [{}, 'content'],
    [{ content: 3 }, 'content'],
    [{ content: 'x', width: 3 }, 'width'],
    [{ content: 'x', theme: 'red' }, 'theme'],
    [{ content: 'x', time_unit: 'h' }, 'time_unit'],
    [{ content: 'x', from: { toString: false } }, 'from'],
  ])('wants what it can read: %j', async (body, name) => {
    const { status, body: answer } = await ask('/v1/check', body);
    expect(status).toBe(400);
    expect(answer.detail).toContain(name);
  });
});

describe('the findings of a draft', () => {
  /** A draft with a caption that is wider than its picture. */
  const draftOf = async () => {
    const clips = [{ text: 'far too wide to be shown on one line of a picture', start: 0, duration: 1000 }];
    const made = { ...timeline('found'), tracks: [{ type: 'text', clips }] };
    return (await house.store.drafts.create(made, { name: 'found' })).id;
  };
  const findings = (id: string, query = '') => ask(`/v1/drafts/${id}/findings${query}`);

  test('are read without a call of a tool', async () => {
    const id = await draftOf();
    const { total } = (await ask('/v1/calls')).body;
    const { status, body } = await findings(id);
    expect(status).toBe(200);
    expect(body.findings).toContainEqual(
      expect.objectContaining({ code: 'DR108', severity: 'warning', message: expect.any(String) }),
    );
    expect((await ask('/v1/calls')).body.total).toBe(total);
  });

  test('are those of the state that is asked for', async () => {
    const id = await draftOf();
    await house.store.drafts.edit(id, () => timeline('found'));
    expect((await findings(id)).body.findings).toEqual([]);
    expect((await findings(id, '?revision=1')).body.findings_total).toBeGreaterThan(0);
    expect((await findings(id, '?revision=9')).body.code).toBe('DRAFT_REVISION_NOT_FOUND');
    expect((await findings('nothing')).body.code).toBe('DRAFT_NOT_FOUND');
  });

  test('are as many as one reads, the gravest first, with the number of all', async () => {
    const segments = Array.from({ length: 300 }, (_, at) => ({
      type: 'text',
      content: `caption ${at}`,
      [`strange${at}`]: true,
      time_range: { start: at * 2 + 0.5, end: at * 2 + 1.5 },
    }));
    // What is found last is what matters most.
    const project = { name: 'many', width: 1080, height: 1920, fps: 1000 };
    const drafts = [{ project, tracks: [{ track_type: 'text', segments }] }];
    const { body } = await ask('/v1/check', { content: JSON.stringify({ drafts }), time_unit: 's' });
    expect(body.findings).toHaveLength(200);
    expect(body.findings[0]).toMatchObject({ severity: 'error', code: 'DR018' });
    expect(body.findings_total).toBe(301);
    expect(body.findings_counts).toEqual({ error: 1, warning: 300, info: 0 });
  });

  test('tell of resources that the apps do not have, as those of a text do', async () => {
    const { url } = await house.start({ catalog: openCatalog({}) });
    const clips = [
      { media: 'a.mp4', start: 0, duration: 1000, filters: [{ name: 'no filter is called so' }] },
    ];
    const made = { ...timeline('filtered'), tracks: [{ type: 'video', clips }] };
    const { id } = await house.store.drafts.create(made, { name: 'filtered' });
    const stored = await call(`${url}/v1/drafts/${id}/findings`, undefined, { method: 'GET' });
    const typed = await call(`${url}/v1/check`, { content: JSON.stringify(made) });
    for (const { body } of [stored, typed]) {
      expect(JSON.stringify(body.findings)).toContain('no filter is called so');
    }
  });
});

describe('the text of a file', () => {
  const read = (body: Buffer, type = 'application/octet-stream', more: Record<string, string> = {}) =>
    call(`${server.url}/v1/text`, undefined, {
      method: 'POST',
      body: new Uint8Array(body),
      headers: { 'content-type': type, ...more },
    });

  test.each([
    ['UTF-8', Buffer.from('你好')],
    ['UTF-16', Buffer.from('\ufeff你好', 'utf16le')],
    ['GB18030', Buffer.from('\xc4\xe3\xba\xc3', 'latin1')],
  ])('is read from %s', async (_, bytes) => {
    expect(await read(bytes)).toMatchObject({ status: 200, body: { text: '你好' } });
  });

  test('is answered to a key, and to no other file with the same one', async () => {
    const keyed = (text: string) => read(Buffer.from(text), undefined, { 'idempotency-key': 'one file' });
    for (let count = 0; count < 2; count += 1) expect((await keyed('你好')).body).toEqual({ text: '你好' });
    expect((await keyed('再见')).body.code).toBe('IDEMPOTENCY_MISMATCH');
  });

  test('may be nothing', async () => {
    expect(await read(Buffer.of())).toMatchObject({ status: 200, body: { text: '' } });
  });

  test.each([
    ['what is no text', Buffer.from('%PDF-1.7'), 400, 'INPUT_NOT_TEXT'],
    [
      'what is in no known encoding',
      Buffer.from(Array.from({ length: 512 }, (_, at) => at % 256)),
      400,
      'INPUT_ENCODING',
    ],
    ['what is too large', Buffer.alloc(2_000_000, 'x'), 413, 'INPUT_TOO_LARGE'],
  ])('is not made of %s', async (_, bytes, status, code) => {
    expect(await read(bytes)).toMatchObject({ status, body: { code } });
  });

  test('is not taken from a form of a foreign page', async () => {
    expect((await read(Buffer.from('x'), 'text/plain')).body.code).toBe('CONTENT_TYPE_UNSUPPORTED');
    const { body } = await call(`${server.url}/v1/text`, undefined, {
      method: 'POST',
      body: 'x',
      headers: { 'content-type': 'application/octet-stream', origin: 'https://elsewhere.test' },
    });
    expect(body.code).toBe('ORIGIN_FORBIDDEN');
  });
});

describe('a draft for the editor of this machine', () => {
  test('is put there from its zip; what the editor says against it is told', async () => {
    const { draft_id: id } = (await ask('/v1/drafts', { name: 'film' })).body;
    expect((await ask(`/v1/drafts/${id}/install`, {})).body.code).toBe('ARCHIVE_NOT_FOUND');
    await putArchive(house.store, id, 'the zip');
    expect((await ask(`/v1/drafts/${id}/install`, { replace: true })).body).toEqual({
      draft_id: id,
      folder_path: '/editor/film',
      app: 'jianying',
      findings: [],
    });
    expect(asked.at(-1)).toEqual({ name: 'film', source: 'the zip', replace: true, force: false });
    refusal = new UserError('EDITOR_RUNNING', 'JianYing is running', { hint: 'close the app first' });
    const { status, body } = await ask(`/v1/drafts/${id}/install`, {});
    expect({ status, code: body.code, hint: body.hint }).toEqual({
      status: 409,
      code: 'EDITOR_RUNNING',
      hint: 'close the app first',
    });
    refusal = undefined;
    expect((await ask(`/v1/drafts/${id}/install`, { force: 'yes' })).status).toBe(400);
    expect((await ask('/v1/drafts/nothing/install', {})).status).toBe(404);
  });
});

test('what goes on is told as it happens, to its owner', async () => {
  const { url } = await house.start({
    jobWaitMs: 0,
    authorise: async ({ authorization: name = '' }) =>
      name === '' ? undefined : { id: name, owner: name, scopes: ['tools:call'] },
  });
  const slow = (authorization: string) => call(`${url}/v1/slow`, {}, { headers: { authorization } });
  const gone = new AbortController();
  const response = await fetch(`${url}/v1/activity`, {
    signal: gone.signal,
    headers: { authorization: 'alice' },
  });
  expect(response.headers.get('content-type')).toContain('text/event-stream');
  let told = '';
  let foreign = '';
  let own = '';
  for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
    if (told === '') {
      // What begins now is news.
      foreign = (await slow('bob')).body.job_id;
      own = (await slow('alice')).body.job_id;
    }
    told += chunk;
    if (/event: job\n.*"status":"succeeded"/.test(told) && /event: call\n.*slow_work/.test(told)) break;
  }
  gone.abort();
  expect(told).toMatch(/^id: 1\nevent: watching\n/);
  expect(told).toContain(own);
  expect(told).not.toContain(foreign);
});

test('says who asks, and what the server has', async () => {
  expect((await ask('/v1/me')).body).toMatchObject({
    owner: 'local',
    scopes: ['*'],
    needs_token: false,
    features: ['install'],
    plugin: { name: 'sample', version: '1.2.3', title: { en: 'Sample' } },
    modes: ['cloud', 'manual'],
  });
});

describe('the document of the server', () => {
  test('describes what is there, and the answers are as it says', async () => {
    const document = (await ask('/openapi.json?profile=server')).body;
    const ajv = new Ajv2020({ strict: false, validateFormats: false });
    ajv.addSchema(document, 'api');
    const { draft_id: id } = (await ask('/v1/drafts', { name: 'described' })).body;
    const jobId = (await ask('/v1/slow', {})).body.job_id;
    const made = await ask('/api/draft/generate', { content: 'told' });
    const answers: [path: string, operation: string, request: string, body?: unknown][] = [
      ['/v1/me', 'get', '/v1/me'],
      ['/api/health', 'get', '/api/health'],
      ['/coze/health', 'get', '/coze/health'],
      ['/livez', 'get', '/livez'],
      ['/readyz', 'get', '/readyz'],
      ['/openapi.json', 'get', '/openapi.json?profile=server'],
      ['/.well-known/ai-plugin.json', 'get', '/.well-known/ai-plugin.json'],
      ['/v1/connect', 'get', '/v1/connect'],
      ['/v1/owners/{owner}', 'get', '/v1/owners/local'],
      ['/v1/drafts/{id}/timeline', 'get', `/v1/drafts/${id}/timeline`],
      ['/v1/drafts/{id}/findings', 'get', `/v1/drafts/${id}/findings`],
      ['/v1/check', 'post', '/v1/check', { content: JSON.stringify(timeline('x')) }],
      ['/v1/jobs', 'get', '/v1/jobs'],
      ['/v1/jobs/{id}', 'get', `/v1/jobs/${jobId}`],
      ['/v1/jobs/{id}/cancel', 'post', `/v1/jobs/${jobId}/cancel`, {}],
      ['/v1/calls', 'get', '/v1/calls'],
      ['/api/draft/list', 'get', '/api/draft/list'],
      ['/api/draft/status/{id}', 'get', `/api/draft/status/${made.body.draft_ids[0]}`],
      ['/v1/drafts/{id}/revisions', 'get', `/v1/drafts/${id}/revisions`],
      ['/v1/tokens', 'get', '/v1/tokens'],
      ['/v1/tokens', 'post', '/v1/tokens', { name: 'described' }],
    ];
    for (const [path, operation, request, body] of answers) {
      const { status, body: answer } = await ask(request, body);
      const pointer = [
        'paths',
        path,
        operation,
        'responses',
        String(status),
        'content',
        'application/json',
        'schema',
      ];
      const way = pointer.map((step) => encodeURIComponent(step.replaceAll('~', '~0').replaceAll('/', '~1')));
      const validate = ajv.compile({ $ref: `api#/${way.join('/')}` });
      expect(validate(answer), `${operation} ${request}: ${JSON.stringify(validate.errors)}`).toBe(true);
    }
    const failure = ajv.compile({ $ref: 'api#/components/schemas/Failure' });
    expect(failure((await ask('/v1/jobs/none')).body)).toBe(true);
  });
});
