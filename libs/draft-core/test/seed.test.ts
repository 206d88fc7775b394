import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { compileDraft, draftFiles } from '../src/index.ts';
import { draftRootOf, findSeed } from '../src/node/index.ts';
import { countingUuid, fixedNow } from './support/ids.ts';
import { files, goodTimeline } from './support/timeline.ts';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'draft-seed-'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

/** Writes a file of the store; later calls give newer files. */
let clock = 1_700_000_000;
async function put(path: string, content: unknown): Promise<string> {
  const file = join(root, path);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, typeof content === 'string' ? content : JSON.stringify(content));
  clock += 60;
  await utimes(file, clock, clock);
  return file;
}

/** A timeline as the app saves it. */
function byApp(app_version: string, more: object = {}, app: 'capcut' | 'jianying' = 'capcut') {
  const platform = {
    ...(app === 'capcut' ? { app_id: 359289, app_source: 'cc' } : { app_id: 3704, app_source: 'lv' }),
    app_version,
    os: 'mac',
    os_version: '15.1',
    device_id: 'SECRET-device',
    hard_disk_id: 'SECRET-disk',
    mac_address: 'SECRET-mac',
  };
  return {
    id: 'SECRET-id',
    version: 360000,
    new_version: '183.0.0',
    color_space: -1,
    render_index_track_mode_on: true,
    platform,
    last_modified_platform: { ...platform, app_version: `${app_version}.1` },
    tracks: [{ id: 'SECRET-track' }],
    materials: { videos: [{ id: 'SECRET-video' }] },
    new_list: ['SECRET'],
    new_map: { id: 'SECRET' },
    new_text: 'SECRET',
    new_number: 7,
    new_flag: true,
    new_null: null,
    ...more,
  };
}

const seedOf = (place = root, app: 'capcut' | 'jianying' = 'capcut') => findSeed({ place, app });

test('takes markers and names of keys, and nothing that tells a person or a draft', async () => {
  const file = await put('A/draft_info.json', byApp('9.2.8'));
  const seed = await seedOf();
  expect(seed).toMatchObject({
    origin: file,
    app: 'capcut',
    markers: {
      appVersion: '9.2.8',
      modifiedAppVersion: '9.2.8.1',
      version: 360000,
      newVersion: '183.0.0',
      colorSpace: -1,
      renderIndexTrackModeOn: true,
    },
    keys: { new_list: [], new_map: {}, new_text: '', new_number: 0, new_flag: false, new_null: null },
  });
  expect(JSON.stringify(seed)).not.toContain('SECRET');
  const { draft } = compileDraft(goodTimeline(), {
    media: files,
    draftName: 'x',
    profile: 'capcut-mac',
    seed,
    now: fixedNow,
    uuid: countingUuid(),
  });
  for (const { text } of draftFiles(draft!, { kind: 'portable' })) expect(text).not.toContain('SECRET');
});

test('the newest app decides, then the newest file', async () => {
  await put('A/draft_info.json', byApp('9.10.0', { new_version: '1.0.1' }));
  await put('B/draft_info.json', byApp('9.10.0', { new_version: '1.0.2' }));
  await put('C/draft_info.json', byApp('9.9.1', { new_version: '1.0.3' }));
  await put('D/Timelines/T/draft_info.json', byApp('8.0.0', { new_version: '1.0.4' }));
  expect((await seedOf())?.markers?.newVersion).toBe('1.0.2');
  expect((await seedOf(join(root, 'D')))?.markers?.newVersion).toBe('1.0.4');
});

test('a draft of a tool, of the other app or without markers is no donor', async () => {
  const { platform } = byApp('9.9.9');
  const { device_id: _, hard_disk_id: __, mac_address: ___, os_version: ____, ...anonymous } = platform;
  const everyone = { ...platform, device_id: 'c4ca4238a0b923820dcc509a6f75849b' };
  await put(
    'tool/draft_info.json',
    byApp('9.9.9', { platform: anonymous, last_modified_platform: anonymous }),
  );
  await put(
    'tool2/draft_info.json',
    byApp('9.9.9', { platform: everyone, last_modified_platform: everyone }),
  );
  await put('other/draft_content.json', byApp('9.9.9', {}, 'jianying'));
  await put('markerless/draft_info.json', byApp('9.9.9', { new_version: undefined }));
  await put('odd/draft_info.json', '[1]');
  await put('torn/draft_info.json', '{"version":36');
  await put('file.txt', 'x');
  expect(await seedOf()).toBeUndefined();
  expect((await seedOf(root, 'jianying'))?.app).toBe('jianying');
});

test('of a draft that the app has encrypted only the empty form is read, for its keys', async () => {
  const form = {
    ...byApp(''),
    platform: { app_version: '' },
    last_modified_platform: {},
    new_version: '75.0.0',
  };
  await put('A/draft_content.json', byApp('5.9.0', {}, 'jianying'));
  await put('A/draft_info.json', 'h8Jk2+cipher');
  const file = await put('A/Timelines/T/template.tmp', { ...form, form_key: 'SECRET' });
  const seed = await seedOf(root, 'jianying');
  expect(seed).toMatchObject({ origin: file, app: 'jianying', keys: { form_key: '' } });
  expect(seed?.markers).toBeUndefined();

  await put('B/draft_content.json', byApp('5.9.0', {}, 'jianying'));
  await put('B/draft_meta_info.json', 'cipher');
  expect((await seedOf(root, 'jianying'))?.origin).toBe(file);
  await put('C/draft_content.json', byApp('5.9.0', {}, 'jianying'));
  expect((await seedOf(root, 'jianying'))?.markers?.appVersion).toBe('5.9.0');
});

test('a file that is named itself is taken as it is, whatever made it', async () => {
  const file = await put('x.json', byApp('5.9.0', { platform: { app_source: 'lv', app_version: '5.9.0' } }));
  // The compiler refuses it for the other app.
  expect((await seedOf(file))?.app).toBe('jianying');
});

test('where nothing is, there is no seed', async () => {
  expect(await seedOf(join(root, 'none'))).toBeUndefined();
});

test.each([
  ['cipher.json', 'h8Jk2'],
  ['meta.json', '{"draft_name":"x"}'],
])('%s cannot be read', async (name, content) => {
  await put(name, content);
  await expect(seedOf(join(root, name))).rejects.toMatchObject({ code: 'SEED_UNREADABLE' });
});

test('draft roots of the apps', () => {
  const home = join('/', 'h');
  expect(draftRootOf('capcut', { platform: 'darwin', home })).toBe(
    join(home, 'Movies', 'CapCut', 'User Data', 'Projects', 'com.lveditor.draft'),
  );
  expect(draftRootOf('jianying', { platform: 'win32', home, localAppData: join('/', 'l') })).toBe(
    join('/', 'l', 'JianyingPro', 'User Data', 'Projects', 'com.lveditor.draft'),
  );
  expect(draftRootOf('capcut', { platform: 'linux', home })).toBeUndefined();
});
