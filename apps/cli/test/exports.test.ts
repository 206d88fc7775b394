import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { cozecut, temporaryFolder } from './support.ts';

const folder = temporaryFolder();
let count = 0;

const MANIFEST = `apiVersion: cozecut/v1
kind: Plugin
metadata:
  name: greeter
  version: 1.0.0
  title: { en: Greeter }
  description: { human: Greets., model: Greets somebody. }
tools:
  - name: greet
    summary: Greet somebody
    handler: ./greet.ts#greet
    input:
      type: object
      required: [name]
      properties:
        name: { type: string, description: Who is greeted }
        times: { type: integer, default: 1, description: How often }
    output:
      type: object
      required: [text]
      properties:
        text: { type: string, description: The greeting }
auth:
  server:
    - { id: coze, type: bearer, secret: "secret:GREETER_TOKEN" }
bindings:
  bots:
    - { name: host, region: cn, botId: "\${env:GREETER_BOT:?set it}" }
deployments:
  local: { mode: local, store: ./store }
  prod:
    mode: cloud
    server: { publicUrl: "\${env:GREETER_URL:?set it}" }
    store: "\${env:GREETER_DATABASE:?set it}"
`;

/** A new folder with a plugin that needs variables which nobody sets. */
function plugin(change: (text: string) => string = (text) => text): string {
  const work = join(folder, `plugin ${++count}`);
  mkdirSync(work);
  writeFileSync(join(work, 'greet.ts'), 'export const greet = () => ({ text: "" });\n');
  writeFileSync(join(work, 'plugin.yaml'), change(MANIFEST));
  return work;
}

const quiet = ['--quiet'];

describe('openapi export', () => {
  test('writes YAML to standard output, and nothing else', async () => {
    const cwd = plugin();
    const run = await cozecut(['openapi', 'export', '--deployment', 'prod'], { cwd });
    expect(run).toMatchObject({ code: 0, stderr: expect.stringContaining('SERVER_URL_UNKNOWN') });
    expect(parse(run.stdout)).toMatchObject({
      openapi: '3.0.1',
      info: { title: 'Greeter', version: '1.0.0' },
      servers: [{ url: 'https://plugin.example.com' }],
    });
    expect(readdirSync(cwd).sort()).toEqual(['greet.ts', 'plugin.yaml']);
    const env = { GREETER_URL: 'https://greeter.example.com' };
    const known = await cozecut(['openapi', 'export', '--deployment', 'prod'], { cwd, env });
    expect(known).toMatchObject({ code: 0, stderr: '' });
    expect(parse(known.stdout).servers).toEqual([{ url: 'https://greeter.example.com' }]);
  });

  test('writes JSON into a file that is called so, one object with --json', async () => {
    const cwd = plugin();
    const args = ['openapi', 'export', '--profile', 'full', '--server-url', 'https://a.example.com'];
    const run = await cozecut([...args, '--out', 'api/openapi.json', '--json'], { cwd });
    expect(JSON.parse(run.stdout)).toEqual({
      profile: 'full',
      files: [{ file: join(cwd, 'api/openapi.json'), state: 'written' }],
      problems: [],
    });
    expect(JSON.parse(readFileSync(join(cwd, 'api/openapi.json'), 'utf8')).openapi).toBe('3.1.0');
    expect(readdirSync(join(cwd, 'api'))).toEqual(['openapi.json']);
    const printed = JSON.parse((await cozecut([...args, '--json'], { cwd })).stdout);
    expect(printed).toMatchObject({ profile: 'full', document: { openapi: '3.1.0' }, files: [] });
  });

  test('--check compares, writes nothing and ends with 3 when something differs', async () => {
    const cwd = plugin();
    const args = ['openapi', 'export', '--out', 'coze.yaml', ...quiet];
    const missing = await cozecut([...args, '--check'], { cwd });
    expect(missing).toMatchObject({ code: 3, stdout: 'coze.yaml: the file is not there\n' });
    expect(existsSync(join(cwd, 'coze.yaml'))).toBe(false);
    expect(await cozecut(args, { cwd })).toEqual({ code: 0, stdout: '', stderr: '' });
    expect(await cozecut([...args, '--check'], { cwd })).toEqual({ code: 0, stdout: '', stderr: '' });
    writeFileSync(join(cwd, 'plugin.yaml'), MANIFEST.replace('Who is greeted', 'Somebody'));
    const before = readFileSync(join(cwd, 'coze.yaml'), 'utf8');
    const stale = await cozecut([...args, '--check'], { cwd });
    expect(stale.code).toBe(3);
    expect(stale.stdout).toMatch(/^coze\.yaml: line \d+:\n- .*Who is greeted\n\+ .*Somebody\n$/);
    expect(readFileSync(join(cwd, 'coze.yaml'), 'utf8')).toBe(before);
    const { stdout } = await cozecut([...args, '--check', '--lang', 'zh'], { cwd });
    expect(stdout).toMatch(/^coze\.yaml: 第 \d+ 行：\n- .*Who is greeted\n/);
  });

  test('applies overlays and tells what is wrong with one', async () => {
    const cwd = plugin((text) => `${text}openapi:\n  overlays: [./changes.yaml]\n`);
    const args = ['openapi', 'export', ...quiet];
    expect(await cozecut(args, { cwd })).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/plugin\.yaml:\d+:\d+/),
    });
    const head = 'overlay: 1.1.0\ninfo: { title: C, version: 1.0.0 }\nactions:\n';
    writeFileSync(join(cwd, 'changes.yaml'), `${head}  - { target: $.info, update: { title: Other } }\n`);
    expect(parse((await cozecut(args, { cwd })).stdout).info.title).toBe('Other');
    writeFileSync(join(cwd, 'changes.yaml'), `${head}  - { target: $.info[, remove: true }\n`);
    const broken = await cozecut(args, { cwd });
    expect(broken).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringMatching(/changes\.yaml:\d+:\d+/),
    });
  });

  test('refuses --check without --out and an address that is none', async () => {
    const cwd = plugin();
    expect((await cozecut(['openapi', 'export', '--check'], { cwd })).code).toBe(2);
    const run = await cozecut(['openapi', 'export', '--server-url', 'greeter'], { cwd });
    expect(run).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('"greeter"') });
  });
});

describe('plugin export', () => {
  const args = ['plugin', 'export', '--server-url', 'https://a.example.com', '--out', 'coze', ...quiet];
  const token = (cwd: string) =>
    JSON.parse(JSON.parse(readFileSync(join(cwd, 'coze/ai_plugin.json'), 'utf8')).auth.payload).service_token;

  test('writes the pair without the token, with it only when asked', async () => {
    const cwd = plugin();
    const env = { GREETER_TOKEN: 'hunter2' };
    expect(await cozecut(args, { cwd, env })).toEqual({ code: 0, stdout: '', stderr: '' });
    expect(readdirSync(join(cwd, 'coze')).sort()).toEqual(['ai_plugin.json', 'openapi.yaml']);
    expect(token(cwd)).toBe('Bearer ${GREETER_TOKEN}');
    const check = ['plugin', 'export', '--server-url', 'https://a.example.com', '--out', 'coze', '--check'];
    expect((await cozecut(check, { cwd, env })).code).toBe(0);
    expect((await cozecut([...args, '--with-secrets'], { cwd })).code).toBe(4);
    expect((await cozecut([...args, '--with-secrets'], { cwd, env })).code).toBe(0);
    expect(token(cwd)).toBe('Bearer hunter2');
    expect(statSync(join(cwd, 'coze/ai_plugin.json')).mode & 0o077).toBe(0);
    const differs = await cozecut(check, { cwd, env });
    expect(differs.code).toBe(3);
    expect(differs.stdout + differs.stderr).not.toContain('hunter2');
    expect((await cozecut([...check, '--with-secrets'], { cwd, env })).code).toBe(2);
  });

  test('writes a local plugin', async () => {
    const cwd = plugin();
    const run = await cozecut(['plugin', 'export', '--profile', 'local', '--out', 'local', '--json'], {
      cwd,
    });
    expect(JSON.parse(run.stdout)).toMatchObject({
      profile: 'local',
      files: [
        { file: join(cwd, 'local/plugin.json'), state: 'written' },
        { file: join(cwd, 'local/openapi.yaml'), state: 'written' },
      ],
    });
    expect(JSON.parse(readFileSync(join(cwd, 'local/plugin.json'), 'utf8')).api.type).toBe('localplugin');
    expect(readFileSync(join(cwd, 'local/openapi.yaml'), 'utf8')).toContain('x-functionName: greet');
  });

  test('replaces its own earlier export, and nothing else without --force', async () => {
    const cwd = plugin();
    mkdirSync(join(cwd, 'coze'));
    writeFileSync(join(cwd, 'coze/openapi.yaml'), 'mine: true\n');
    const refused = await cozecut(args, { cwd });
    expect(refused).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('openapi.yaml is there already'),
    });
    expect(readdirSync(join(cwd, 'coze'))).toEqual(['openapi.yaml']);
    expect(readFileSync(join(cwd, 'coze/openapi.yaml'), 'utf8')).toBe('mine: true\n');
    expect((await cozecut([...args, '--force'], { cwd })).code).toBe(0);
    writeFileSync(join(cwd, 'plugin.yaml'), MANIFEST.replace('1.0.0', '1.1.0'));
    expect((await cozecut(args, { cwd })).code).toBe(0);
    expect(parse(readFileSync(join(cwd, 'coze/openapi.yaml'), 'utf8')).info.version).toBe('1.1.0');
  });

  test('leaves nothing behind when there can be no folder', async () => {
    const cwd = plugin();
    writeFileSync(join(cwd, 'coze'), 'mine');
    const before = readdirSync(cwd);
    expect((await cozecut(args, { cwd })).code).not.toBe(0);
    expect(readdirSync(cwd)).toEqual(before);
    expect(readFileSync(join(cwd, 'coze'), 'utf8')).toBe('mine');
  });
});

describe('openapi diff', () => {
  const removeTimes = (text: string) => text.replace(/ +times:.*\n/, '');
  const setVersion = (version: string) => (text: string) =>
    text.replace('version: 1.0.0', `version: ${version}`);

  test('fails a minor release that removes, and passes a major one', async () => {
    const cwd = plugin();
    await cozecut(['openapi', 'export', '--out', 'old.yaml', ...quiet], { cwd });
    expect(await cozecut(['openapi', 'diff', 'old.yaml'], { cwd })).toMatchObject({
      code: 0,
      stdout: '0 breaking, 0 additive, 0 documentation; version 1.0.0 -> 1.0.0 (the same)\n',
    });
    writeFileSync(join(cwd, 'plugin.yaml'), setVersion('1.1.0')(removeTimes(MANIFEST)));
    const minor = await cozecut(['openapi', 'diff', 'old.yaml'], { cwd });
    expect(minor).toMatchObject({ code: 3, stderr: expect.stringContaining('2.0.0') });
    expect(minor.stdout).toBe(
      'breaking\n  greet input.times was removed [FIELD_REMOVED]\n' +
        '1 breaking, 0 additive, 0 documentation; version 1.0.0 -> 1.1.0 (minor)\n',
    );
    const json = await cozecut(['openapi', 'diff', 'old.yaml', '--json'], { cwd });
    expect(json.code).toBe(3);
    expect(JSON.parse(json.stdout)).toMatchObject({
      isAllowed: false,
      needed: '2.0.0',
      changes: [{ kind: 'breaking', code: 'FIELD_REMOVED', operation: 'greet', place: 'input.times' }],
    });
    writeFileSync(join(cwd, 'plugin.yaml'), setVersion('2.0.0')(removeTimes(MANIFEST)));
    expect((await cozecut(['openapi', 'diff', 'old.yaml'], { cwd })).code).toBe(0);
  });

  test('compares two files, in the profile of the old one', async () => {
    const cwd = plugin();
    for (const profile of ['local', 'full']) {
      await cozecut(['openapi', 'export', '--profile', profile, '--out', `${profile}.yaml`, ...quiet], {
        cwd,
      });
      expect((await cozecut(['openapi', 'diff', `${profile}.yaml`], { cwd })).stdout).toMatch(
        /^0 breaking, 0 add/,
      );
    }
    const other = await cozecut(['openapi', 'diff', 'full.yaml', 'local.yaml'], { cwd });
    expect(other.code).toBe(3);
    expect(other.stdout).toContain('ADDRESS_CHANGED');
  });

  test('refuses what is no OpenAPI document', async () => {
    const cwd = plugin();
    expect(await cozecut(['openapi', 'diff', 'none.yaml'], { cwd })).toMatchObject({ code: 2 });
    expect(await cozecut(['openapi', 'diff', 'plugin.yaml'], { cwd })).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('no OpenAPI document'),
    });
  });
});

describe('manifest', () => {
  test('check tells every mistake, and needs no variable', async () => {
    const good = await cozecut(['manifest', 'check', '--deployment', 'prod', '--json'], { cwd: plugin() });
    expect(good.code).toBe(0);
    expect(
      JSON.parse(good.stdout).problems.map(({ severity }: { severity: string }) => severity),
    ).not.toContain('error');
    const bad = plugin((text) => text.replace('summary:', 'sumary:').replace('mode: local', 'mode: locl'));
    const run = await cozecut(['manifest', 'check'], { cwd: bad });
    expect(run.code).toBe(2);
    expect(run.stdout).toMatch(/plugin\.yaml:10:5 error .*sumary/);
    expect(run.stdout).toMatch(/plugin\.yaml:\d+:\d+ error .*locl/);
  });

  test('print shows what a deployment comes to, with places, without secrets', async () => {
    const cwd = plugin();
    const env = {
      GREETER_URL: 'https://greeter.example.com',
      GREETER_DATABASE: 'postgres://ann:hunter2@db/x',
    };
    const run = await cozecut(['manifest', 'print', '--deployment', 'prod', '--origins'], { cwd, env });
    expect(run.code).toBe(0);
    expect(run.stdout).not.toContain('hunter2');
    expect(run.stdout).toContain('store: postgres://***@db/x # plugin.yaml:34, from the environment\n');
    expect(run.stdout).toContain('summary: Greet somebody # plugin.yaml:10\n');
    expect(run.stdout).toContain('retries: 0 # built in\n');
    const json = JSON.parse((await cozecut(['manifest', 'print', '--json'], { cwd, env })).stdout);
    expect(json).toMatchObject({
      manifest: { metadata: { name: 'greeter' }, deployment: { name: 'local' } },
      origins: { '/tools/0/summary': 'plugin.yaml:10' },
      fromEnvironment: [],
    });
  });

  test('schema is what editors read', async () => {
    const cwd = plugin();
    const run = await cozecut(['manifest', 'schema'], { cwd });
    expect(JSON.parse(run.stdout).$id).toBe('https://json.schemastore.org/cozecut-plugin.json');
    await cozecut(['manifest', 'schema', '--kind', 'Tool', '--out', 'tool.schema.json', ...quiet], { cwd });
    const committed = join(import.meta.dirname, '../../../docs/reference/tool.schema.json');
    expect(readFileSync(join(cwd, 'tool.schema.json'), 'utf8')).toBe(readFileSync(committed, 'utf8'));
  });

  test('typegen writes types, and --check finds that they are old', async () => {
    const cwd = plugin();
    const args = ['manifest', 'typegen', '--out', 'tools.gen.ts', ...quiet];
    expect((await cozecut(args, { cwd })).code).toBe(0);
    expect(readFileSync(join(cwd, 'tools.gen.ts'), 'utf8')).toContain('  times: number;\n');
    expect((await cozecut([...args, '--check'], { cwd })).code).toBe(0);
    writeFileSync(join(cwd, 'plugin.yaml'), MANIFEST.replace('default: 1, ', ''));
    const stale = await cozecut([...args, '--check'], { cwd });
    expect(stale.code).toBe(3);
    expect(stale.stdout).toMatch(/-\s+times: number;\n\+\s+times\?: number;/);
  });
});
