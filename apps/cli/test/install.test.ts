import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { makeSampleMedia } from '@cozecut/tools/sample-media';
import { beforeAll, describe, expect, test } from 'vitest';
import { cozecut, start, temporaryFolder } from './support.ts';

const cwd = temporaryFolder();
const json = (...path: string[]) => JSON.parse(readFileSync(join(cwd, ...path), 'utf8'));
const index = (root: string) => json(root, 'root_meta_info.json').all_draft_store;

/** Everything below the folder of the tests, with what is in it. */
function tree(): Record<string, string> {
  const entries = readdirSync(cwd, { recursive: true, withFileTypes: true });
  return Object.fromEntries(
    entries.map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return [path, entry.isFile() ? readFileSync(path, 'base64') : 'folder'];
    }),
  );
}

beforeAll(async () => {
  const { video } = await makeSampleMedia(cwd);
  const timeline = {
    schema: 'draft-timeline/1',
    name: 'x',
    timeUnit: 's',
    canvas: { width: 1920, height: 1080, fps: 30 },
    tracks: [{ type: 'video', clips: [{ media: video, start: 0, duration: 1 }] }],
  };
  writeFileSync(join(cwd, 'timeline.json'), JSON.stringify(timeline));
  const args = ['draft', 'create', 'timeline.json', '--out', 'Mine', '--zip', '--profile', 'jianying-11-win'];
  expect((await cozecut(args, { cwd })).code).toBe(0);
});

test('a zip is installed; the plan says before what is done', async () => {
  const before = tree();
  const args = ['draft', 'install', 'Mine.zip', '--root', 'drafts'];
  const planned = await cozecut([...args, '--dry-run', '--lang', 'en'], { cwd });
  expect(planned.code).toBe(0);
  expect(tree()).toEqual(before);
  const folder = join(cwd, 'drafts', 'Mine');
  expect(planned.stdout.split('\n')).toEqual([
    `- make the draft folder ${join(cwd, 'drafts')}`,
    expect.stringMatching(/^- copy files: 1, [\d.]+ KB$/),
    '- write draft_content.json, draft_info.json, draft_meta_info.json with the paths of the new place',
    `- put the draft at ${folder}`,
    '- check the draft and its files: 1',
    `- add it to ${join(cwd, 'drafts', 'root_meta_info.json')}`,
    '',
  ]);
  expect(planned.stderr).toContain('Nothing was written');

  const done = await cozecut([...args, '--lang', 'zh'], { cwd });
  expect(done).toMatchObject({ code: 0, stdout: `${folder}\n` });
  expect(done.stderr).toContain('正在复制草稿\n');
  expect(done.stderr).toContain('打开剪映');
  expect(index('drafts')).toMatchObject([{ draft_name: 'Mine', draft_fold_path: folder }]);
  const [{ path }] = json('drafts', 'Mine', 'draft_content.json').materials.videos;
  expect(path.startsWith(`${folder}/assets/video/`)).toBe(true);
  expect(existsSync(path)).toBe(true);

  const again = await cozecut([...args, '--json'], { cwd });
  expect([again.code, JSON.parse(again.stdout).error.code]).toEqual([2, 'DRAFT_EXISTS']);
  const replaced = await cozecut([...args, '--replace', '--json'], { cwd });
  expect([replaced.code, JSON.parse(replaced.stdout)]).toMatchObject([
    0,
    { dry_run: false, name: 'Mine', folder_path: folder, app: 'jianying', profile: 'jianying-5.9-win' },
  ]);
  const named = await cozecut([...args, '--name', 'Other', '--json'], { cwd });
  expect(JSON.parse(named.stdout).problems.map(({ code }: { code: string }) => code)).toContain('DR033');
  expect(index('drafts').map((entry: { draft_name: string }) => entry.draft_name)).toEqual(['Other', 'Mine']);
});

describe('where it goes', () => {
  test('DRAFT_ROOT stands below --root', async () => {
    const env = { DRAFT_ROOT: join(cwd, 'by variable') };
    expect((await cozecut(['draft', 'install', 'Mine'], { cwd, env })).code).toBe(0);
    expect(index('by variable')).toHaveLength(1);
    const args = ['draft', 'install', 'Mine', '--root', 'by flag', '--dry-run', '--json'];
    expect(JSON.parse((await cozecut(args, { cwd, env })).stdout).root_path).toBe(join(cwd, 'by flag'));
  });

  test.skipIf(process.platform === 'win32' || process.platform === 'darwin')(
    'a system without the apps has no place of its own',
    async () => {
      const run = await cozecut(['draft', 'install', 'Mine', '--json'], { cwd });
      expect([run.code, JSON.parse(run.stdout).error]).toMatchObject([
        2,
        { code: 'DRAFT_ROOT_UNKNOWN', hint: expect.stringContaining('--root') },
      ]);
    },
  );
});

test.skipIf(process.platform === 'win32')('nothing happens while the app runs, unless forced', async () => {
  const app = join(cwd, 'JianyingPro');
  symlinkSync('/bin/sleep', app);
  const running = spawn(app, ['600']);
  await once(running, 'spawn');
  try {
    const args = ['draft', 'install', 'Mine', '--root', 'busy', '--json'];
    const refused = await cozecut(args, { cwd });
    expect([refused.code, JSON.parse(refused.stdout).error.code]).toEqual([2, 'EDITOR_RUNNING']);
    expect(existsSync(join(cwd, 'busy'))).toBe(false);
    expect((await cozecut([...args, '--force'], { cwd })).code).toBe(0);
  } finally {
    running.kill();
    rmSync(app);
  }
});

test('missing media are named', async () => {
  mkdirSync(join(cwd, 'Torn'));
  for (const name of ['draft_content.json', 'draft_info.json', 'draft_meta_info.json'])
    writeFileSync(join(cwd, 'Torn', name), readFileSync(join(cwd, 'Mine', name)));
  const before = tree();
  // Where they were made for is not where they are.
  const text = readFileSync(join(cwd, 'Torn', 'draft_content.json'), 'utf8').replaceAll(cwd, '/nowhere');
  writeFileSync(join(cwd, 'Torn', 'draft_content.json'), text);
  writeFileSync(join(cwd, 'Torn', 'draft_info.json'), text);
  const run = await cozecut(['draft', 'install', 'Torn', '--root', 'torn root', '--lang', 'en'], { cwd });
  expect(run.code).toBe(2);
  expect(run.stderr).toMatch(/Error: "\/nowhere\/Mine\/assets\/video\/\w+\.mp4" not found \[DR120\]/);
  expect(run.stderr).toContain('--force');
  expect(Object.keys(tree())).toEqual(Object.keys(before));
});

test('a kill at any time leaves nothing half, and the next run clears up', async () => {
  const args = ['draft', 'install', 'Mine', '--root', 'killed', '--replace', '--quiet'];
  const whole = performance.now();
  expect((await cozecut(args, { cwd })).code).toBe(0);
  const wholeMs = performance.now() - whole;
  for (let kill = 0; kill < 12; kill++) {
    const child = start(args, { cwd });
    const closed = once(child, 'close');
    await Promise.race([setTimeout(wholeMs * (0.3 + ((kill * 5) % 12) / 16)), closed]);
    child.kill('SIGKILL');
    await closed;
    for (const { draft_fold_path: folder, draft_id: id } of index('killed')) {
      expect(json('killed', 'Mine', 'draft_meta_info.json').draft_id).toBe(id);
      for (const name of ['draft_content.json', 'draft_info.json'])
        for (const { path } of JSON.parse(readFileSync(join(folder, name), 'utf8')).materials.videos)
          expect(existsSync(path)).toBe(true);
    }
  }
  expect((await cozecut(args, { cwd })).code).toBe(0);
  expect(readdirSync(join(cwd, 'killed')).filter((name) => !name.startsWith('root_meta'))).toEqual(['Mine']);
}, 120_000);
