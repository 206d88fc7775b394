import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { cozecut, temporaryFolder } from './support.ts';

const folder = temporaryFolder();

const DOCUMENT = `openapi: "3.0.1"
info:
  title: Notes
  description: Keeps notes
  version: "1.0"
servers:
  - url: https://notes.example.com
paths:
  /notes:
    post:
      operationId: add_note
      summary: Add a note
      requestBody:
        content:
          application/json:
            schema:
              type: object
              properties:
                text:
                  type: string
                  description: What to keep
      responses:
        "200":
          description: Kept
          content:
            application/json:
              schema:
                type: object
                properties:
                  id:
                    type: string
                    description: Id of the note
`;

function file(name: string, text: string): string {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, name), text);
  return name;
}

const lint = (...args: string[]) => cozecut(['lint', ...args], { cwd: folder });

test('a document without a finding: exit code 0', async () => {
  const run = await lint(file('clean.yaml', DOCUMENT));
  expect(run).toMatchObject({ code: 0, stdout: '' });
});

describe('a document with a finding', () => {
  const broken = file('broken.yaml', DOCUMENT.replace('      summary: Add a note\n', ''));

  test('exit code 3, place, rule and what Coze will say', async () => {
    const run = await lint(broken);
    expect(run.code).toBe(3);
    expect(run.stdout).toMatch(/broken\.yaml:1\d:\d+ error .*CZ106/);
    expect(run.stdout).toContain('summary is required');
  });

  test.each([
    [
      'json',
      (text: string) =>
        expect(JSON.parse(text).problems[0]).toMatchObject({ code: 'CZ106', severity: 'error' }),
    ],
    ['sarif', (text: string) => expect(JSON.parse(text).runs[0].results[0].ruleId).toBe('CZ106')],
    ['github', (text: string) => expect(text).toMatch(/^::error file=broken\.yaml,line=1\d/)],
    ['junit', (text: string) => expect(text).toContain('<testsuite')],
    ['markdown', (text: string) => expect(text).toContain('CZ106')],
    ['stylish', (text: string) => expect(text).toContain('CZ106')],
  ])('as %s', async (format, check) => {
    const run = await lint(broken, '--format', format);
    expect(run.code).toBe(3);
    check(run.stdout);
  });

  test('--json is one object', async () => {
    const run = await lint(broken, '--json');
    expect(run.code).toBe(3);
    const report = JSON.parse(run.stdout);
    expect(report).toMatchObject({ files: 1, summary: { errors: 1 }, problems: [{ code: 'CZ106' }] });
    expect(run.stdout).not.toContain('operationId: add_note');
  });

  test('--fix mends what is certain', async () => {
    const name = file(
      'fixable.yaml',
      DOCUMENT.replace(
        '                  description: What to keep\n',
        '                  description: What to keep\n                  title: Text\n',
      ),
    );
    const before = await lint(name, '--fail-on', 'warn');
    expect(before.code).toBe(3);
    expect(before.stdout).toContain('CZ310');
    const after = await lint(name, '--fail-on', 'warn', '--fix');
    expect(after.code, after.stdout).toBe(0);
    expect(readFileSync(join(folder, name), 'utf8')).toBe(DOCUMENT);
  });
});

test('the profile decides: an address without a name is fine for a studio, not for the cloud', async () => {
  const name = file(
    'local-server.yaml',
    DOCUMENT.replace('https://notes.example.com', 'http://127.0.0.1:8080'),
  );
  expect((await lint(name, '--profile', 'studio')).code).toBe(0);
  const cloud = await lint(name, '--profile', 'cloud');
  expect(cloud.code).toBe(3);
  expect(cloud.stdout).toContain('CZ013');
});

test('the built-in plugin has no error for anybody', async () => {
  for (const profile of [[], ['--profile', 'studio'], ['--profile', 'cloud'], ['--profile', 'local']]) {
    const run = await lint(...profile, '--format', 'stylish');
    expect(run.code, run.stdout).toBe(0);
  }
});

test('a manifest is linted at its own lines', async () => {
  const name = file(
    'plugin.yaml',
    `apiVersion: cozecut/v1
kind: Plugin
metadata:
  name: hello
  version: 1.0.0
  title: { en: Hello }
  description: { human: Hello., model: Hello. }
tools:
  - name: hello_with_a_name_that_is_too_long_for_coze
    summary: Hello
    description: { model: Hello. }
    handler: ./hello.ts#hello
    input: { type: object, properties: {} }
    output: { type: object, properties: { text: { type: string, description: Text } } }
`,
  );
  file('hello.ts', 'export const hello = () => ({});\n');
  const run = await lint(name);
  expect(run.code, run.stdout).toBe(3);
  expect(run.stdout).toMatch(/plugin\.yaml:9:\d+ error .*CZ105/);
});

test('a file that is not there, and a folder', async () => {
  const none = await lint('none.yaml');
  expect(none).toMatchObject({ code: 2, stderr: expect.stringMatching(/^Error: cannot read .*none\.yaml/) });
  const cwd = join(folder, 'a-folder');
  mkdirSync(cwd);
  writeFileSync(join(cwd, 'plugin.yaml'), '');
  const named = await cozecut(['lint', '.', '--lang', 'zh'], { cwd });
  expect(named).toMatchObject({ code: 2, stderr: `错误： 无法读取 ${cwd}：这是一个文件夹\n` });
  const manifest = await cozecut(['manifest', 'check', '--manifest', '.'], { cwd });
  expect(manifest).toEqual({
    code: 2,
    stdout: '',
    stderr: `Error: the manifest ${cwd} cannot be read: it is a folder\nHint: did you mean "plugin.yaml"?\n`,
  });
});
