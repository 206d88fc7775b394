import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkManifest, diskFiles } from '../src/index.ts';
import { fullFolder, fullManifest } from './support/full.ts';

const clean = readFileSync(fullManifest, 'utf8');

/** One change of the clean manifest: what is replaced by what, and the code of the finding at that line. */
const mutations: [from: string, to: string, code: string][] = [
  ['apiVersion: cozecut/v1', 'apiVersion: cozecut/v9', 'WRONG_VALUE'],
  ['kind: Plugin', 'kind: plugin', 'WRONG_VALUE'],
  ['metadata:', 'metdata:', 'UNKNOWN_KEY'],
  ['name: video-notes', 'name: Video notes', 'WRONG_VALUE'],
  ['version: 1.4.0', 'version: 1.4', 'WRONG_TYPE'],
  ['version: 1.4.0', 'version: 2.0.0', 'DEPRECATED_PAST_REMOVAL'],
  ['zh-CN: 视频笔记', 'Chinese: 视频笔记', 'WRONG_VALUE'],
  ['human: Notes', 'humans: Notes', 'UNKNOWN_KEY'],
  ['./tools/*.yaml', './tool/*.yaml', 'INCLUDE_MISSING'],
  ['timeout: 20s', 'timeout: 20', 'WRONG_TYPE'],
  ['timeout: 20s', 'timeout: 20h', 'WRONG_VALUE'],
  ['concurrency: 2', 'concurrency: 0', 'WRONG_VALUE'],
  ['concurrency: 2', 'concurrency: two', 'WRONG_TYPE'],
  ['summary: Open a notebook', 'summary: ""', 'WRONG_VALUE'],
  ['summary: Open a notebook', 'sumary: Open a notebook', 'UNKNOWN_KEY'],
  ['notebook.ts#openNotebook', 'notebok.ts#openNotebook', 'HANDLER_FILE_MISSING'],
  ['notebook.ts#openNotebook', 'notebook.ts#openNotebooks', 'HANDLER_EXPORT_MISSING'],
  ['./handlers/notebook.ts', '../../handlers/notebook.ts', 'HANDLER_OUTSIDE'],
  ['method: POST', 'method: post', 'WRONG_VALUE'],
  ['path: /v1/notebooks }', 'path: "/v1/notebooks/{id}" }', 'PATH_PARAMETER'],
  ['idempotent: key', 'idempotent: always', 'WRONG_VALUE'],
  ['additionalProperties: false', 'additionalProperties: "no"', 'SCHEMA_INVALID'],
  ['required: [title]', 'required: title', 'SCHEMA_INVALID'],
  ['title: { type: string', 'title: { type: text', 'SCHEMA_INVALID'],
  ['maxLength: 80', 'maxLenght: 80', 'SCHEMA_KEYWORD'],
  ['default: red', 'default: blue', 'DEFAULT_INVALID'],
  ['default: 20,', 'default: 0,', 'DEFAULT_INVALID'],
  ['title: Monday, color: red', 'title: Monday, color: blue', 'EXAMPLE_INVALID'],
  ['title: Monday, color: red', 'titel: Monday, color: red', 'EXAMPLE_INVALID'],
  ['0b2f6f0e-6a52', '0b2f6f0e-6a5', 'EXAMPLE_INVALID'],
  ['errors: [INVALID_INPUT]', 'errors: [invalid]', 'WRONG_VALUE'],
  ['notes.ts#addNotes', 'notes.ts#addNote', 'HANDLER_EXPORT_MISSING'],
  ['{notebook_id}/notes" }', '{notebook_id/notes" }', 'PATH_PARAMETER'],
  ['add-notes.yaml#/input', 'add-notes.yaml#/inputs', 'REF_MISSING'],
  ['./schemas/add-notes.yaml#/output', './schema/add-notes.yaml#/output', 'REF_MISSING'],
  ['{ exec: {', '{ excec: {', 'UNKNOWN_KEY'],
  ['argv: [notes, save, "{notebook_id}"]', 'argv: notes', 'WRONG_TYPE'],
  ['runsOn: device', 'runsOn: phone', 'WRONG_VALUE'],
  ['progress: true', 'progress: yes', 'WRONG_TYPE'],
  ['handler: workflow:summarise', 'handler: workflow:sumarise', 'BINDING_UNKNOWN'],
  ['replacedBy: add_notes', 'replacedBy: add_note', 'TOOL_UNKNOWN'],
  ['since: 1.3.0', 'since: 1.3', 'WRONG_TYPE'],
  ['region: cn', 'region: us', 'WRONG_VALUE'],
  ['tools: [open_notebook, add_notes]', 'tools: [open_notebook, add_note]', 'TOOL_UNKNOWN'],
  ['submitTimeout: 90s', 'submitTimeout: 90 s', 'WRONG_VALUE'],
  ['onUnknownTool: fail', 'onUnknownTool: ignore', 'WRONG_VALUE'],
  ['baseUrl: http://', 'baseUrl: ftp://', 'WRONG_VALUE'],
  ['baseUrl: http://127.0.0.1:8888', 'x-base: none', 'MISSING_KEY'],
  ['onInterrupt: fail', 'onInterrupt: wait', 'WRONG_VALUE'],
  ['secret: "secret:NOTES_TOKEN"', 'secret: hunter2', 'WRONG_VALUE'],
  ['type: oauth-device', 'type: oauth', 'WRONG_VALUE'],
  ['type: pat, secret', 'type: pat, secrets', 'UNKNOWN_KEY'],
  ['url: "https://example.com/help"', 'url: example.com', 'WRONG_VALUE'],
  ['openapi: 3.0.1', 'openapi: 2.0.0', 'WRONG_VALUE'],
  ['modes: [local, manual]', 'modes: [manual]', 'DEVICE_UNREACHABLE'],
  ['modes: [local, manual]', 'modes: [local, local]', 'WRONG_VALUE'],
  ['$' + '{env:PORT:-7788}', '$' + '{env:PORT:-http}', 'WRONG_TYPE'],
  ['$' + '{env:PORT:-7788}', '$' + '{env:PORT}', 'ENV_UNSET'],
  ['mode: cloud\n', 'mode: clod\n', 'WRONG_VALUE'],
  ['save_notes: { enabled: false }', 'save_note: { enabled: false }', 'TOOL_UNKNOWN'],
  ['save_notes: { enabled: false }', 'save_notes: { handler: ./a.ts }', 'UNKNOWN_KEY'],
  ['maxBytes: 1000', 'maxBytes: 1.5', 'WRONG_TYPE'],
  ['callBudget: 20s', 'callBudget: 20', 'WRONG_TYPE'],
  ['drafts: 90d', 'drafts: 90s', 'WRONG_VALUE'],
  ['calls: never', 'calls: always', 'WRONG_VALUE'],
  ['quota: { drafts: 7 }', 'quota: { drafts: 0 }', 'WRONG_VALUE'],
  ['retention: { drafts', 'retention: { draft', 'UNKNOWN_KEY'],
];

/** Findings about a value that is inherited or defined elsewhere stand at that other line. */
const elsewhere: Record<string, string> = {
  DEPRECATED_PAST_REMOVAL: 'removeIn: 2.0.0',
  DEVICE_UNREACHABLE: 'runsOn: device',
  MISSING_KEY: 'region: studio',
};

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'manifest-'));
  cpSync(fullFolder, folder, { recursive: true });
});
afterAll(() => rmSync(folder, { recursive: true }));

function findings(text: string) {
  const file = join(folder, 'plugin.yaml');
  writeFileSync(file, text);
  const { problems } = checkManifest(file, { ...diskFiles, env: { NOTES_BOT_ID: '1' } });
  return problems.map(({ code, location }) => ({ code, line: location?.start.line }));
}

test('the manifest is clean', () => {
  expect(findings(clean)).toEqual([]);
});

test.each(mutations)('%s -> %s', (from, to, code) => {
  const changed = clean.replace(from, () => to);
  expect(changed).not.toBe(clean);
  const text = elsewhere[code] ?? to.trimEnd();
  const line = changed.split('\n').findIndex((item) => item.includes(text)) + 1;
  expect(findings(changed)).toEqual([{ code, line }]);
});
