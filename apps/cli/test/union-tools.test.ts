import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { openDraft } from '@cozecut/draft-core/node';
import { makePng } from '@cozecut/tools/sample-media';
import { expect, onTestFinished, test } from 'vitest';
import { post, temporaryFolder, withServer } from './support.ts';

const folder = temporaryFolder();
const second = 1_000_000;

// biome-ignore lint/suspicious/noExplicitAny: answers of tools are looked into at any depth
type Any = any;

/** Calls tools of a server as Coze does; with `rest` as everybody else does. */
function callerOf(url: string, token = 'none-needed') {
  const headers = { authorization: `Bearer ${token}` };
  const coze = async (path: string, body: object): Promise<Any> =>
    (await post(`${url}/coze/plugin/v1/${path}`, body, headers)).body;
  const run = async (path: string, body: object): Promise<Any> => {
    const answer = await coze(path, body);
    if (answer.success !== true) throw new Error(`${path}: ${JSON.stringify(answer)}`);
    return answer;
  };
  const get = async (path: string): Promise<Any> => (await fetch(`${url}/v1/${path}`, { headers })).json();
  const rest = (path: string, body: object) => post(`${url}/v1/${path}`, body, headers);
  return { coze, run, get, rest };
}

const environment = (name: string) => ({
  COZECUT_STORE: join(folder, name, 'store'),
  DRAFT_ROOT: join(folder, name, 'root'),
});

/** The draft in a zip that a server hands out, and the hash of the zip. */
async function download(url: string, link: unknown) {
  const { pathname, search } = new URL(String(link), url);
  const response = await fetch(url + pathname + search);
  expect([link, response.status]).toEqual([link, 200]);
  const bytes = new Uint8Array(await response.arrayBuffer());
  const file = join(folder, `${crypto.randomUUID()}.zip`);
  writeFileSync(file, bytes);
  const { timeline } = await openDraft(file);
  return {
    sha256: createHash('sha256').update(bytes).digest('hex'),
    content: timeline!.value(timeline!.root) as Any,
  };
}

test('the address of a draft stands for its id, whatever it is called', async () => {
  await withServer([], { cwd: folder, env: environment('address') }, async (url) => {
    const { run, get, rest } = callerOf(url);
    // What a node of a workflow sends for fields that nobody has filled in.
    const empty = {
      name: '',
      width: 0,
      height: 0,
      fps: 0,
      profile: '',
      template_id: '',
      idempotency_key: '',
    };
    const made = await run('drafts', empty);
    const { draft_id: id, draft_url: address, tip_url } = made;
    expect(new URL(address, url).searchParams.get('draft_id')).toBe(id);
    expect((await fetch(new URL(tip_url, url))).status).toBeLessThan(500);
    expect(await (await fetch(new URL(address, url))).json()).toMatchObject({
      draft_id: id,
      width: 1920,
      fps: 30,
    });
    const names = [
      id,
      address,
      new URL(address, 'https://elsewhere.example').href,
      ` ${id} `,
      `?draft_id=${id}`,
      `https://elsewhere.example/#/page?drafId=${id}`,
      `https://elsewhere.example/v1/drafts/${id}`,
    ];
    for (const name of names) {
      const path = `drafts/${encodeURIComponent(name)}/captions`;
      const added = await run(path, { captions: [{ text: 'a', start: 0, end: second }] });
      expect([name, added.draft_id]).toEqual([name, id]);
    }
    expect((await get(`drafts/${id}`)).tracks).toHaveLength(names.length);
    expect((await rest(`drafts/${encodeURIComponent('?draft_id=none')}/save`, {})).status).toBe(404);
    expect(await get('drafts')).toMatchObject({ drafts: [{ draft_id: id, draft_url: address }] });
    const copy = await run(`drafts/${encodeURIComponent(address)}/copy`, {});
    expect(copy.draft_url).toBe(address.replaceAll(id, copy.draft_id));
    const calls = await get('calls?tool=add_captions');
    for (const call of calls.calls) expect(call.draft_id).toBe(id);
  });
});

test('a save tells the state that it wrote, and its zip stays that of this state', async () => {
  await withServer([], { cwd: folder, env: environment('states') }, async (url) => {
    const { run } = callerOf(url);
    const { draft_id: id } = await run('drafts', { name: 'show' });
    const saves: Any[] = [];
    for (const text of ['one', 'two', 'three']) {
      await run(`drafts/${id}/captions`, { captions: [{ text, start: 0, end: second }] });
      saves.push(await run(`drafts/${id}/save`, {}));
    }
    for (const [index, saved] of saves.entries()) {
      expect(saved).toMatchObject({ draft_id: id, revision: index + 2, tracks: index + 1 });
      expect(saved.lint).toEqual({ errors: [], warnings: [], fixes: [] });
      const { sha256, content } = await download(url, saved.zip_url);
      expect(sha256).toBe(saved.sha256);
      expect(content.materials.texts).toHaveLength(index + 1);
    }
    const newest = await download(url, `/v1/drafts/${id}/archive`);
    expect(newest.sha256).toBe(saves[2].sha256);
    const gone = await fetch(`${url}/v1/drafts/${id}/archive/${'0'.repeat(64)}.zip`);
    expect([gone.status, await gone.json()]).toMatchObject([404, { code: 'ARCHIVE_NOT_FOUND' }]);
  });
});

test('on this machine draft_folder is where the draft is written, if the server allows it', async () => {
  const env = environment('here');
  await withServer([], { cwd: folder, env }, async (url) => {
    const { run, rest, coze } = callerOf(url);
    const { draft_id: id } = await run('drafts', { name: 'show' });
    await run(`drafts/${id}/captions`, { captions: [{ text: 'a', start: 0, end: second }] });
    const place = join(folder, 'editor', 'com.lveditor.draft');
    const saved = await run(`drafts/${id}/save`, { draft_folder: place, client_os: '', package: '' });
    expect(saved).toMatchObject({ folder_path: join(place, 'show'), sha256: expect.any(String) });
    expect(existsSync(join(place, 'show', 'draft_content.json'))).toBe(true);
    const bare = await run(`drafts/${id}/save`, { draft_folder: place, package: 'none' });
    expect(bare).not.toHaveProperty('zip_url');
    expect(bare).not.toHaveProperty('sha256');

    const refusals: [object, number, string][] = [
      [{ draft_folder: '/etc/drafts' }, 403, 'OUTPUT_FORBIDDEN'],
      [{ draft_folder: join(homedir(), '../../etc') }, 403, 'OUTPUT_FORBIDDEN'],
      [{ draft_folder: 'drafts' }, 400, 'INPUT_INVALID'],
      [{ draft_folder: place, output_folder: place }, 400, 'INPUT_INVALID'],
      [{ draft_folder: 'D:\\drafts', client_os: 'macos' }, 400, 'INPUT_INVALID'],
      [{ draft_folder: 'D:\\drafts', package: 'none' }, 403, 'OUTPUT_FORBIDDEN'],
      [{ client_os: 'amiga' }, 400, 'INPUT_INVALID'],
    ];
    for (const [input, status, code] of refusals) {
      expect([input, await rest(`drafts/${id}/save`, input)]).toMatchObject([
        input,
        { status, body: { code } },
      ]);
      expect(await coze(`drafts/${id}/save`, input)).toMatchObject({ success: false, error_code: code });
    }
    expect(existsSync('/etc/drafts')).toBe(false);
  });
});

test('a public server writes to no folder that a caller names; the zip is made for it', async () => {
  const env = {
    ...environment('public'),
    COZECUT_EGRESS_ALLOW: '127.0.0.1',
    PUBLIC_URL: 'https://drafts.example.com/',
    PLUGIN_TOKEN: 'a-token-of-coze',
    COZE_BOT_ID: '1',
  };
  const args = ['--deployment', 'cloud', '--host', '127.0.0.1'];
  const host = createServer((_, response) => {
    response.end(makePng(8, 8, () => [200, 0, 0]));
  });
  host.listen(0, '127.0.0.1');
  await once(host, 'listening');
  onTestFinished(() => void host.close());
  const image_url = `http://127.0.0.1:${(host.address() as AddressInfo).port}/a.png`;
  await withServer(args, { cwd: folder, env }, async (url) => {
    const { run, rest } = callerOf(url, env.PLUGIN_TOKEN);
    const { draft_id: id, draft_url } = await run('drafts', { name: 'show' });
    expect(draft_url).toBe(`https://drafts.example.com/v1/drafts/${id}?draft_id=${id}`);
    await run(`drafts/${id}/images`, { image_infos: JSON.stringify([{ image_url, start: 0, end: second }]) });
    const place = join(folder, 'named');
    mkdirSync(place);
    const elsewhere = 'C:\\Users\\me\\com.lveditor.draft\\';
    const saves: Any[] = [];
    for (const input of [
      { draft_folder: place },
      { draft_folder: elsewhere, client_os: 'windows' },
      {},
      { client_os: 'macos' },
    ])
      saves.push(await run(`drafts/${id}/save`, input));
    expect(readdirSync(place)).toEqual([]);
    for (const saved of saves) expect(saved.folder_path).toBe(join(env.DRAFT_ROOT, 'show'));
    expect(new Set(saves.map(({ revision }) => revision)).size).toBe(1);
    const zips = await Promise.all(saves.map(({ zip_url }) => download(url, zip_url)));
    for (const [index, { sha256 }] of zips.entries()) expect(sha256).toBe(saves[index].sha256);
    const paths = zips.map(({ content }) => content.materials.videos[0].path as string);
    const tail = /assets[\\/]\S+\.png$/;
    expect(paths.map((path) => path.replace(tail, ''))).toEqual([
      `${place}/show/`,
      'C:/Users/me/com.lveditor.draft/show/',
      expect.stringMatching(/^##_draftpath_placeholder_[\w-]+_##\\$/),
      expect.stringMatching(/^##_draftpath_placeholder_[\w-]+_##\/$/),
    ]);
    const { body } = await rest(`drafts/${id}/save`, { output_folder: place });
    expect(body).toMatchObject({ code: 'OUTPUT_FORBIDDEN' });
    const none = await rest(`drafts/${id}/save`, { draft_folder: place, package: 'none' });
    expect(none).toMatchObject({
      status: 403,
      body: { code: 'OUTPUT_FORBIDDEN', hint: expect.stringContaining('zip_url') },
    });
    // Each style has bytes of its own, and the same ones every time.
    expect(new Set(saves.map(({ sha256 }) => sha256)).size).toBe(saves.length);
    expect((await run(`drafts/${id}/save`, { draft_folder: place })).sha256).toBe(saves[0].sha256);
    expect((await run(`drafts/${id}/save`, { draft_folder: elsewhere })).sha256).toBe(saves[1].sha256);
  });
}, 30_000);

test('keys that other services know by other names do the same', async () => {
  await withServer([], { cwd: folder, env: environment('names') }, async (url) => {
    const { run, get } = callerOf(url);
    const { draft_id: id } = await run('drafts', { profile: 'jianying6' });
    expect((await get(`drafts/${id}`)).profile).toBe('jianying-6-10-win');
    const video_infos = [0, 2].map((at) => ({
      video_url: 'https://media.example/a.mp4',
      start: at * second,
      end: (at + 2) * second,
      duration: 9 * second,
      width: 1920,
      height: 1080,
      mode: 'fit',
    }));
    const scene = { start: 0, end: second };
    const clips = await run(`drafts/${id}/videos`, {
      video_infos,
      scene_timelines: JSON.stringify([scene, scene]),
    });
    expect(clips.segment_infos).toMatchObject([
      { start: 0, end: second },
      { start: second, end: 2 * second },
    ]);
    const [one, two] = clips.segment_ids as string[];
    await run(`drafts/${id}/transitions`, { segment_ids: [one], name: '叠化' });
    await run(`drafts/${id}/animations`, { segment_ids: JSON.stringify([two]), type: 'in', name: '缩小' });
    await run(`drafts/${id}/effects`, {
      effect_infos: [{ id: '九屏', category: 'scene', target_segment: one }],
    });
    await run(`drafts/${id}/filters`, { filter_infos: [{ filter_title: '1980', target_segment: two }] });
    const clip_settings = { alpha: 0.5, rotation: 90 };
    await run(`drafts/${id}/segments/modify`, { segment_ids: [one], clip_settings, rotation: 45 });
    const captions = [{ text: 'a', start: 0, end: second }];
    const background = { color: '#112233', round_radius: 0.4, alpha: 0.5 };
    await run(`drafts/${id}/captions`, { captions, background, vertical: true, scale_x: 2, scale_y: 3 });

    const { timeline } = await get(`drafts/${id}?include_timeline=true`);
    const { tracks, transitions } = JSON.parse(timeline);
    const [first, next] = tracks[0].clips;
    expect(first).toMatchObject({
      speed: 2,
      effects: [{ name: '九屏' }],
      transform: { opacity: 0.5, rotation: 45 },
    });
    expect(next).toMatchObject({ animations: { in: { name: '缩小' } }, filters: [{ name: '1980' }] });
    expect(transitions).toMatchObject([{ after: one, name: '叠化' }]);
    expect(tracks.at(-1).clips[0]).toMatchObject({
      style: { vertical: true, background: { color: '#112233', roundRadius: 0.4, opacity: 0.5 } },
      transform: { scaleX: 2, scaleY: 3 },
    });
    // The name of its own comes first, and what is under neither is refused as ever.
    const both = { segment_ids: [one], transition: '叠化', name: '闪黑' };
    expect((await run(`drafts/${id}/transitions`, both)).success).toBe(true);
    expect(JSON.parse((await get(`drafts/${id}?include_timeline=true`)).timeline).transitions[0].name).toBe(
      '叠化',
    );
    const { coze } = callerOf(url);
    expect(await coze(`drafts/${id}/transitions`, { segment_ids: [one] })).toMatchObject({
      error_code: 'INPUT_INVALID',
    });
    const bubble = { captions: [{ ...captions[0], bubble_id: 'none' }] };
    expect(await coze(`drafts/${id}/captions`, bubble)).toMatchObject({
      error_code: 'INPUT_INVALID',
      message: expect.stringContaining('bubble'),
    });
  });
});

test('the lists of resources name what the other tools take', async () => {
  await withServer([], { cwd: folder, env: environment('lists') }, async (url) => {
    const { run, get, rest } = callerOf(url);
    const total = async (domain: string) => (await get(`catalog/${domain}?limit=1`)).total;
    const types: [string, string[]][] = [
      ['intro-animation', ['video_in']],
      ['outro-animation', ['video_out']],
      ['combo-animation', ['video_loop']],
      ['transition', ['transition']],
      ['font', ['font']],
      ['text-intro', ['text_in']],
      ['text-outro', ['text_out']],
      ['text-loop-anim', ['text_loop']],
      ['video-scene-effect', []],
      ['character-effect', []],
      ['mask', []],
      ['audio-effect', ['audio_effect']],
    ];
    let effects = 0;
    for (const [path, domains] of types) {
      const { output } = await get(`catalog/types/${path}`);
      expect([path, output.length > 0, typeof output[0].name]).toEqual([path, true, 'string']);
      if (/scene|character/.test(path)) effects += output.length;
      for (const domain of domains) expect([path, output.length]).toEqual([path, await total(domain)]);
    }
    expect(effects).toBe(await total('effect'));
    const { output } = await get('catalog/types/audio-effect');
    expect(output[0]).toEqual({ name: expect.any(String), type: 'Audio_scene', params: expect.any(Array) });

    const all = await run('catalog/image-animations', { mode: 0, type: '', app: '' });
    const [vip, free] = [
      await run('catalog/image-animations', { mode: 1 }),
      await run('catalog/image-animations', { mode: 2 }),
    ];
    expect(vip.effects.every(({ is_vip }: Any) => is_vip === true)).toBe(true);
    expect(vip.effects.length + free.effects.length).toBeLessThanOrEqual(all.effects.length);
    expect(all.effects).toHaveLength(
      (await total('video_in')) + (await total('video_out')) + (await total('video_loop')),
    );
    const outs = await run('catalog/text-animations', { type: 'out' });
    expect(outs.effects).toHaveLength(await total('text_out'));
    expect(outs.effects[0]).toMatchObject({
      type: 'out',
      category_id: 'chuchang',
      category_name: '出场',
      platform: 'all',
    });
    expect((await run('catalog/effects', {})).effects[0]).toMatchObject({
      name: expect.any(String),
      has_params: expect.any(Boolean),
    });
    expect((await run('catalog/filters', { mode: 2 })).filters.length).toBeGreaterThan(0);
    expect((await run('catalog/text-effects', {})).text_effects).toEqual([]);
    expect((await rest('catalog/filters', { mode: 3 })).status).toBe(400);
    expect((await fetch(`${url}/v1/catalog/none`)).status).toBe(400);

    // A name of a list is one that the tools take.
    const { draft_id: id } = await run('drafts', {});
    const { output: names } = await get('catalog/types/video-scene-effect');
    const effect_infos = names.slice(0, 40).map(({ name }: Any, at: number) => ({
      effect_title: name,
      start: at * second,
      end: (at + 1) * second,
    }));
    await run(`drafts/${id}/effects`, { effect_infos });
  });
});

test('the lists that helpers make keep what their tools take', async () => {
  await withServer([], { cwd: folder, env: environment('helpers') }, async (url) => {
    const { run } = callerOf(url);
    const timelines = [{ start: 0, end: second }];
    const size = { width: 1080, height: 1920 };
    const pictures = await run('helpers/imgs-infos', {
      imgs: ['https://m.example/a.png'],
      timelines,
      ...size,
    });
    expect(pictures.infos).toMatchObject([size]);
    const videos = await run('helpers/video-infos', {
      video_urls: '["https://m.example/a.mp4"]',
      timelines,
      ...size,
    });
    expect(videos.infos).toMatchObject([size]);
    const looks = { keyword_font: '文轩体', keyword_border_color: '#112233' };
    const texts = await run('helpers/caption-infos', {
      texts: ['a b'],
      keywords: ['b'],
      timelines,
      ...looks,
    });
    expect(texts.infos).toMatchObject([{ keyword: 'b', ...looks }]);
    const curve = { offsets: '0|100', values: '0|540', segment_infos: [{ id: 'a', ...timelines[0] }] };
    const moved = await run('helpers/keyframes-infos', { ctype: 'KFTypePositionX', ...curve, ...size });
    expect(moved.keyframes_infos.map(({ value }: Any) => value)).toEqual([0, 0.5]);
    const grown = await run('helpers/keyframes-infos', { ctype: 'scale', ...curve, ...size });
    expect(grown.keyframes_infos.map(({ value }: Any) => value)).toEqual([0, 540]);
    const { draft_id: id } = await run('drafts', {});
    await run(`drafts/${id}/images`, { image_infos: JSON.stringify(pictures.infos) });
    await run(`drafts/${id}/videos`, { video_infos: videos.infos });
    await run(`drafts/${id}/captions`, { captions: texts.infos });
  });
});
