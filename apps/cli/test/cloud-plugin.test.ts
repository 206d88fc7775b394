import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
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
import { makeSampleMedia, makeTemplateDraft } from '@cozecut/tools/sample-media';
import { beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { cozecut, post, temporaryFolder, withServer } from './support.ts';

const TOKEN = 'a-token-of-the-cloud';
const SECOND_US = 1_000_000;
/** JSON of which the test knows the shape. */
// biome-ignore lint/suspicious/noExplicitAny: answers of tools are looked into at any depth.
type Any = any;
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
    const names = shownTools(plugin).map(({ name }) => name);
    expect(names).toEqual(
      expect.arrayContaining(['generate_draft', 'create_draft', 'add_videos', 'save_draft']),
    );
    // By hand only, so that no bot gets to see it.
    expect(names).not.toContain('place_draft');
    expect(names).toEqual(plugin.tools.map(({ name }) => name));
    expect(names.length).toBeGreaterThan(60);
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
  const template = { name: '双行标题', id: '7300000000000000011', texts: ['A title', 'and more'] };
  mkdirSync(join(folder, 'editor'));
  writeFileSync(join(folder, 'editor/draft_content.json'), JSON.stringify(makeTemplateDraft(template)));
  expect(await cozecut(['catalog', 'harvest', 'editor'], { cwd: folder, env })).toMatchObject({ code: 0 });
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
      const works = async (name: string, args: object): Promise<Any> => {
        const output = await call(name, args);
        expect(output, `${name}: ${output.message}`).toMatchObject({ success: true });
        return output;
      };
      const add = async (name: string, args: object): Promise<string[]> =>
        (await works(name, { draft_id, ...args })).segment_ids;
      const [video] = await add('add_videos', {
        video_infos: [{ video_url: `${mediaUrl}/video-landscape.mp4`, ...time }],
      });
      const list = { imgs: [`${mediaUrl}/picture.png`, `${mediaUrl}/picture.png`] };
      const parts = await works('timelines', { duration: 2 * SECOND_US, num: 2, type: 0 });
      const { infos } = await works('imgs_infos', { ...list, timelines: parts.timelines });
      const images = await add('add_images', { image_infos: infos });
      const [sound] = await add('add_audios', {
        audio_infos: [{ audio_url: `${mediaUrl}/music.wav`, ...time }],
      });
      const [text] = await add('add_captions', {
        captions: [{ text: '早上好 👋', keyword: '早上', ...time }],
      });
      const names: Record<string, object> = {
        add_transitions: { segment_ids: [images[0]], transition: '叠化', duration: 200_000 },
        add_animations: { segment_ids: [text], type: 'in', animation: '渐显' },
        add_masks: { segment_ids: [video], name: '圆形' },
        add_keyframes: { keyframes: [{ segment_id: video, property: 'alpha', offset: 0, value: 0.5 }] },
        add_audio_effects: { segment_ids: [sound], audio_effect: '麦霸', kind: 'scene' },
        add_fades: { segment_ids: [sound], fade_in: 100_000 },
        add_background: { segment_ids: [video], background_color: '#102030' },
        add_text_styles: { text_styles: [{ segment_id: text, keyword: '早', bold: true }] },
        add_effects: { effect_infos: [{ effect_title: '九屏', ...time }] },
        add_filters: { filter_infos: [{ filter_title: '冷白', segment_id: images[0] }] },
        add_stickers: { sticker_infos: [{ sticker_id: '7226264888031694091', ...time }] },
        add_sticker: { sticker_id: '7226264888031694091', ...time },
        add_text_template: { template_id: template.name, texts: ['早间新闻', '8 点'], ...time },
        add_subtitles: { content: '1\n00:00:01,000 --> 00:00:02,000\none\n' },
        add_tracks: { tracks: [{ type: 'text', track_name: 'more' }] },
        modify_segment: { segment_ids: [video], alpha: 0.5 },
        set_speed: { segment_id: video, speed: 2 },
        set_volume: { segment_id: sound, volume: 0.5 },
        replace_text: { segment_id: text, text: '晚上好' },
        replace_media: { segment_id: images[1], media: `${mediaUrl}/picture.png` },
        replace_segment: { segment_id: images[1], media: `${mediaUrl}/picture.png` },
        relink_media: { from: mediaUrl, to: `${mediaUrl}/.` },
        move_segment: { segment_id: text, start: 2 * SECOND_US },
        trim_segment: { segment_id: text, duration: 800_000 },
        duplicate_segment: { segment_id: text },
        split_segment: { segment_id: images[1], at: 1_500_000 },
        edit_draft: { edits: [{ op: 'volume', track: 'audio_1', volume: 0.2 }] },
        get_draft: {},
        get_tracks: {},
        get_track: { track_id: 'video_2' },
        query_script: {},
        get_segment: { segment_id: text },
        lint_draft: {},
        diagnose_draft: {},
        easy_create_material: { audio_url: `${mediaUrl}/music.wav`, text: 'easy' },
      };
      for (const [name, args] of Object.entries(names)) await works(name, { draft_id, ...args });
      const copy = await works('copy_draft', { draft_id, name: 'Copied' });
      const others: Record<string, object> = {
        delete_segment: { segment_id: text },
        delete_track: { track_id: 'audio_1' },
        cut_draft: { start: 0, end: 500_000 },
        copy_track: { from_draft_id: draft_id, track: 'audio_1' },
        concat_drafts: { from_draft_id: draft_id },
        add_cover: { cover_url: `${mediaUrl}/picture.png` },
        fill_draft: { texts: '{}' },
        migrate_draft: { profile: 'jianying-11-win' },
      };
      for (const [name, args] of Object.entries(others))
        await works(name, { draft_id: copy.draft_id, ...args });
      const { timelines } = parts;
      const helpers: Record<string, object> = {
        list_drafts: {},
        search_catalog: { q: '叠' },
        search_sticker: { keyword: '心' },
        get_filters: { mode: 0 },
        get_text_animations: { type: 'in' },
        get_image_animations: { mode: 1, type: '' },
        get_mask_types: { app: 'capcut' },
        add_text_style: { text: 'hello', keyword: 'ell' },
        audio_timelines: { links: [`${mediaUrl}/music.wav`] },
        get_media_info: { url: `${mediaUrl}/picture.png` },
        get_audio_duration: { mp3_url: `${mediaUrl}/music.wav` },
        video_infos: { video_urls: ['a'], timelines },
        audio_infos: { mp3_urls: ['a'], timelines },
        caption_infos: { texts: ['a'], timelines },
        effect_infos: { effects: ['a'], timelines },
        filter_infos: { filters: ['a'], timelines },
        sticker_infos: { sticker_ids: ['a'], timelines },
        keyframes_infos: { ctype: 'scale', offsets: '0', values: '1', segment_infos: [{ id: 'a', ...time }] },
        modify_infos: { infos, values: '{"alpha": 0.5}' },
        concat_infos: { infos, more_infos: infos },
        swap_infos: { infos, first: 0, second: 1 },
        str_to_list: { obj: 'a' },
        str_list_to_objs: { infos: ['a'] },
        objs_to_str_list: { outputs: [{ output: 'a' }] },
        get_url: { output: 'a' },
        list_catalog: { domain: 'mask', q: '线性' },
      };
      for (const [name, args] of Object.entries(helpers)) await works(name, args);
      // Lists of names, which want nothing.
      const lists = plugin.tools.filter(({ name }) => /^get_(\w+_)?(types|effects)$/.test(name));
      for (const { name } of lists) await works(name, {});
      const saved = await works('save_draft', { draft_id });
      expect(saved).toMatchObject({ success: true, name: 'From the cloud' });
      expect(existsSync(String(saved.folder_path))).toBe(true);

      const segment = { type: 'text', content: 'a', time_range: { start: 0, end: 1.5 } };
      const draft = { project: { name: 'b' }, tracks: [{ track_type: 'text', segments: [segment] }] };
      const made = await call('generate_draft', { content: JSON.stringify({ drafts: [draft] }) });
      expect(made).toMatchObject({ success: true });

      const { version, versions } = await works('list_versions', { draft_id });
      expect(versions[0].version).toBe(version);
      expect(await works('restore_version', { draft_id, version: versions[1].version })).toMatchObject({
        version: version + 1,
      });
      const { body } = await post(`${serverUrl}/v1/drafts/generate`, {
        content: { drafts: [{ ...draft, project: { name: 'c' } }] },
      });
      const { jobs } = (await (await fetch(`${serverUrl}/v1/jobs?limit=1`)).json()) as Any;
      const job = await works('get_job', { job_id: jobs[0].job_id });
      expect(job).toMatchObject({ tool: 'generate_draft', state: 'succeeded' });
      expect(JSON.parse(job.result)).toEqual(body);
      expect(await call('answer_job', { job_id: jobs[0].job_id, answer: 'a' })).toMatchObject({
        error_code: 'JOB_NOT_WAITING',
      });
      await works('delete_draft', { draft_id });
      expect(await call('get_draft', { draft_id })).toMatchObject({ error_code: 'DRAFT_NOT_FOUND' });
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
