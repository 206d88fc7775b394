import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openCatalog } from '@cozecut/catalog/node';
import { listProfiles } from '@cozecut/draft-core';
import { diskFiles, loadManifest, type Mode } from '@cozecut/manifest';
import { createHost, type Host, type HostServices } from '@cozecut/plugin-host';
import { UserError } from '@cozecut/problems';
import { openStore, type Store } from '@cozecut/store';
import { makeSampleMedia, type SampleMedia } from '@cozecut/tools/sample-media';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { archivePorts } from './support/host.ts';

const folder = mkdtempSync(join(tmpdir(), 'cozecut-plugin-'));
const manifest = join(import.meta.dirname, '../plugin.yaml');
const quiet = () => undefined;
let media: SampleMedia;
let store: Store;
let host: Host;
let root: string;

beforeAll(async () => {
  media = await makeSampleMedia(join(folder, 'media'));
});
afterAll(() => rmSync(folder, { recursive: true }));

beforeEach(async () => {
  root = mkdtempSync(join(folder, 'drafts-'));
  store = await openStore({
    location: ':memory:',
    blobs: join(folder, 'blobs'),
    now: Date.now,
    uuid: () => crypto.randomUUID(),
  });
  host = hostWith({});
});
afterEach(() => store.close());

function hostWith(change: Partial<HostServices['drafts']>): Host {
  return createHost({
    plugin: loadManifest(manifest, { env: {}, lenient: ['bindings'], ...diskFiles }),
    services: {
      log: { debug: quiet, info: quiet, warn: quiet, error: console.error },
      fetch: () => Promise.reject(new Error('no network in this test')),
      drafts: {
        ...store.drafts,
        root,
        rootIsChosen: true,
        ...archivePorts(store, root),
        ...change,
      },
      catalog: openCatalog({}),
      localRoots: [folder],
      cacheFolder: join(folder, 'cache'),
      uuid: () => crypto.randomUUID(),
      now: Date.now,
    },
  });
}

/** The output of a call that has to work. */
async function run<T = Record<string, unknown>>(
  tool: string,
  input: unknown,
  mode: Mode = 'local',
): Promise<T> {
  const result = await host.call(tool, input, { mode });
  if (!result.ok) throw new Error(JSON.stringify(result.error, null, 2));
  return result.output as T;
}

/** The error of a call that has to be refused. */
async function refused(tool: string, input: unknown, mode: Mode = 'local') {
  const result = await host.call(tool, input, { mode });
  if (result.ok) throw new Error(`accepted: ${JSON.stringify(result.output)}`);
  return result.error;
}

const readDraft = (path: string) => JSON.parse(readFileSync(join(path, 'draft_content.json'), 'utf8'));
const second = 1_000_000;

async function newDraft(name = '测试', size = { width: 1080, height: 1920 }): Promise<string> {
  return (await run<{ draft_id: string }>('create_draft', { name, ...size })).draft_id;
}

describe('the manifest', () => {
  test('names exactly the profiles that the compiler knows', () => {
    const { input } = host.tools.find((tool) => tool.name === 'create_draft')!;
    const { profile } = input.properties as { profile: { enum: string[] } };
    // Short names stand for one of them.
    const short = ['capcut', 'jianying5', 'jianying6'];
    expect(profile.enum.filter((name) => !short.includes(name)).toSorted()).toEqual(
      listProfiles()
        .flatMap(({ id, olderBuilds }) => [id, ...(olderBuilds === undefined ? [] : [olderBuilds])])
        .toSorted(),
    );
  });

  test('has examples that run as they say', async () => {
    for (const tool of host.tools) {
      for (const example of tool.examples) {
        const output = await run(tool.name, example.input);
        if (example.match === 'subset') expect(output).toMatchObject(example.output as object);
        else expect(Object.keys(output).toSorted()).toEqual(Object.keys(example.output as object).toSorted());
      }
    }
  });

  test('every handler can be loaded', () => host.preload());
});

test('step by step: clips of every kind end up in the draft, in the right unit', async () => {
  const draft_id = await newDraft();
  const videos = await run<{ segment_ids: string[] }>('add_videos', {
    draft_id,
    video_infos: [
      {
        video_url: media.video,
        start: 0,
        end: 2 * second,
        source_start: second,
        source_end: 5 * second,
        speed: 2,
        volume: 0.5,
        fade_in: 200_000,
        crop: { left: 0.1, right: 0.9 },
        background_blur: 0.375,
      },
      {
        video_url: media.videoPortrait,
        start: 2 * second,
        end: 4 * second,
        rotation: 90,
        flip_horizontal: true,
      },
    ],
  });
  expect(videos.segment_ids).toHaveLength(2);
  await run('add_images', {
    draft_id,
    image_infos: JSON.stringify([{ image_url: media.picture, start: second, end: 3 * second }]),
    scale_x: 0.5,
    scale_y: 0.5,
    transform_x: 108,
    transform_y: -192,
    alpha: 0.8,
  });
  await run('add_audios', {
    draft_id,
    audio_infos: [{ audio_url: media.music, start: 0, end: 4 * second, volume: 0.3 }],
  });
  await run('add_captions', {
    draft_id,
    captions: [
      { text: '你好 👋🏽', start: 0, end: second },
      { text: 'two', start: second, end: 2 * second, text_color: '#ff0000', font_size: 12 },
    ],
    border_color: '#000000',
    bold: true,
  });
  const saved = await run<{ folder_path: string; duration_us: number; tracks: number; clips: number }>(
    'save_draft',
    {
      draft_id,
    },
  );
  expect(saved).toMatchObject({
    folder_path: join(root, '测试'),
    duration_us: 4 * second,
    tracks: 4,
    clips: 6,
  });

  const draft = readDraft(saved.folder_path);
  const [first, overlay, audio, text] = ['video', 'video_2', 'audio', 'text'].map((_, index) => {
    const ofType = ['video', 'video', 'audio', 'text'][index];
    const tracks = draft.tracks.filter((track: { type: string }) => track.type === ofType);
    return tracks[index === 1 ? 1 : 0];
  });
  expect(first.segments[0]).toMatchObject({
    source_timerange: { start: second, duration: 4 * second },
    target_timerange: { start: 0, duration: 2 * second },
    speed: 2,
    volume: 0.5,
  });
  expect(first.segments[1].clip).toMatchObject({ rotation: 90, flip: { horizontal: true, vertical: false } });
  expect(overlay.segments[0].clip).toMatchObject({
    alpha: 0.8,
    scale: { x: 0.5, y: 0.5 },
    transform: { x: 0.1, y: -0.1 },
  });
  expect(overlay.segments[0].render_index).toBeGreaterThan(first.segments[0].render_index);
  expect(audio.segments[0]).toMatchObject({
    volume: 0.3,
    target_timerange: { start: 0, duration: 4 * second },
  });
  const contents = text.segments.map((segment: { material_id: string }) => {
    const material = draft.materials.texts.find((one: { id: string }) => one.id === segment.material_id);
    return JSON.parse(material.content);
  });
  expect(contents[0]).toMatchObject({ text: '你好 👋🏽', styles: [{ range: [0, 7], size: 8, bold: true }] });
  expect(contents[1].styles[0]).toMatchObject({
    size: 12,
    fill: { content: { solid: { color: [1, 0, 0] } } },
  });
  expect(text.segments[0].clip.transform).toMatchObject({ x: 0, y: -0.8 });
  expect(draft.materials.audio_fades).toMatchObject([{ fade_in_duration: 200_000 }]);
  expect(draft.materials.canvases).toMatchObject([{ type: 'canvas_blur', blur: 0.375 }]);
});

test('calls that are refused leave the draft as it was', async () => {
  const draft_id = await newDraft();
  await run('add_captions', { draft_id, captions: [{ text: 'a', start: 0, end: second }] });
  const before = await store.drafts.get(draft_id);
  const bad: [string, unknown, string][] = [
    ['add_captions', { draft_id, captions: [{ text: 'a', start: second, end: second }] }, 'DRAFT_INVALID'],
    ['add_captions', { draft_id, captions: [{ text: 'a', start: 2, end: 1 }] }, 'DRAFT_INVALID'],
    [
      'add_captions',
      {
        draft_id,
        captions: [
          { text: 'a', start: 0, end: 2 * second },
          { text: 'b', start: second, end: 3 * second },
        ],
      },
      'DRAFT_INVALID',
    ],
    [
      'add_videos',
      { draft_id, video_infos: [{ video_url: 'a.mp4', start: 0, end: second, speed: 0 }] },
      'INPUT_INVALID',
    ],
    ['add_videos', { draft_id, video_infos: 'not json' }, 'INPUT_INVALID'],
    ['add_videos', { draft_id, video_infos: [] }, 'INPUT_INVALID'],
    ['add_images', { draft_id, image_infos: [{ image_url: '', start: 0, end: second }] }, 'INPUT_INVALID'],
    [
      'add_audios',
      { draft_id: 'none', audio_infos: [{ audio_url: 'a', start: 0, end: 1 }] },
      'DRAFT_NOT_FOUND',
    ],
  ];
  for (const [tool, input, code] of bad)
    expect(await refused(tool, input), JSON.stringify(input)).toMatchObject({ code });
  expect(await store.drafts.get(draft_id)).toEqual(before);
});

test('a name that cannot be a folder is refused with one that can', async () => {
  for (const name of ['a/b', '..', 'x:y', ' lead']) {
    expect(await refused('create_draft', { name })).toMatchObject({
      code: 'INPUT_INVALID',
      hint: expect.any(String),
    });
  }
});

describe('save_draft', () => {
  test('refuses a name that is taken, and the first draft stays', async () => {
    const first = await newDraft();
    await run('add_captions', { draft_id: first, captions: [{ text: 'first', start: 0, end: second }] });
    const { folder_path } = await run<{ folder_path: string }>('save_draft', { draft_id: first });
    const second_ = await newDraft();
    await run('add_captions', { draft_id: second_, captions: [{ text: 'second', start: 0, end: second }] });
    expect(await refused('save_draft', { draft_id: second_ })).toMatchObject({ code: 'DRAFT_EXISTS' });
    expect(readdirSync(root)).toEqual(['测试']);
    expect(readFileSync(join(folder_path, 'draft_content.json'), 'utf8')).toContain('first');
  });

  test('names every medium that is missing and writes nothing', async () => {
    const draft_id = await newDraft();
    const info = (video_url: string, at: number) => ({
      video_url,
      start: at * second,
      end: (at + 1) * second,
    });
    await run('add_videos', {
      draft_id,
      video_infos: [info('none-1.mp4', 0), info(media.video, 1), info('none-2.mp4', 2)],
    });
    const error = await refused('save_draft', { draft_id });
    expect(error).toMatchObject({ code: 'MEDIA_NOT_FOUND' });
    expect(error.problems.map((problem) => problem.message).join()).toMatch(/none-1[\s\S]*none-2/);
    expect(readdirSync(root)).toEqual([]);
  });

  test('lets go of what it has in the cache, whether it works or not', async () => {
    const draft_id = await newDraft();
    const picture = `data:image/png;base64,${readFileSync(media.picture).toString('base64')}`;
    await run('add_images', { draft_id, image_infos: [{ image_url: picture, start: 0, end: second }] });
    const { folder_path } = await run<{ folder_path: string }>('save_draft', { draft_id });
    writeFileSync(join(folder_path, 'draft_content.json'), '{}');
    await refused('save_draft', { draft_id });
    const cache = join(folder, 'cache');
    expect(readdirSync(cache).filter((name) => name.endsWith('.png'))).toHaveLength(1);
    expect(readdirSync(join(cache, '.work/leases'))).toEqual([]);
  });

  test('writes a zip for a distant caller, and only for one', async () => {
    for (const mode of ['local', 'cloud'] as const) {
      const draft_id = await newDraft(mode);
      await run('add_captions', { draft_id, captions: [{ text: 'a', start: 0, end: second }] });
      const { archive_url, zip_url, sha256 } = await run('save_draft', { draft_id }, mode);
      const isZipped = mode === 'cloud';
      expect(archive_url).toBe(isZipped ? `https://host.example/${draft_id}/${sha256}` : undefined);
      expect(zip_url).toBe(archive_url);
      expect(await store.blobs.list(draft_id)).toMatchObject(isZipped ? [{ id: sha256 }] : []);
      // Whoever asks for one gets one, wherever the call comes from.
      const asked = await run('save_draft', { draft_id, package: isZipped ? 'none' : 'zip' }, mode);
      expect('zip_url' in asked).toBe(!isZipped);
    }
  });
});

test('a timeline of our own keeps the profile it names, unless the caller names one', async () => {
  const timeline = {
    schema: 'draft-timeline/1',
    name: 'own',
    profile: 'jianying-11-mac',
    timeUnit: 's',
    canvas: { width: 1920, height: 1080, fps: 30 },
    tracks: [{ type: 'text', clips: [{ text: 'a', start: 0, duration: 1 }] }],
  };
  const os = async (input: object) => {
    const { drafts } = await run<{ drafts: { folder_path: string }[] }>('generate_draft', {
      content: timeline,
      ...input,
    });
    return readDraft(drafts[0]!.folder_path).platform.os;
  };
  expect(await os({})).toBe('mac');
  expect(await os({ profile: 'jianying-5.9-win', name: 'other' })).toBe('windows');
});

describe('places', () => {
  const content = (...names: string[]) => ({
    drafts: names.map((name) => ({
      project: { name, width: 1080, height: 1920, fps: 30 },
      tracks: [
        {
          track_type: 'text',
          segments: [{ type: 'text', content: name, time_range: { start: 0, end: 1_000 } }],
        },
      ],
    })),
  });
  const generate = (input: object) =>
    run<{ drafts: { name: string; folder_path: string }[]; problems: { code: string }[] }>('generate_draft', {
      time_unit: 'ms',
      ...input,
    });

  test('a caller may name a folder inside the roots, and no other', async () => {
    const output_folder = join(folder, 'chosen', 'deep');
    const { drafts } = await generate({ content: content('a'), output_folder });
    expect(drafts[0]!.folder_path).toBe(join(output_folder, 'a'));
    for (const outside of ['/somewhere/else', '../../..', join(folder, '..', 'other')]) {
      const error = await refused('generate_draft', {
        content: content('b'),
        time_unit: 'ms',
        output_folder: outside,
      });
      expect(error).toMatchObject({ code: 'OUTPUT_FORBIDDEN' });
    }
  });

  test('several drafts are all written, or none', async () => {
    const { drafts } = await generate({ content: content('one', 'two', 'One') });
    expect(drafts.map((draft) => draft.name)).toEqual(['one', 'two', 'One (2)']);
    expect(
      await refused('generate_draft', { content: content('three', 'two'), time_unit: 'ms' }),
    ).toMatchObject({
      code: 'DRAFT_EXISTS',
    });
    expect(readdirSync(root).toSorted()).toEqual(['One (2)', 'one', 'two']);
    const broken = content('four', 'five');
    broken.drafts[1]!.tracks[0]!.segments[0]!.time_range = { start: 5, end: 5 };
    expect(await refused('generate_draft', { content: broken, time_unit: 'ms' })).toMatchObject({
      code: 'EXPORT_INVALID',
    });
    expect(existsSync(join(root, 'four'))).toBe(false);
  });

  test('several drafts stay inside the folder, whatever name they get', async () => {
    for (const name of ['../../outside', '..', 'a/b', '.hidden', 'c:\\d']) {
      for (const titles of [['one'], ['one', 'two']]) {
        const error = await refused('generate_draft', { content: content(...titles), time_unit: 'ms', name });
        expect(error, `${name}, ${titles.length} drafts`).toMatchObject({ code: 'INPUT_INVALID' });
      }
    }
    expect(readdirSync(root)).toEqual([]);
    const { drafts } = await generate({ content: content('one', 'two'), name: 'both' });
    expect(drafts.map((draft) => draft.folder_path)).toEqual([
      join(root, 'both', 'one'),
      join(root, 'both', 'two'),
    ]);
  });

  test('of calls that want the same new place one wins, and its draft stays', async () => {
    const output_folder = join(folder, 'raced', 'deep');
    const input = { content: content('same'), time_unit: 'ms', output_folder };
    const results = await Promise.all(
      Array.from({ length: 6 }, () => host.call('generate_draft', input, { mode: 'local' })),
    );
    expect(results.map((result) => (result.ok ? 'ok' : result.error.code)).toSorted()).toEqual([
      ...Array.from({ length: 5 }, () => 'DRAFT_EXISTS'),
      'ok',
    ]);
    expect(readDraft(join(output_folder, 'same')).tracks).toHaveLength(1);
  });

  test('a draft that could not be kept is taken away again, with the folders made for it', async () => {
    host = hostWith({ saved: () => Promise.reject(new UserError('DISK_FULL', 'no space left')) });
    const output_folder = join(folder, 'unkept', 'deep');
    const input = { content: content('one', 'two'), time_unit: 'ms', output_folder };
    expect(await refused('generate_draft', input)).toMatchObject({ code: 'DISK_FULL' });
    expect(existsSync(join(folder, 'unkept'))).toBe(false);
    const draft_id = await newDraft();
    await run('add_captions', { draft_id, captions: [{ text: 'a', start: 0, end: second }] });
    expect(await refused('save_draft', { draft_id })).toMatchObject({ code: 'DISK_FULL' });
    expect(readdirSync(root)).toEqual([]);
  });

  test('drafts are put into the list of the app together, by a person at this machine only', async () => {
    const output_folder = join(folder, 'store');
    const input = { content: content('one', 'two'), time_unit: 'ms', profile: 'capcut-mac', output_folder };
    for (const mode of ['local', 'cloud'] as const) {
      const error = await refused('place_draft', { ...input, register: true }, mode);
      expect(error).toMatchObject({ code: 'MODE_NOT_ALLOWED' });
    }
    const placed = await run<{ drafts: { zip_path: string }[]; problems: { code: string }[] }>(
      'place_draft',
      { ...input, register: true, zip: true },
      'manual',
    );
    const { all_draft_store } = JSON.parse(readFileSync(join(output_folder, 'root_meta_info.json'), 'utf8'));
    expect(all_draft_store.map((entry: { draft_name: string }) => entry.draft_name)).toEqual(['one', 'two']);
    expect(placed.drafts.map(({ zip_path }) => existsSync(zip_path))).toEqual([true, true]);
    expect(placed.problems.map(({ code }) => code)).toEqual(['DR145', 'DR155', 'DR145', 'DR155']);

    const more = { ...input, content: content('three', 'two'), register: true };
    expect(await refused('place_draft', more, 'manual')).toMatchObject({ code: 'DRAFT_EXISTS' });
    expect(existsSync(join(output_folder, 'three'))).toBe(false);
  });

  test('a seed is read only where the caller may read', async () => {
    const input = { content: content('x'), time_unit: 'ms', output_folder: join(folder, 'unseeded') };
    const error = await refused('place_draft', { ...input, seed: ['/etc'] }, 'manual');
    expect(error).toMatchObject({ code: 'SEED_UNREADABLE' });
    expect(existsSync(join(folder, 'unseeded'))).toBe(false);
  });

  test('of several drafts the one with the mistake is named', async () => {
    const broken = content('four', 'five');
    broken.drafts[1]!.tracks[0]!.segments[0]!.content = '';
    const error = await refused('generate_draft', { content: broken, time_unit: 'ms' });
    expect(error).toMatchObject({ code: 'DRAFT_INVALID', message: expect.stringMatching(/^draft "five": /) });
  });

  test('older positions of text are read as such when asked for', async () => {
    const old = content('old');
    Object.assign(old.drafts[0]!.tracks[0]!.segments[0]!, {
      transform: { position_x: 0.5, position_y: 0.9 },
    });
    const { drafts } = await generate({ content: old, legacy_position: true });
    const [track] = readDraft(drafts[0]!.folder_path).tracks;
    expect(track.segments[0].clip.transform).toEqual({ x: 0, y: -0.8 });
  });

  test('a title that cannot be a folder name is made one, and said', async () => {
    const { drafts, problems } = await generate({ content: content('新闻: 8/1 <早>') });
    expect(drafts[0]!.name).toBe('新闻_ 8_1 _早_');
    expect(problems).toMatchObject([{ code: 'DRAFT_RENAMED' }]);
  });

  test('where nobody chose the place, a taken name gets a number', async () => {
    host = hostWith({ rootIsChosen: false });
    expect((await generate({ content: content('news') })).drafts[0]!.name).toBe('news');
    expect((await generate({ content: content('news') })).drafts[0]!.name).toBe('news (2)');
    const { drafts } = await generate({ content: content('news', 'news') });
    expect(drafts.map((draft) => draft.name)).toEqual(['news (3)', 'news (4)']);
    expect((await generate({ content: content('news', 'news') })).drafts[1]!.name).toBe('news (6)');
  });

  test('a draft that was generated can be changed and saved under its id', async () => {
    const { drafts } = await run<{ drafts: { draft_id: string }[] }>('generate_draft', {
      content: content('later'),
      time_unit: 'ms',
    });
    const { draft_id } = drafts[0]!;
    await run('add_captions', { draft_id, captions: [{ text: 'more', start: 0, end: second }] });
    const saved = await run<{ tracks: number }>('save_draft', {
      draft_id,
      output_folder: join(folder, 'again'),
    });
    expect(saved.tracks).toBe(2);
  });
});
