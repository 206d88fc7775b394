import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { diskFiles } from '../../src/index.ts';
import { type LintManifestOptions, lintManifest, lintPluginPackage } from '../../src/lint/index.ts';

const CLEAN = `apiVersion: cozecut/v1
kind: Plugin
metadata:
  name: notes
  version: 1.2.0
  title: { en: Notes }
  description: Keeps notes
tools:
  - name: add_note
    summary: Add a note
    description: Adds a note to the book
    handler: ./notes.ts#add
    modes: [cloud, local]
    http: { method: POST, path: /v1/notes }
    input:
      type: object
      required: [text]
      properties:
        text: { type: string, description: What it says }
        size: { type: integer, description: Size in points, default: 3 }
    output:
      type: object
      properties:
        name: { type: string, description: Name of the note }
bindings:
  bots:
    - name: keeper
      region: cn
      botId: "123"
      tools: [add_note]
deployments:
  prod:
    mode: cloud
    server: { publicUrl: https://notes.example.com }
  desk: { mode: local }
`;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'lint-'));
  writeFileSync(join(folder, 'notes.ts'), 'export function add(input: object) {\n  return input;\n}\n');
});
afterAll(() => rmSync(folder, { recursive: true }));

function lint(
  edits: readonly (readonly [from: string, to: string])[],
  options: Partial<LintManifestOptions> = {},
) {
  let text = CLEAN;
  for (const [from, to] of edits) {
    expect(text).toContain(from);
    text = text.replace(from, to);
  }
  const file = join(folder, 'plugin.yaml');
  writeFileSync(file, text);
  return lintManifest(file, { ...diskFiles, deployment: 'prod', ...options });
}

/** Rule, severity and the text that is pointed at. */
function short(problems: ReturnType<typeof lint>): string[] {
  return problems.map(({ code, severity, location }) => {
    const line = location?.source?.split('\n')[location.start.line - 1] ?? '';
    return `${severity} ${code} ${line.trim()}`;
  });
}

describe('linting plugin.yaml', () => {
  test.each(['prod', 'desk'])('a clean one has no findings: %s', (deployment) => {
    expect(lint([], { deployment })).toEqual([]);
  });

  test.each<[name: string, from: string, to: string, expected: string]>([
    [
      'an address without https',
      'https://notes',
      'http://notes',
      'error CZ013 server: { publicUrl: http://notes.example.com }',
    ],
    ['a title that the form refuses', 'en: Notes', 'en: Notes!', 'warning CZ007 title: { en: Notes! }'],
    [
      'a mail address as default',
      'description: What it says }',
      'description: What it says, default: a@corp.io }',
      'warning CZ022 text: { type: string, description: What it says, default: a@corp.io }',
    ],
    [
      'a hidden field that is required',
      'text: { type: string,',
      'text: { type: string, x-global-disable: true,',
      'error CZ308 text: { type: string, x-global-disable: true, description: What it says }',
    ],
    [
      'a name that the form refuses',
      'size: { type: integer, description: Size in points, default: 3 }',
      'size: { type: array, description: Sizes, items: { type: object, properties: { "a b": { type: string } } } }',
      'warning CZ311 size: { type: array, description: Sizes, items: { type: object, properties: { "a b": { type: string } } } }',
    ],
    [
      'a list in the query',
      'method: POST',
      'method: GET',
      'warning CZ116 text: { type: string, description: What it says }',
    ],
    [
      'a field that nobody described',
      ', description: What it says }',
      ' }',
      'info FIELD_UNDESCRIBED text: { type: string }',
    ],
    [
      'a token',
      'Adds a note to the book',
      'Uses pat_abcdefghijklmnopqrstuvwxyz',
      'error SECRET_LITERAL description: Uses pat_abcdefghijklmnopqrstuvwxyz',
    ],
    [
      'a handler that is not there',
      '#add',
      '#remove',
      'error HANDLER_EXPORT_MISSING handler: ./notes.ts#remove',
    ],
  ])('%s', (_, from, to, expected) => {
    const required = from.startsWith('method') ? ([['required: [text]', 'required: []']] as const) : [];
    const fixed = from.startsWith('method') ? ([['default: 3', 'default: 3, minimum: 1']] as const) : [];
    expect(short(lint([[from, to], ...required, ...fixed]))).toEqual([expected]);
  });

  test('a bot that calls a tool without mode local is told of where bots are answered', () => {
    const edits = [['modes: [cloud, local]', 'modes: [cloud]']] as const;
    expect(short(lint(edits, { deployment: 'desk' }))).toEqual(['error MODE_MISMATCH tools: [add_note]']);
    expect(lint(edits)).toEqual([]);
  });

  test('findings name the tool and the place in the manifest', () => {
    const [problem] = lint([['text: { type: string,', 'text: { type: string, x-global-disable: true,']]);
    expect(problem).toMatchObject({
      code: 'CZ308',
      pointer: '/tools/0/input/properties/text',
      message: 'tool add_note: "text" is required and hidden from the model, so that nobody can give it',
      docs: 'docs/reference/rules.md#cz308',
    });
    expect(problem?.fix).toBeUndefined();
  });

  test('a comment with a reason leaves a finding out', () => {
    const comment = '        # cozecut-ignore CZ308 -- filled in by the server\n';
    const hidden = [
      '        text: { type: string,',
      `${comment}        text: { type: string, x-global-disable: true,`,
    ] as const;
    expect(lint([hidden])).toEqual([]);
    expect(short(lint([['        text:', `${comment}        text:`]]))).toEqual([
      `warning IGNORE_UNUSED ${comment.trim()}`,
    ]);
  });

  test('an address that is not known yet is no mistake', () => {
    expect(lint([['    server: { publicUrl: https://notes.example.com }\n', '']])).toEqual([]);
    const pending = lint([['https://notes.example.com', '"${env:PUBLIC_URL}"']]);
    expect(pending.map(({ code, severity }) => `${severity} ${code}`)).toEqual(['info ENV_UNSET']);
  });
});

describe('linting a plugin package', () => {
  const folderOf = (name: string) => join(import.meta.dirname, 'cases', name);
  const openapi = {
    file: 'openapi.yaml',
    text: readFileSync(join(folderOf('CZ102-ok-one'), 'openapi.yaml'), 'utf8'),
  };
  const plain = JSON.parse(readFileSync(join(folderOf('CZ401-ok-v1'), 'ai_plugin.json'), 'utf8')) as object;
  const manifest = (body: object[]) => ({
    file: 'ai_plugin.json',
    text: JSON.stringify({ ...plain, common_params: { body } }),
  });

  test('looks at both files together', () => {
    expect(
      lintPluginPackage({ manifest: manifest([{ name: 'text', value: 'a' }]), openapi }, 'cloud'),
    ).toEqual([]);
    const [problem, ...rest] = lintPluginPackage(
      { manifest: manifest([{ name: 'txet', value: 'a' }]), openapi },
      'cloud',
    );
    expect(rest).toEqual([]);
    expect(problem).toMatchObject({
      code: 'CZ408',
      severity: 'warning',
      suggestions: ['text'],
      stage: 'run',
    });
    expect(problem?.location?.file).toBe('ai_plugin.json');
  });
});
