import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { diskFiles } from '../../src/index.ts';
import { lintManifest } from '../../src/lint/index.ts';

const CLEAN = `apiVersion: cozecut/v1
kind: Plugin
metadata:
  name: notes
  version: 1.2.0
  description: Keeps notes
defaults:
  timeout: 20s
  concurrency: 2
tools:
  - name: add_note
    summary: Add a note
    handler: ./notes.ts#add
    http: { path: /v1/notes }
    input:
      type: object
      required: [text]
      properties:
        text: { type: string, description: What it says }
    output:
      type: object
      properties:
        id: { type: string, description: Id of the note }
    examples:
      - { name: one, input: { text: a } }
  - name: forward
    summary: Forward a note
    handler: { http: { url: "https://api.example.com/n" } }
    input: { type: object, properties: { text: { type: string, description: What it says } } }
    output: { type: object, properties: { id: { type: string, description: Id of the note } } }
deployments:
  prod:
    mode: cloud
    server: { publicUrl: https://notes.example.com }
`;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'one-mistake-'));
  writeFileSync(join(folder, 'notes.ts'), 'export const add = (input: object) => input;\n');
});
afterAll(() => rmSync(folder, { recursive: true }));

function findings(text: string) {
  const file = join(folder, 'plugin.yaml');
  writeFileSync(file, text);
  return lintManifest(file, diskFiles);
}

test('the manifest is clean', () => {
  expect(findings(CLEAN)).toEqual([]);
});

const TEXT = 'text: { type: string, description: What it says }\n    output';
const field = (schema: string) => [TEXT, TEXT.replace('\n', () => `\n        more: ${schema}\n`)] as const;
const http = 'http: { url: "https://api.example.com/n" }';

/** One change; the finding, and the text that it points at. */
test.each<readonly [from: string, to: string, code: string, at: string]>([
  ['summary: Add a note', 'summary: "   "', 'WRONG_VALUE', '"   "'],
  ['path: /v1/notes', 'path: /v1/笔记', 'WRONG_VALUE', '/v1/笔记'],
  ['path: /v1/notes', 'path: /v1/../notes', 'WRONG_VALUE', '/v1/../notes'],
  [
    'https://notes.example.com',
    'https://notes.example.com/?a=1',
    'WRONG_VALUE',
    'https://notes.example.com/?a=1',
  ],
  ['required: [text]', 'required: [text, txt]', 'REQUIRED_UNKNOWN', 'txt'],
  [...field('{ type: integer, minimum: 9, maximum: 3, description: a }'), 'SCHEMA_INVALID', '9'],
  [...field('{ type: string, minLength: 9, maxLength: 3, description: a }'), 'SCHEMA_INVALID', '9'],
  [
    ...field('{ type: number, exclusiveMinimum: 3, exclusiveMaximum: 3, description: a }'),
    'SCHEMA_INVALID',
    '3',
  ],
  [...field('{ type: string, readOnly: true, writeOnly: true, description: a }'), 'SCHEMA_INVALID', 'true'],
  [...field('{ type: integer, x-assist-type: image, description: a }'), 'SCHEMA_KEYWORD', 'image'],
  [
    ...field('{ type: string, format: image_url, x-assist-type: video, description: a }'),
    'SCHEMA_KEYWORD',
    'video',
  ],
  [
    ...field('{ type: integer, default: 7300000000000000001, description: a }'),
    'NUMBER_NOT_EXACT',
    '7300000000000000001',
  ],
  [
    ...field('{ type: string, default: sk-proj-abcdefghijklmnopqrstuvwx, description: a }'),
    'SECRET_LITERAL',
    'sk-proj-abcdefghijklmnopqrstuvwx',
  ],
  [
    http,
    'http: { url: "https://api.example.com/n", headers: { "X Note": a } }',
    'HANDLER_TEMPLATE',
    '"X Note"',
  ],
  [
    http,
    'http: { url: "https://api.example.com/n", response: { id: $.dat.id } }',
    'HANDLER_TEMPLATE',
    '$.dat.id',
  ],
  [
    http,
    'http: { url: "https://me:word@api.example.com/n" }',
    'HANDLER_TEMPLATE',
    '"https://me:word@api.example.com/n"',
  ],
  ['deployments:', 'openapi: { overlays: [./no.yaml] }\ndeployments:', 'OVERLAY_UNREADABLE', './no.yaml'],
  [
    'deployments:',
    'openapi: { profiles: { coze: { dropKeywords: [type] } } }\ndeployments:',
    'WRONG_VALUE',
    'type',
  ],
  [
    'deployments:',
    'openapi: { info: { version: "@metadata.vers" } }\ndeployments:',
    'WRONG_VALUE',
    '"@metadata.vers"',
  ],
  ['kind: Plugin', 'kind: Tool', 'WRONG_VALUE', 'Tool'],
  ['  timeout: 20s', '\ttimeout: 20s', 'YAML_SYNTAX', '\t'],
  ['  timeout: 20s', '  timeout：20s', 'YAML_SYNTAX', 'timeout：20s'],
  ['  timeout: 20s', '  timeout:20s', 'YAML_SYNTAX', 'timeout:20s'],
  ['    summary: Add a note', '     summary: Add a note', 'YAML_SYNTAX', 'summary'],
  ['    summary: Add a note', '   summary: Add a note', 'YAML_SYNTAX', ' '],
  ['  - name: forward', '    name: forward', 'DUPLICATE_KEY', 'name'],
  ['defaults:\n', 'x-base: &b { retries: 1 }\ndefaults:\n  <<: *b\n', 'MERGE_KEY', '<<'],
])('%j -> %j is one finding', (from, to, code, at) => {
  const text = CLEAN.replace(from, () => to);
  expect(text).not.toBe(CLEAN);
  const found = findings(text);
  expect(found.map((one) => one.code)).toEqual([code]);
  const { start, end } = found[0]!.location!;
  expect(text.split('\n')[start.line - 1]!.slice(start.column - 1, end?.column && end.column - 1)).toBe(at);
  expect(to).toContain(at);
});

test('a slip that ends inside of its value leaves the next one to be found', () => {
  const text = CLEAN.replace('Add a note', '@add').replace('Forward a note', '@forward');
  expect(findings(text).map(({ code }) => code)).toEqual(['YAML_SYNTAX', 'YAML_SYNTAX']);
});

test.each([
  [
    'a bound that large numbers need',
    field('{ type: integer, maximum: 9223372036854775807, description: a }'),
  ],
  ['a number that keeps its digits', field('{ type: integer, default: 9007199254740992, description: a }')],
  [
    'names of an alternative, which the other schema lists',
    [
      '      required: [text]\n',
      '      required: [text]\n      anyOf: [{ required: [text], properties: {} }]\n',
    ] as const,
  ],
  ['a name in quotes that looks like a merge key', ['defaults:', 'x-base: { "<<": 1 }\ndefaults:'] as const],
])('%s is right', (_, [from, to]) => {
  const text = CLEAN.replace(from, () => to);
  expect(text).not.toBe(CLEAN);
  expect(findings(text)).toEqual([]);
});
