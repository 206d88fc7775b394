import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { findDraftRoots, type InstallOptions, movedRootOf } from '../src/node/index.ts';
import { changeDraft, makeDraft } from './support/draft-folder.ts';
import { codes, usePlaces } from './support/install.ts';

const places = usePlaces();

describe('the draft folders of the apps', () => {
  const windows = { platform: 'win32', home: '/home', localAppData: '' };
  const data = (app: string) => join(places.folder, app, 'User Data');
  const usual = (app: string) => join(data(app), 'Projects/com.lveditor.draft');
  const system = () => ({ ...windows, localAppData: places.folder });

  test('the app that the draft names is chosen', async () => {
    const draft = await makeDraft(places.folder);
    const plan = (more: Partial<InstallOptions> = {}) =>
      places.install(draft, { root: undefined, system: system(), dryRun: true, ...more });
    await expect(plan()).rejects.toMatchObject({
      code: 'DRAFT_ROOT_UNKNOWN',
      message: expect.stringContaining(usual('JianyingPro')),
      hint: expect.stringContaining('--root'),
    });
    await mkdir(usual('CapCut'), { recursive: true });
    await expect(plan()).rejects.toMatchObject({ hint: expect.stringContaining('--app capcut') });
    const other = await plan({ app: 'capcut' });
    expect([other.root, other.profile.id, codes(other)]).toEqual([
      usual('CapCut'),
      'capcut-win',
      expect.arrayContaining(['DRAFT_OTHER_APP']),
    ]);
    await mkdir(usual('JianyingPro'), { recursive: true });
    expect((await plan()).root).toBe(usual('JianyingPro'));
    await changeDraft(draft, (content) => {
      delete content.platform;
      delete content.last_modified_platform;
    });
    await expect(plan()).rejects.toMatchObject({ code: 'APP_UNKNOWN' });
    expect((await plan({ app: 'jianying' })).root).toBe(usual('JianyingPro'));
  });

  test('a Mac has them among the movies, other systems not at all', async () => {
    const roots = await findDraftRoots({ platform: 'darwin', home: '/Users/me' });
    expect(roots.map(({ path }) => path)).toEqual([
      '/Users/me/Movies/JianyingPro/User Data/Projects/com.lveditor.draft',
      '/Users/me/Movies/CapCut/User Data/Projects/com.lveditor.draft',
    ]);
    expect(await findDraftRoots({ platform: 'linux', home: '/home/me' })).toEqual([]);
  });

  test('one that the user has moved comes first', async () => {
    const moved = join(places.folder, 'moved drafts');
    await mkdir(moved);
    await mkdir(usual('JianyingPro'), { recursive: true });
    await mkdir(join(data('JianyingPro'), 'Config/Modules'), { recursive: true });
    const settings = `[General]\r\nversion=3\r\npath=${Buffer.from(moved).toString('base64')}\r\n`;
    await writeFile(join(data('JianyingPro'), 'Config/Modules/draft_tracking.ini'), settings);
    expect((await findDraftRoots(system())).filter(({ isThere }) => isThere)).toEqual([
      { app: 'jianying', path: moved, isMoved: true, isThere: true },
      { app: 'jianying', path: usual('JianyingPro'), isMoved: false, isThere: true },
    ]);
    const draft = await makeDraft(places.folder);
    expect((await places.install(draft, { root: undefined, system: system() })).root).toBe(moved);
  });

  test.each([
    [`path=${Buffer.from('D:\\剪映 Drafts').toString('base64')}`, 'D:\\剪映 Drafts'],
    [`a=1\npath = "${Buffer.from('E:/d').toString('base64')}"`, 'E:/d'],
    ['path=D:\\JianyingPro Drafts', undefined],
    [`path=${Buffer.from('relative').toString('base64')}`, undefined],
    [`path=${Buffer.from('D:\\a\0b').toString('base64')}`, undefined],
    ['', undefined],
    ['=\n[x]\n;a=b', undefined],
  ])('settings %j', (settings, expected) => {
    expect(movedRootOf(settings)).toBe(expected);
  });
});
