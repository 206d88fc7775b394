import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeSampleMedia, type SampleMedia } from '@cozecut/tools/sample-media';
import { beforeAll, describe, expect, test } from 'vitest';
import { cozecut, temporaryFolder } from './support.ts';

const cwd = temporaryFolder();

/** A JPEG of 16 by 9 pixels, as far as its header goes. */
const jpeg = Buffer.from(
  'ffd8ffe000104a46494600010100000100010000' + 'ffc0001108000900100301220002110103110' + '1ffd9',
  'hex',
);

let media: SampleMedia;
beforeAll(async () => {
  media = await makeSampleMedia(cwd);
  writeFileSync(join(cwd, 'cover.jpg'), jpeg);
});

const timeline = (name: string, more: object = {}) => ({
  schema: 'draft-timeline/1',
  name,
  timeUnit: 's',
  canvas: { width: 1920, height: 1080, fps: 30 },
  tracks: [{ type: 'text', clips: [{ text: 'a', start: 0, duration: 1 }] }],
  ...more,
});

/** Runs `draft create` with a timeline. */
async function create(content: object, args: string[], env: Record<string, string> = {}) {
  const run = await cozecut(['draft', 'create', '-', '--json', ...args], {
    cwd,
    env,
    input: JSON.stringify(content),
  });
  const output = JSON.parse(run.stdout);
  const problems = output.problems ?? output.error.problems;
  return { ...run, output, codes: problems.map(({ code }: { code: string }) => code) };
}

const json = (...path: string[]) => JSON.parse(readFileSync(join(cwd, ...path), 'utf8'));
const index = (root: string) => json(root, 'root_meta_info.json').all_draft_store;

test('profiles are listed with their evidence', async () => {
  const run = await cozecut(['draft', 'profiles'], { cwd });
  const ids = ['jianying-5.9-win', 'jianying-6-10-win', 'jianying-11-win', 'jianying-11-mac'];
  const rows = run.stdout.trimEnd().split('\n');
  expect(rows.map((row) => row.split(/ +/)[0])).toEqual(['ID', ...ids, 'capcut-win', 'capcut-mac']);
  expect(rows[4]).toMatch(/jianying +mac +11\.2-11\.6 +draft_info\.json +optional +E5 {2}Opened/);
  const { profiles } = JSON.parse((await cozecut(['draft', 'profiles', '--json'], { cwd })).stdout);
  expect(profiles.map(({ id }: { id: string }) => id)).toEqual([...ids, 'capcut-win', 'capcut-mac']);
  expect(profiles[0]).toMatchObject({ evidence: 'E4' });
  expect(profiles[1]).toMatchObject({ olderBuilds: 'jianying-6-10-win@8.4' });
});

describe('a draft that is registered', () => {
  test('lies in the draft root under its own name, with absolute paths, and is listed first', async () => {
    const clip = { media: media.video, start: 0, duration: 1 };
    const content = timeline('Erster', { tracks: [{ type: 'video', clips: [clip] }], cover: 'cover.jpg' });
    const args = ['--out', 'root', '--register', '--profile', 'capcut-mac'];
    const { code, output, codes } = await create(content, args);
    expect({ code, output }).toMatchObject({ code: 0 });
    // The system of the test runs has the paths of a Mac.
    expect(codes).toEqual(['DR145']);
    await create(timeline('Zweiter'), args);
    const folder = join(cwd, 'root', 'Erster');
    expect(output.drafts[0].folder_path).toBe(folder);
    expect(index('root')).toMatchObject([
      { draft_name: 'Zweiter' },
      { draft_name: 'Erster', draft_fold_path: folder, draft_json_file: `${folder}/draft_info.json` },
    ]);
    const [, entry] = index('root');
    const meta = json('root', 'Erster', 'draft_meta_info.json');
    expect(entry.draft_id).toBe(meta.draft_id);
    expect(entry.tm_duration).toBe(meta.tm_duration);
    expect(entry.draft_timeline_materials_size).toBe(meta.draft_timeline_materials_size_);
    expect(entry.tm_draft_create).toBe(meta.tm_draft_create);
    const { path } = json('root', 'Erster', 'draft_info.json').materials.videos[0];
    expect(path.startsWith(`${folder}/assets/video/`)).toBe(true);
    expect(existsSync(path)).toBe(true);
    expect(readFileSync(entry.draft_cover)).toEqual(jpeg);

    const again = await create(timeline('Erster'), args);
    expect(again).toMatchObject({ code: 2, output: { error: { code: 'DRAFT_EXISTS' } }, codes: ['DR153'] });
    expect(index('root')).toHaveLength(2);
  });

  test('is taken away again when the list cannot be read', async () => {
    mkdirSync(join(cwd, 'broken'));
    writeFileSync(join(cwd, 'broken', 'root_meta_info.json'), '{"all_draft_store":');
    const { code, output } = await create(timeline('x'), ['--out', 'broken', '--register', '--zip']);
    expect({ code, error: output.error.code }).toEqual({ code: 2, error: 'INDEX_UNREADABLE' });
    expect(readdirSync(join(cwd, 'broken')).filter((name) => !name.startsWith('.'))).toEqual([
      'root_meta_info.json',
    ]);
  });

  test.skipIf(process.platform === 'win32')('is refused while the app runs, unless forced', async () => {
    const app = join(cwd, 'JianyingPro');
    symlinkSync('/bin/sleep', app);
    const running = spawn(app, ['600']);
    await once(running, 'spawn');
    try {
      const args = ['--out', 'busy', '--register', '--profile', 'jianying-11-win'];
      const refused = await create(timeline('x'), args);
      expect(refused).toMatchObject({
        code: 2,
        output: { error: { code: 'EDITOR_RUNNING' } },
        codes: ['DR152'],
      });
      expect(existsSync(join(cwd, 'busy'))).toBe(false);
      // The other app does not matter.
      expect(
        (await create(timeline('x'), ['--out', 'free', '--register', '--profile', 'capcut-mac'])).code,
      ).toBe(0);
      const forced = await create(timeline('x'), [...args, '--force']);
      expect(forced).toMatchObject({ code: 0, codes: ['DR124', 'DR155'] });
      expect(index('busy')).toHaveLength(1);
    } finally {
      running.kill();
    }
  });
});

test('a zip is written beside the folder, and replaces nothing', async () => {
  const { code, output, stderr } = await create(timeline('x'), ['--out', 'zipped', '--zip']);
  expect({ code, stderr }).toMatchObject({ code: 0 });
  expect(output.drafts[0].zip_path).toBe(join(cwd, 'zipped.zip'));
  expect(readFileSync(join(cwd, 'zipped.zip')).subarray(0, 4).toString('latin1')).toBe('PK\x03\x04');
  writeFileSync(join(cwd, 'taken.zip'), 'mine');
  const refused = await create(timeline('x'), ['--out', 'taken', '--zip']);
  expect(refused.output.error.code).toBe('DRAFT_EXISTS');
  expect(existsSync(join(cwd, 'taken'))).toBe(false);
  expect(readFileSync(join(cwd, 'taken.zip'), 'utf8')).toBe('mine');
});

describe('a cover', () => {
  test.each([
    ['none.jpg', 'MEDIA_NOT_FOUND'],
    ['https://127.0.0.1/cover.jpg', 'EGRESS_DENIED'],
  ])('%s that cannot be had stops the draft', async (cover, problem) => {
    const { output } = await create(timeline('x', { cover }), ['--out', 'covered']);
    expect(output.error).toMatchObject({ code: problem, problems: [{ pointer: '/cover' }] });
    expect(output.error.message).toMatch(/^cover: /);
    expect(existsSync(join(cwd, 'covered'))).toBe(false);
  });

  test('that is no JPEG is told so', async () => {
    const { codes } = await create(timeline('x', { cover: media.picture }), ['--out', 'covered']);
    expect(codes).toEqual(['DR093']);
    expect(existsSync(join(cwd, 'covered'))).toBe(false);
  });
});

describe('markers', () => {
  const donor = (app_source: string, app_version: string) => ({
    ...timeline('donor'),
    version: 360000,
    new_version: '183.0.0',
    platform: { app_source, app_version, os: 'mac', device_id: 'SECRET' },
    future: { a: 'SECRET' },
  });
  const put = (root: string, content: object) => {
    mkdirSync(join(cwd, root, 'd'), { recursive: true });
    writeFileSync(join(cwd, root, 'd', 'draft_info.json'), JSON.stringify(content));
  };
  const written = (name: string) => json(name, 'draft_info.json');

  test('come from a draft of the app: in DRAFT_ROOT, in a folder or in a file', async () => {
    put('store', donor('cc', '9.2.8'));
    const env = { DRAFT_ROOT: join(cwd, 'store') };
    for (const [index, seed] of ['auto', 'store', 'store/d', 'store/d/draft_info.json'].entries()) {
      const out = `seeded-${index}`;
      const args = ['--out', out, '--profile', 'capcut-mac', '--seed', seed];
      const { code, output, codes } = await create(timeline('x'), args, index === 0 ? env : {});
      expect({ code, output, codes }).toMatchObject({ code: 0, codes: ['SEED_USED'] });
      expect(output.problems[0].message).toContain(join('store', 'd', 'draft_info.json'));
      expect(written(out)).toMatchObject({
        new_version: '183.0.0',
        platform: { app_version: '9.2.8' },
        future: {},
      });
      expect(JSON.stringify(written(out))).not.toContain('SECRET');
    }
  });

  test('are never those of the other app', async () => {
    put('jianying', donor('lv', '5.9.0'));
    const args = ['--profile', 'capcut-mac', '--seed'];
    const file = await create(timeline('x'), ['--out', 'other', ...args, 'jianying/d/draft_info.json']);
    expect(file).toMatchObject({ code: 2, codes: ['SEED_OTHER_APP'] });
    expect(existsSync(join(cwd, 'other'))).toBe(false);
    const folder = await create(timeline('x'), ['--out', 'other', ...args, 'jianying']);
    expect(folder).toMatchObject({ code: 0, codes: ['SEED_NOT_FOUND'] });
    expect(written('other').new_version).toBe('179.0.0');
    const none = await create(timeline('x'), ['--out', 'nowhere', ...args, 'nowhere']);
    expect(none).toMatchObject({ code: 2, output: { error: { code: 'SEED_UNREADABLE' } } });
  });

  test('of the app itself are written when asked for', async () => {
    const args = ['--profile', 'jianying-11-mac', '--marker-generation', 'native'];
    expect((await create(timeline('x'), ['--out', 'native', ...args])).code).toBe(0);
    expect(written('native').new_version).toBe('185.0.0');
    const usage = await create(timeline('x'), ['--out', 'usage', '--marker-generation', 'old']);
    expect(usage.code).toBe(2);
  });
});
