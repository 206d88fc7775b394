import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeSampleMedia, type SampleMedia } from '@cozecut/tools/sample-media';
import { beforeAll, describe, expect, test } from 'vitest';
import { cozecut, post, temporaryFolder, withServer } from './support.ts';

const folder = temporaryFolder();
let media: SampleMedia;
beforeAll(async () => {
  media = await makeSampleMedia(join(folder, 'media'));
});

type Segment = Record<string, unknown>;
const exportOf = (tracks: { track_type: string; segments: Segment[] }[]) => ({
  drafts: [{ project: { name: 'bad', width: 1920, height: 1080, fps: 30 }, tracks }],
});
const textTrack = (start: number, end: number) => ({
  track_type: 'text',
  segments: [{ type: 'text', content: 'a', time_range: { start, end } }],
});
const videoTrack = (material_url: string, end: number) => ({
  track_type: 'video',
  segments: [{ type: 'video', material_url, time_range: { start: 0, end } }],
});

/** Each with a part of the message that says what is wrong, and where. */
const BAD_EXPORTS: [name: string, content: () => string, says: RegExp[]][] = [
  ['not JSON', () => '{"drafts": [', [/JSON/]],
  ['JSON, but no export', () => '{"hello": 1}', [/export|format/i]],
  [
    'mixed units',
    () =>
      JSON.stringify(exportOf([textTrack(0, 4), textTrack(0, 120_000), videoTrack(media.video, 5_000_000)])),
    [/DR160|unit/, /120000/, /5000000/],
  ],
  [
    'missing media',
    () => JSON.stringify(exportOf([videoTrack(join(folder, 'none.mp4'), 2_000)])),
    [/none\.mp4/, /segments\[0\]/],
  ],
  [
    'a zero duration',
    () => JSON.stringify(exportOf([textTrack(1_000, 1_000)])),
    [/duration|end/, /segments\[0\]/],
  ],
  [
    'a negative duration',
    () => JSON.stringify(exportOf([textTrack(2_000, 1_000)])),
    [/duration|end/, /segments\[0\]/],
  ],
  [
    'a draft cut off in the middle of the string',
    () => JSON.stringify({ draft_data: '{"drafts": [{"tracks": [' }),
    [/JSON/, /draft_data/],
  ],
];

describe('manual mode', () => {
  test.each(BAD_EXPORTS)(
    '%s: one clear message, exit code 2, nothing written',
    async (name, content, says) => {
      const work = join(folder, `manual ${name}`);
      mkdirSync(work);
      writeFileSync(join(work, 'export.json'), content());
      const run = await cozecut(['draft', 'create', 'export.json', '--out', 'draft'], { cwd: work });
      expect(run.code, run.stderr).toBe(2);
      for (const part of says) expect(run.stderr).toMatch(part);
      expect(run.stderr).not.toMatch(/\n\s+at /);
      expect(run.stdout).toBe('');
      expect(readdirSync(work)).toEqual(['export.json']);
    },
  );

  test('--json says the same as one object on stdout', async () => {
    writeFileSync(join(folder, 'broken.json'), '{');
    const run = await cozecut(['draft', 'create', 'broken.json', '--out', 'x', '--json'], { cwd: folder });
    expect(run.code).toBe(2);
    expect(JSON.parse(run.stdout).error).toMatchObject({
      code: expect.any(String),
      message: expect.any(String),
    });
  });

  test('a unit that cannot be decided is decided by --time-unit', async () => {
    const work = join(folder, 'unit');
    mkdirSync(work);
    writeFileSync(join(work, 'export.json'), JSON.stringify(exportOf([textTrack(0, 4), textTrack(5, 9)])));
    const refused = await cozecut(['draft', 'create', 'export.json', '--out', 'draft'], { cwd: work });
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain('--time-unit');
    const run = await cozecut(['draft', 'create', 'export.json', '--out', 'draft', '--time-unit', 's'], {
      cwd: work,
    });
    expect(run.code, run.stderr).toBe(0);
    const draft = JSON.parse(readFileSync(join(work, 'draft', 'draft_content.json'), 'utf8'));
    expect(draft.duration).toBe(9_000_000);
  });

  test('an output folder that exists stays as it is', async () => {
    const work = join(folder, 'exists');
    mkdirSync(join(work, 'draft'), { recursive: true });
    writeFileSync(join(work, 'draft', 'mine.txt'), 'mine');
    writeFileSync(join(work, 'export.json'), JSON.stringify(exportOf([textTrack(0, 4_000)])));
    const run = await cozecut(['draft', 'create', 'export.json', '--out', 'draft', '--time-unit', 'ms'], {
      cwd: work,
    });
    expect(run.code).toBe(2);
    expect(run.stderr).toMatch(/exists/);
    expect(readdirSync(join(work, 'draft'))).toEqual(['mine.txt']);
  });

  test('a file that is not there, and a flag that is not there', async () => {
    const missing = await cozecut(['draft', 'create', 'nope.json', '--out', 'x'], { cwd: folder });
    expect(missing).toMatchObject({ code: 2, stderr: expect.stringContaining('nope.json') });
    const flag = await cozecut(['draft', 'create', 'nope.json'], { cwd: folder });
    expect(flag).toMatchObject({ code: 2, stderr: expect.stringContaining('out') });
  });
});

test('cloud mode answers every bad export with 4xx and writes nothing', async () => {
  const root = join(folder, 'cloud drafts');
  await withServer(
    [],
    { cwd: folder, env: { COZECUT_STORE: join(folder, 'store'), DRAFT_ROOT: root } },
    async (url) => {
      for (const [name, content, says] of BAD_EXPORTS) {
        const answer = await post(`${url}/api/draft/generate`, content());
        expect(answer.status, `${name}: ${JSON.stringify(answer.body)}`).toBeGreaterThanOrEqual(400);
        expect(answer.status, name).toBeLessThan(500);
        expect(answer.type).toContain('application/problem+json');
        for (const part of says) expect(JSON.stringify(answer.body), name).toMatch(part);
      }
      expect(readdirSync(root)).toEqual([]);
      const form = await fetch(`${url}/api/draft/generate`, { method: 'POST', body: 'a=b' });
      expect(form.status).toBe(415);
      expect((await fetch(`${url}/api/draft/status/none`)).status).toBe(404);
      expect((await fetch(`${url}/nothing/here`)).status).toBe(404);
    },
  );
});

test('a second save of a draft name is refused and the first draft stays', async () => {
  const root = join(folder, 'saved drafts');
  await withServer(
    [],
    { cwd: folder, env: { COZECUT_STORE: join(folder, 'store2'), DRAFT_ROOT: root } },
    async (url) => {
      const make = async () => {
        const { body } = await post(`${url}/v1/drafts`, { name: '同名草稿' });
        const captions = [{ text: '你好', start: 0, end: 1_000_000 }];
        expect((await post(`${url}/v1/drafts/${body.draft_id}/captions`, { captions })).status).toBe(200);
        return body.draft_id as string;
      };
      const first = await make();
      expect((await post(`${url}/v1/drafts/${first}/save`, {})).status).toBe(200);
      const before = readFileSync(join(root, '同名草稿', 'draft_content.json'), 'utf8');
      const other = await post(`${url}/v1/drafts/${await make()}/save`, {});
      expect(other).toMatchObject({ status: 409, body: { code: 'DRAFT_EXISTS' } });
      // The same draft as it was saved is there already.
      expect((await post(`${url}/v1/drafts/${first}/save`, {})).status).toBe(200);
      expect(readFileSync(join(root, '同名草稿', 'draft_content.json'), 'utf8')).toBe(before);
      expect(readdirSync(root)).toEqual(['同名草稿']);
    },
  );
});

describe('a manifest', () => {
  const good = (change: (text: string) => string, handler = 'export const hello = () => ({});\n') => {
    const work = join(folder, `manifest ${Math.random().toString(36).slice(2)}`);
    mkdirSync(work);
    writeFileSync(join(work, 'hello.ts'), handler);
    const text = `apiVersion: cozecut/v1
kind: Plugin
metadata:
  name: hello
  version: 1.0.0
  title: { en: Hello }
  description: { human: Hello., model: Hello. }
tools:
  - name: hello
    summary: Hello
    description: { model: Hello. }
    handler: ./hello.ts#hello
    timeout: 5s
    input: { type: object, properties: {} }
    output: { type: object, properties: {} }
deployments:
  local:
    mode: local
    server: { host: 127.0.0.1, port: 7788 }
`;
    writeFileSync(join(work, 'plugin.yaml'), change(text));
    return work;
  };

  test('that is right is read', async () => {
    const run = await cozecut(['tool', 'list'], { cwd: good((text) => text) });
    expect(run).toMatchObject({ code: 0, stdout: 'hello  Hello\n' });
  });

  test.each([
    ['an unknown key', 'timeout: 5s', 'timeuot: 5s', [/plugin\.yaml:13:5/, /timeuot/, /timeout/]],
    ['a wrong type', 'timeout: 5s', 'timeout: [5]', [/plugin\.yaml:13:\d+/, /timeout/]],
    ['a handler file that is not there', './hello.ts#', './helo.ts#', [/plugin\.yaml:12:\d+/, /helo\.ts/]],
    ['an export that is not there', '#hello', '#helo', [/plugin\.yaml:12:\d+/, /helo/, /hello/]],
    [
      'an unset variable',
      'host: 127.0.0.1',
      'host: "${env:NO_SUCH_HOST}"',
      [/plugin\.yaml:19:\d+/, /NO_SUCH_HOST/],
    ],
  ])('with %s: one message with place, exit code 2', async (_name, from, to, says) => {
    const work = good((text) => text.replace(from, to));
    for (const command of [
      ['tool', 'list'],
      ['serve', '--port', '0'],
      ['tool', 'run', 'hello'],
    ]) {
      const run = await cozecut(command, { cwd: work });
      expect(run.code, run.stderr).toBe(2);
      for (const part of says) expect(run.stderr).toMatch(part);
    }
    expect(existsSync(join(work, '.cozecut'))).toBe(false);
  });

  test('with a handler whose folder says CommonJS: what to do', async () => {
    const work = good((text) => text);
    writeFileSync(join(work, 'package.json'), '{"type": "commonjs"}');
    const run = await cozecut(['tool', 'run', 'hello'], { cwd: work });
    expect(run.code).toBe(2);
    expect(run.stderr).toContain('"type": "module"');
  });

  test('that is not there', async () => {
    const run = await cozecut(['tool', 'list', '--manifest', 'none.yaml'], { cwd: folder });
    expect(run).toMatchObject({ code: 2, stderr: expect.stringContaining('none.yaml') });
  });
});
