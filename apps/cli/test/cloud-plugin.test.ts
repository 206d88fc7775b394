import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename, join } from 'node:path';
import {
  callTool,
  type PluginServices,
  type RegisteredPlugin,
  registerPlugin,
  shownTools,
} from '@cozecut/coze-emulator';
import { lintAiPlugin, lintOpenapi, type Profile } from '@cozecut/manifest/lint';
import { makeSampleMedia } from '@cozecut/tools/sample-media';
import { beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { cozecut, temporaryFolder, withServer } from './support.ts';

const TOKEN = 'a-token-of-the-cloud';
const SECOND_US = 1_000_000;
const folder = temporaryFolder();
const env = { PLUGIN_TOKEN: TOKEN, COZECUT_STORE: join(folder, 'store'), DRAFT_ROOT: join(folder, 'drafts') };

/** The rules that decide whether Coze takes a plugin. */
function rules(profile: Profile): PluginServices {
  return {
    lint: (text, file) =>
      (file === 'openapi' ? lintOpenapi : lintAiPlugin)(text, { file, profile }).filter(
        // The export holds the token because the test asks for it.
        ({ code }) => code !== 'CZ409',
      ),
    parse: (text) => parse(text),
  };
}

let files: { openapi: string; aiPlugin: string };
let plugin: RegisteredPlugin;

beforeAll(async () => {
  mkdirSync(join(folder, 'drafts'));
  const args = ['plugin', 'export', '--profile', 'coze', '--out', 'coze', '--with-secrets'];
  const run = await cozecut([...args, '--server-url', 'https://plugin.example.com'], { cwd: folder, env });
  expect(run).toMatchObject({ code: 0 });
  const read = (name: string) => readFileSync(join(folder, 'coze', name), 'utf8');
  files = { openapi: read('openapi.yaml'), aiPlugin: read('ai_plugin.json') };
  plugin = registerPlugin(files, rules('cloud'), '1');
});

describe('the export of the built-in plugin is registered', () => {
  test.each(['cloud', 'studio'] as const)('by the rules of %s', (profile) => {
    expect(registerPlugin(files, rules(profile), '1').serverUrl).toBe('https://plugin.example.com');
  });

  test('and one mistake in it refuses it', () => {
    const broken = { ...files, openapi: files.openapi.replace(/^\s+summary: .*$/m, '') };
    expect(() => registerPlugin(broken, rules('studio'), '1')).toThrow(
      expect.objectContaining({ code: 109000003, message: expect.stringContaining('summary is required') }),
    );
  });

  test('and the model sees every tool', () => {
    expect(shownTools(plugin).map(({ name }) => name)).toEqual([
      'generate_draft',
      'create_draft',
      'add_videos',
      'add_images',
      'add_audios',
      'add_captions',
      'save_draft',
    ]);
  });
});

/** Serves the files of the sample media on loopback. */
async function withMedia<T>(use: (url: string) => Promise<T>): Promise<T> {
  const media = await makeSampleMedia(join(folder, 'media'));
  const byName = new Map(Object.values(media).map((file) => [`/${basename(file)}`, file]));
  const server = createServer((request, response) => {
    const file = byName.get(request.url ?? '');
    if (file === undefined) response.writeHead(404).end();
    else response.end(readFileSync(file));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    return await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  } finally {
    server.close();
    server.closeAllConnections();
  }
}

test('every tool is called as Coze calls it, and a draft comes out', async () => {
  await withMedia(async (mediaUrl) => {
    const serverEnv = { ...env, COZECUT_EGRESS_ALLOW: new URL(mediaUrl).host };
    await withServer([], { cwd: folder, env: serverEnv }, async (serverUrl) => {
      const called = new Set<string>();
      const call = async (name: string, args: object) => {
        called.add(name);
        const { output, raw } = await callTool(plugin, name, JSON.stringify(args), {
          serverUrl,
        });
        // Nothing that the server says is lost on the way: every field is declared, with its type.
        expect(output).toEqual(JSON.parse(raw));
        return output;
      };
      const time = { start: 0, end: SECOND_US };
      const { draft_id } = await call('create_draft', { name: 'From the cloud', width: '1280', fps: '25' });
      expect(draft_id).toEqual(expect.any(String));
      const adds: [string, object][] = [
        ['add_videos', { video_infos: [{ video_url: `${mediaUrl}/video-landscape.mp4`, ...time }] }],
        ['add_images', { image_infos: [{ image_url: `${mediaUrl}/picture.png`, ...time }] }],
        ['add_audios', { audio_infos: [{ audio_url: `${mediaUrl}/music.wav`, ...time }] }],
        ['add_captions', { captions: [{ text: '早上好 👋', ...time }] }],
      ];
      for (const [name, args] of adds) {
        expect(await call(name, { draft_id, ...args })).toMatchObject({ success: true });
      }
      const saved = await call('save_draft', { draft_id });
      expect(saved).toMatchObject({ success: true, name: 'From the cloud' });
      expect(existsSync(String(saved.folder_path))).toBe(true);

      const segment = { type: 'text', content: 'a', time_range: { start: 0, end: 1.5 } };
      const draft = { project: { name: 'b' }, tracks: [{ track_type: 'text', segments: [segment] }] };
      const made = await call('generate_draft', { content: JSON.stringify({ drafts: [draft] }) });
      expect(made).toMatchObject({ success: true });
      expect([...called].sort()).toEqual(plugin.tools.map(({ name }) => name).sort());
    });
  });
});

test('mistakes are answers with status 200 that the bot can read', async () => {
  await withServer([], { cwd: folder, env }, async (serverUrl) => {
    const call = (args: object) =>
      callTool(plugin, 'add_captions', { draft_id: 'none', ...args }, { serverUrl });
    const { output } = await call({ captions: [{ text: 'a', start: 0, end: 1 }] });
    expect(output).toMatchObject({
      success: false,
      error_code: expect.any(String),
      message: expect.any(String),
    });
    expect((await call({ captions: [] })).output).toMatchObject({ success: false });
    // Without its required list Coze does not even call.
    await expect(call({})).rejects.toMatchObject({ code: 109000009 });
  });
});

test('a server that checks its callers takes the token of the registered plugin and no other', async () => {
  await withServer([], { cwd: folder, env: { ...env, ENABLE_AUTH: 'true' } }, async (serverUrl) => {
    const call = (as: RegisteredPlugin) => callTool(as, 'create_draft', { name: 'Checked' }, { serverUrl });
    expect((await call(plugin)).output).toMatchObject({ success: true });
    await expect(call({ ...plugin, auth: { type: 'none' } })).rejects.toMatchObject({
      message: expect.stringContaining('status=401'),
    });
  });
});
