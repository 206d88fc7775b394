import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UserError } from '@cozecut/problems';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkManifest, diskFiles, isUnresolved, loadManifest, resolveManifest } from '../src/index.ts';
import { fullFolder, fullManifest, loadFull } from './support/full.ts';

const DAY_MS = 86_400_000;

const production = { PUBLIC_URL: 'https://notes.example.com', DATABASE_URL: 'postgres://db/notes' };

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'manifest-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const tool = (name: string, options = {}) => loadFull(options).tools.find((item) => item.name === name)!;

describe('a plugin', () => {
  test('has what the manifest says, and what it leaves out', () => {
    const { tools, deployment, problems, ...plugin } = loadFull({ env: { NOTES_BOT_ID: '42' } });
    expect(problems).toEqual([]);
    expect(plugin).toEqual({
      file: fullManifest,
      folder: fullFolder,
      name: 'video-notes',
      version: '1.4.0',
      title: { en: 'Video notes', 'zh-CN': '视频笔记' },
      description: {
        human: 'Notes on the timeline of a video.',
        model: 'Open a notebook first, then add notes to it.',
      },
      texts: {},
      bots: [
        {
          name: 'editor',
          region: 'cn',
          botId: '42',
          tools: ['open_notebook', 'add_notes'],
          onRequiresAction: { submitTimeoutMs: 90_000, onUnknownTool: 'fail', maxRounds: 3 },
        },
      ],
      workflows: [
        {
          name: 'summarise',
          region: 'studio',
          baseUrl: 'http://127.0.0.1:8888',
          workflowId: '7000000000000000001',
          parameters: { url: '$.input.url' },
          output: { text: '$.data.text' },
          onInterrupt: 'fail',
        },
      ],
      serverAuth: [{ id: 'coze', type: 'bearer', secret: 'secret:NOTES_TOKEN', scopes: ['tools:call'] }],
      cozeAuth: { type: 'oauth-device', fallback: { type: 'pat', secret: 'secret:COZE_TOKEN' } },
      openapi: {
        title: 'Notes',
        version: '1.4.0',
        contactUrl: 'https://example.com/help',
        profiles: { coze: { openapi: '3.0.1', dropKeywords: ['title'], includeModes: ['cloud'] } },
        overlays: [
          {
            file: join(fullFolder, 'openapi.overlay.yaml'),
            location: expect.objectContaining({ file: fullManifest }),
          },
        ],
      },
      deployments: ['local', 'prod'],
    });
    expect(tools.map(({ name }) => name)).toEqual([
      'open_notebook',
      'add_notes',
      'save_notes',
      'summarise',
      'list_notes',
    ]);
    expect(deployment).toEqual({
      name: 'local',
      modes: ['local', 'manual'],
      server: { host: '127.0.0.1', port: 7788, callBudgetMs: 30_000 },
      store: join(fullFolder, '.notes'),
      egress: { allow: [], denyPrivate: true, maxBytes: 209_715_200 },
      cache: { maxBytes: 2_147_483_648 },
      retention: {
        draftsMs: undefined,
        jobsMs: 30 * DAY_MS,
        callsMs: 30 * DAY_MS,
        answersMs: 7 * DAY_MS,
        sessionsMs: 30 * DAY_MS,
        eventsMs: 7 * DAY_MS,
        filesMs: DAY_MS,
        tokensMs: 90 * DAY_MS,
        everyMs: 3_600_000,
      },
      quota: {},
      relay: { enabled: false },
      secrets: {},
    });
  });

  test('has tools with everything resolved', () => {
    const { location, input, output, ...rest } = tool('add_notes');
    expect(rest).toEqual({
      name: 'add_notes',
      summary: 'Add notes',
      description: { human: 'Add notes', model: 'Add notes' },
      handler: { kind: 'file', file: join(fullFolder, 'handlers/notes.ts'), export: 'addNotes' },
      http: { method: 'POST', path: '/v1/notebooks/{notebook_id}/notes' },
      examples: [],
      errors: [],
      effects: { idempotent: false, writes: [] },
      timeoutMs: 60_000,
      concurrency: 2,
      maxInputBytes: 262_144,
      modes: ['cloud', 'local', 'manual', 'mcp'],
      runsOn: 'server',
      enabled: true,
      retries: 0,
      progress: false,
    });
    expect(location).toMatchObject({ file: fullManifest, start: { line: 40, column: 5 } });
    expect(JSON.stringify([input, output])).not.toContain('$ref');
    expect(input).toMatchObject({ properties: { notes: { items: { required: ['at', 'text'] } } } });
  });

  test('takes handlers in every form', () => {
    expect(tool('save_notes').handler).toEqual({ kind: 'exec', argv: ['notes', 'save', '{notebook_id}'] });
    expect(tool('summarise').handler).toEqual({ kind: 'workflow', binding: 'summarise' });
    expect(tool('list_notes').handler).toEqual({
      kind: 'file',
      file: join(fullFolder, 'handlers/notes.ts'),
      export: 'listNotes',
    });
    expect(tool('summarise').http).toEqual({ method: 'POST', path: '/v1/tools/summarise' });
  });
});

describe('precedence', () => {
  const values = (name: string, deployment: string) => {
    const { timeoutMs, concurrency, modes, enabled } = tool(name, { deployment });
    return { timeoutMs, concurrency, modes: modes.length, enabled };
  };

  test('is built-in, defaults, tool', () => {
    expect(values('open_notebook', 'local')).toEqual({
      timeoutMs: 20_000,
      concurrency: 2,
      modes: 4,
      enabled: true,
    });
    expect(values('list_notes', 'local')).toEqual({
      timeoutMs: 20_000,
      concurrency: 8,
      modes: 4,
      enabled: true,
    });
  });

  test('then the overrides of the deployment; null removes what was there', () => {
    expect(values('open_notebook', 'prod')).toEqual({
      timeoutMs: 15_000,
      concurrency: 4,
      modes: 4,
      enabled: true,
    });
    expect(values('add_notes', 'prod')).toEqual({
      timeoutMs: 45_000,
      concurrency: 4,
      modes: 1,
      enabled: true,
    });
    expect(values('save_notes', 'prod')).toMatchObject({ enabled: false });
  });
});

describe('the environment', () => {
  test('fills in values of the selected deployment, in their types', () => {
    const env = { ...production, PORT: 'ignored' };
    const { deployment, bots } = loadFull({ env, deployment: 'prod' });
    expect(deployment).toEqual({
      name: 'prod',
      modes: ['cloud', 'relay'],
      server: {
        host: '0.0.0.0',
        port: 8080,
        publicUrl: 'https://notes.example.com',
        callBudgetMs: 20_000,
      },
      store: 'postgres://db/notes',
      egress: { allow: ['*.example-cdn.com:443'], denyPrivate: true, maxBytes: 1000 },
      cache: { maxBytes: 5000 },
      retention: {
        draftsMs: 90 * DAY_MS,
        jobsMs: 30 * DAY_MS,
        callsMs: undefined,
        answersMs: 12 * 3_600_000,
        sessionsMs: 30 * DAY_MS,
        eventsMs: 7 * DAY_MS,
        filesMs: DAY_MS,
        tokensMs: 90 * DAY_MS,
        everyMs: 5 * 60_000,
      },
      quota: { drafts: 7 },
      relay: { enabled: true },
      secrets: { NOTES_TOKEN: 'file:/run/secrets/notes' },
    });
    expect(bots[0]?.botId).toContain('NOTES_BOT_ID');
    expect(loadFull({ env: { NOTES_BOT_ID: '1', PORT: '9000' } }).deployment.server.port).toBe(9000);
  });

  test('an empty variable counts as not set for :- and :?', () => {
    expect(loadFull({ env: { NOTES_BOT_ID: '1', PORT: '' } }).deployment.server.port).toBe(7788);
    expect(() => loadFull({ env: { NOTES_BOT_ID: '' } })).toThrow(
      'the environment variable NOTES_BOT_ID is not set: set NOTES_BOT_ID to the id of a bot',
    );
  });

  test('NAME_FILE names a file that holds the value', () => {
    const path = join(folder, 'bot-id');
    writeFileSync(path, '4711\n');
    const { bots } = loadFull({ env: { NOTES_BOT_ID_FILE: path } });
    expect(bots[0]?.botId).toBe('4711');
    expect(loadFull({ env: { NOTES_BOT_ID_FILE: path, NOTES_BOT_ID: '1' } }).bots[0]?.botId).toBe('1');
  });

  test('nothing has to be set when it is left out or when reading is lenient', () => {
    const { problems, deployment } = loadFull({ deployment: 'prod' });
    expect(problems.map(({ code, severity }) => [code, severity])).toEqual([
      ['ENV_UNSET', 'info'],
      ['ENV_UNSET', 'info'],
    ]);
    expect(deployment.server).toEqual({ host: '0.0.0.0', port: 8080, callBudgetMs: 20_000 });
    expect(deployment.store).toBe(`\${env:DATABASE_URL}`);
    expect(loadFull({ deployment: 'prod', env: {}, lenient: true }).problems).toHaveLength(2);
    expect(() => loadFull({ deployment: 'prod', env: {} })).toThrow('PUBLIC_URL is not set');
  });

  test('leniency for a part of the manifest holds for that part only', () => {
    const env = production;
    const { bots, problems } = loadFull({ deployment: 'prod', env, lenient: ['bindings'] });
    expect(problems.every(({ severity }) => severity !== 'error')).toBe(true);
    expect(bots.every(({ botId }) => isUnresolved(botId))).toBe(true);
    expect(() => loadFull({ deployment: 'prod', env: {}, lenient: ['bindings'] })).toThrow(
      'PUBLIC_URL is not set',
    );
  });

  test('a doubled $ is the text of a reference', () => {
    const file = join(folder, 'plain.yaml');
    const text = `apiVersion: cozecut/v1\nkind: Plugin\nmetadata: { name: demo, version: 1.0.0, title: "$\${env:A} \${env:B}" }\n`;
    writeFileSync(file, text);
    expect(loadManifest(file, { ...diskFiles, env: { B: 'b' } }).title).toEqual({ en: `\${env:A} b` });
  });
});

test.each([
  ['job', '', true],
  ['job', 'progress: false', false],
  ['prompt', '', false],
])('onInterrupt: %s with "%s": the call of its tool is a job: %s', (how, more, isJob) => {
  const file = join(folder, 'asks.yaml');
  writeFileSync(
    file,
    `apiVersion: cozecut/v1
kind: Plugin
metadata: { name: demo, version: 1.0.0 }
tools:
  - name: plan
    summary: Plan
    handler: workflow:plan
    ${more}
    input: { type: object, properties: { city: { type: string } } }
    output: { type: object }
bindings: { workflows: [{ name: plan, region: cn, workflowId: "1", onInterrupt: ${how} }] }
`,
  );
  expect(loadManifest(file, diskFiles).tools[0]?.progress).toBe(isJob);
});

describe('files', () => {
  test('a manifest that is not there is said with what to do', () => {
    const file = join(folder, 'nothing.yaml');
    const load = () => loadManifest(file, diskFiles);
    expect(load).toThrow(UserError);
    expect(load).toThrow(`there is no manifest at ${file}`);
    expect(load).toThrow(
      expect.objectContaining({ code: 'MANIFEST_NOT_FOUND', hint: expect.stringContaining('--manifest') }),
    );
    expect(() => loadManifest(folder, diskFiles)).toThrow(
      expect.objectContaining({ code: 'MANIFEST_UNREADABLE' }),
    );
  });

  test('an invalid one throws every problem, a check returns them', () => {
    const file = join(folder, 'broken.yaml');
    writeFileSync(
      file,
      '\uFEFFapiVersion: cozecut/v1\r\nkind: Plugi\r\nmetadata: { name: demo, version: 1 }\r\n',
    );
    const { plugin, problems } = checkManifest(file, diskFiles);
    expect(plugin).toBeUndefined();
    expect(problems.map(({ pointer, location }) => [pointer, location?.start])).toEqual([
      ['/kind', { line: 2, column: 7 }],
      ['/metadata/version', { line: 3, column: 34 }],
    ]);
    expect(() => loadManifest(file, diskFiles)).toThrow(
      expect.objectContaining({
        code: 'MANIFEST_INVALID',
        problems,
        message: expect.stringContaining('(and 1 more)'),
      }),
    );
  });

  test('a manifest without deployments has a local one', () => {
    const file = join(folder, 'small.yaml');
    writeFileSync(file, 'apiVersion: cozecut/v1\nkind: Plugin\nmetadata: { name: demo, version: 1.0.0 }\n');
    const plugin = loadManifest(file, diskFiles);
    expect(plugin.deployment).toMatchObject({
      name: 'local',
      modes: ['local', 'manual', 'mcp'],
      server: { host: '127.0.0.1', port: 7788 },
      store: join(folder, '.cozecut'),
    });
    expect(plugin.deployments).toEqual(['local']);
    expect(() => loadManifest(file, { ...diskFiles, deployment: 'prod' })).toThrow(
      'there is no deployment "prod"',
    );
  });
});

test('a resolved manifest says where each value was written', () => {
  const { document, origins } = resolveManifest(fullManifest, { ...diskFiles, deployment: 'prod' });
  const line = (pointer: string) => origins.get(pointer)?.start.line;
  const source = (text: string) =>
    diskFiles
      .readFile(fullManifest)
      .split('\n')
      .findIndex((item) => item.includes(text)) + 1;
  expect(document).toMatchObject({
    tools: [{ timeout: '15s' }, { timeout: '45s' }, {}, {}, { concurrency: 4 }],
  });
  expect(line('/tools/0/timeout')).toBe(source('timeout: 15s'));
  expect(line('/tools/1/timeout')).toBe(source('timeout: 45s'));
  expect(line('/tools/2/enabled')).toBe(source('enabled: false'));
  expect(line('/tools/0/retries')).toBeUndefined();
  expect(origins.get('/tools/4/summary')?.file).toBe(join(fullFolder, 'tools/list-notes.yaml'));
  expect(origins.get('/tools/1/input/properties/notes')?.file).toBe(
    join(fullFolder, 'schemas/add-notes.yaml'),
  );
  expect(document).toMatchObject({
    deployment: { name: 'prod', server: { host: '0.0.0.0', port: 8080 }, relay: { enabled: true } },
  });
  const { fromEnvironment } = resolveManifest(fullManifest, {
    ...diskFiles,
    env: { ...production, NOTES_BOT_ID: '1' },
  });
  expect([...fromEnvironment]).toEqual([
    '/bindings/bots/0/botId',
    '/bindings/workflows/0/workflowId',
    '/deployment/server/port',
    '/deployment/store',
  ]);
  expect(line('/deployment/server/port')).toBe(source('port: 8080'));
  expect(origins.has('/deployment/server/host')).toBe(false);
});
