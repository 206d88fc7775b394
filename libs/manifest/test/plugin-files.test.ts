import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import {
  diskFiles,
  emitOpenapi,
  type ManifestFiles,
  type Plugin,
  type PluginFilesOptions,
  pluginFiles,
} from '../src/index.ts';
import { lintPluginPackage } from '../src/lint/index.ts';
import { fullFolder, loadFull } from './support/full.ts';

const overlay =
  'overlay: 1.1.0\ninfo: { title: C, version: 1.0.0 }\nactions:\n  - { target: $.info, update: { x-seen: true } }\n';
const files: ManifestFiles = {
  ...diskFiles,
  readFile: (path) =>
    path === join(fullFolder, 'openapi.overlay.yaml') ? overlay : diskFiles.readFile(path),
};
const serverUrl = 'https://notes.example.com';

function make(options: Partial<PluginFilesOptions> = {}, change: Partial<Plugin> = {}) {
  const made = pluginFiles({ ...loadFull(), ...change }, { profile: 'coze', serverUrl, ...options }, files);
  const [manifest, document] = made.files;
  return {
    names: made.files.map(({ name }) => name),
    ai: JSON.parse(manifest!.text),
    document: parse(document!.text),
    codes: made.problems.map(({ code }) => code),
    text: manifest!.text,
  };
}

describe('the pair of files', () => {
  test('of a cloud plugin calls with the token of auth.server, which stays a reference', () => {
    const { names, ai, document, codes } = make();
    expect(names).toEqual(['ai_plugin.json', 'openapi.yaml']);
    expect(ai).toMatchObject({
      schema_version: 'v1',
      name_for_model: 'video_notes',
      name_for_human: 'Notes',
      description_for_model: 'Open a notebook first, then add notes to it.',
      description_for_human: 'Notes on the timeline of a video.',
      auth: { type: 'service_http', sub_type: 'token/api_key' },
      api: { type: 'openapi' },
      common_params: { header: [{ name: 'User-Agent', value: 'Coze/1.0' }] },
    });
    expect(JSON.parse(ai.auth.payload)).toEqual({
      key: 'Authorization',
      service_token: 'Bearer ${NOTES_TOKEN}',
      location: 'header',
    });
    expect(codes).toEqual(['SECRET_LEFT_OUT']);
    expect(document.info['x-seen']).toBe(true);
    const { info: _, ...rest } = document;
    const { info: __, ...emitted } = emitOpenapi(loadFull(), { profile: 'coze', serverUrl });
    expect(rest).toEqual(emitted);
  });

  test.each([
    ['coze', 'cloud'],
    ['coze', 'studio'],
    ['local', 'local'],
  ] as const)('of the profile %s passes the lint for %s', (profile, reader) => {
    const [manifest, openapi] = pluginFiles(loadFull(), { profile, serverUrl }, files).files;
    const found = lintPluginPackage(
      {
        manifest: { file: manifest!.name, text: manifest!.text },
        openapi: { file: openapi!.name, text: openapi!.text },
      },
      reader,
    );
    expect(found.filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  test('has the token only when it is asked for', () => {
    const { ai, codes } = make({ resolveSecret: (reference) => `value of ${reference}` });
    expect(JSON.parse(ai.auth.payload).service_token).toBe('Bearer value of secret:NOTES_TOKEN');
    expect(codes).toEqual([]);
    expect(make({ resolveSecret: () => 'x'.repeat(400) }).codes).toEqual(['SECRET_TOO_LONG']);
  });

  test('of a local plugin, or of one that anybody may call, has no token', () => {
    const none = { type: 'none', sub_type: '', payload: '' };
    const local = make({ profile: 'local', resolveSecret: () => 'never' });
    expect(local.names).toEqual(['plugin.json', 'openapi.yaml']);
    expect(local.ai).toMatchObject({ auth: none, api: { type: 'localplugin' } });
    expect(local.document.servers).toBeUndefined();
    expect(local.text).not.toContain('never');
    expect(make({}, { serverAuth: [] }).ai.auth).toEqual(none);
  });

  test('stays within what the form of Coze takes', () => {
    const plugin = loadFull();
    const { ai } = make(
      {},
      {
        name: 'a-very-long-name-of-a-plugin-that-does-many-things',
        description: { human: '长'.repeat(700), model: 'm'.repeat(700) },
        openapi: { ...plugin.openapi, title: 'Notes: (draft) & 剪映草稿 — a very long title indeed' },
      },
    );
    expect(ai.name_for_model).toMatch(/^[a-z0-9_]{1,30}$/);
    expect(ai.name_for_human).toBe('Notes draft 剪映草稿 a very long t');
    expect([...ai.description_for_human]).toHaveLength(600);
    expect([...ai.description_for_model]).toHaveLength(600);
    const emoji = { ...plugin.openapi, title: '🎬🎬' };
    expect(make({}, { openapi: emoji }).ai.name_for_human).toBe('video notes');
  });

  test('tells which token is used when there are several', () => {
    const { serverAuth } = loadFull();
    expect(make({}, { serverAuth: [...serverAuth, { ...serverAuth[0]!, id: 'other' }] }).codes).toContain(
      'AUTH_MORE_THAN_ONE',
    );
  });
});
