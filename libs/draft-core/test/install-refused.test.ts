import { readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { DRAFT_PATH_TOKEN } from '../src/index.ts';
import type { InstallOptions } from '../src/node/index.ts';
import { changeDraft, type Loose, makeDraft } from './support/draft-folder.ts';
import { codes, json, tree, usePlaces } from './support/install.ts';
import { type RawEntry, rawZip, zipOf } from './support/zip.ts';

const places = usePlaces();

describe('what is refused, and changes nothing', () => {
  async function refused(source: string, more: Partial<InstallOptions> = {}): Promise<Loose> {
    const before = await tree(places.folder);
    const error = await places.install(source, more).then(
      () => ({ code: 'no error' }),
      (reason: Loose) => reason,
    );
    expect(await tree(places.folder)).toEqual(before);
    expect(error.name).toBe('UserError');
    return error;
  }

  test('missing media, each by name', async () => {
    const draft = await makeDraft(places.folder);
    const names: string[] = [];
    await changeDraft(draft, (content) => {
      for (const [at, path] of ['/nowhere/a.mp4', 'assets/none.mp4'].entries())
        content.materials.videos[at].path = path;
      content.materials.audios[0].path = 'https://example.com/a.mp3';
      names.push('https://example.com/a.mp3', '/nowhere/a.mp4', 'assets/none.mp4');
    });
    const error = await refused(draft);
    expect(error.code).toBe('MEDIA_NOT_FOUND');
    expect(codes(error)).toEqual(['DR121', 'DR120', 'DR120']);
    for (const [at, name] of names.entries()) expect(error.problems[at].message).toContain(name);
    const forced = await places.install(draft, { force: true });
    expect(codes(forced)).toEqual(['DR121', 'DR120', 'DR120']);
    expect(forced.problems.every(({ severity }) => severity === 'warning')).toBe(true);
    expect((await json(forced.folder, 'draft_content.json')).materials.videos[0].path).toBe('/nowhere/a.mp4');
  });

  test('a device as media, a server on a Mac, a path of the other system', async () => {
    const draft = await makeDraft(places.folder, { profile: 'capcut-mac' });
    for (const [path, code] of [
      ['/dev/zero', 'DR120'],
      ['//server/share/a.mp4', 'DR122'],
      ['C:/a.mp4', 'DR124'],
    ] as const) {
      await changeDraft(draft, (content) => {
        content.materials.videos[0].path = path;
      });
      const error = await refused(draft);
      expect([error.code, codes(error)]).toEqual(['MEDIA_NOT_FOUND', [code]]);
    }
  });

  test('a root that is a draft, lies in one, or is a file, with and without a dry run', async () => {
    const draft = await makeDraft(places.folder);
    const file = join(places.folder, 'file');
    await writeFile(file, '');
    for (const dryRun of [false, true]) {
      for (const root of [draft, join(draft, 'assets'), join(draft, 'new', 'root')])
        expect((await refused(draft, { root, dryRun })).code).toBe('DRAFT_ROOT_INVALID');
      for (const root of [file, join(file, 'root')])
        expect((await refused(draft, { root, dryRun })).code).toBe('FOLDER_NOT_WRITABLE');
    }
  });

  test('a name that is taken, however it is spelt, or that cannot be one', async () => {
    const draft = await makeDraft(places.folder);
    await places.install(draft);
    expect((await refused(draft)).code).toBe('DRAFT_EXISTS');
    expect((await refused(draft, { name: 'MY DRAFT' })).hint).toContain('--replace');
    await writeFile(join(places.root, 'file'), '');
    expect((await refused(draft, { name: 'file', replace: true })).code).toBe('DRAFT_EXISTS');
    for (const name of ['..', 'a/b', '.hidden', 'CON', 'a:b', ''])
      expect((await refused(draft, { name })).code).toBe('DRAFT_NAME_INVALID');
  });

  test('a running app, a list that cannot be read, an app that nobody names', async () => {
    const draft = await makeDraft(places.folder);
    const listProcesses = async () => ['C:\\JianyingPro.exe'];
    expect((await refused(draft, { listProcesses })).code).toBe('EDITOR_RUNNING');
    await writeFile(join(places.root, 'root_meta_info.json'), '{"all_draft_store":');
    expect((await refused(draft)).code).toBe('INDEX_UNREADABLE');
    await rm(join(places.root, 'root_meta_info.json'));
    await changeDraft(draft, (content) => {
      delete content.platform;
      delete content.last_modified_platform;
    });
    expect((await refused(draft)).code).toBe('APP_UNKNOWN');
    expect(codes(await places.install(draft, { app: 'jianying' }))).toContain('DR144');
  });

  test('a draft that the app has encrypted', async () => {
    const draft = await makeDraft(places.folder);
    await writeFile(join(draft, 'draft_content.json'), 'U2FsdGVkX1');
    expect((await refused(draft)).code).toBe('DRAFT_ENCRYPTED');
  });

  test('a folder with links, in it or on the way', async () => {
    const draft = await makeDraft(places.folder);
    await symlink('/etc', join(draft, 'assets', 'etc'));
    expect((await refused(draft)).code).toBe('DRAFT_UNSAFE');
    expect((await refused(draft, { force: true })).code).toBe('DRAFT_UNSAFE');
  });

  test.runIf(process.platform === 'linux')('names that are no names on Windows', async () => {
    const draft = await makeDraft(places.folder);
    for (const name of ['aux.mp4', 'a\\..\\b', 'a:b', 'dot.', 'DRAFT_CONTENT.JSON']) {
      await writeFile(join(draft, name), 'x');
      expect((await refused(draft)).code).toBe('DRAFT_UNSAFE');
      await rm(join(draft, name));
    }
  });

  test.each(['../../../etc/passwd', 'a/../../b', '..\\..\\b'])(
    'a path that leaves the draft: %s',
    async (path) => {
      const draft = await makeDraft(places.folder);
      for (const written of [path, `${DRAFT_PATH_TOKEN}/${path}`]) {
        await changeDraft(draft, (content) => {
          content.materials.videos[0].path = written;
        });
        const error = await refused(draft, { force: true });
        expect([error.code, codes(error)]).toEqual(['DRAFT_UNSAFE', ['DR126']]);
      }
    },
  );

  test('a zip that reaches for files of this machine', async () => {
    const content = {
      materials: { videos: [{ id: 'a', path: '/etc/passwd' }] },
      tracks: [{ segments: [{ material_id: 'a' }] }],
    };
    const zip = await zipOf(join(places.folder, 'x.zip'), { 'draft_info.json': JSON.stringify(content) });
    const error = await refused(zip, { app: 'capcut', system: { platform: 'darwin', home: places.folder } });
    expect([error.code, codes(error)]).toEqual(['MEDIA_NOT_FOUND', ['DR125']]);
    const forced = await places.install(zip, { app: 'capcut', force: true });
    expect((await readdir(forced.folder)).sort()).not.toContain('assets');
  });

  const content = '{"platform":{"app_source":"lv","os":"windows"},"materials":{},"tracks":[]}';
  const timeline: RawEntry = { name: 'd/draft_content.json', content };
  const zeros = Buffer.alloc(1024 * 1024);
  test.each<[string, RawEntry[], string]>([
    ['a name that climbs out', [timeline, { name: 'd/../../evil' }], 'ZIP_UNSAFE'],
    ['a name that climbs out with backslashes', [timeline, { name: 'd\\..\\..\\evil' }], 'ZIP_UNSAFE'],
    ['an absolute name', [timeline, { name: '/tmp/evil' }], 'ZIP_UNSAFE'],
    ['a device name', [timeline, { name: 'd/assets/NUL.mp4' }], 'ZIP_UNSAFE'],
    ['a link', [timeline, { name: 'd/assets', content: '/tmp', mode: 0o120777 }], 'ZIP_UNSAFE'],
    ['a pipe', [timeline, { name: 'd/pipe', mode: 0o010644 }], 'ZIP_UNSAFE'],
    ['a file that is a folder, too', [timeline, { name: 'd/a' }, { name: 'd/A/b' }], 'ZIP_UNSAFE'],
    ['a name of a thousand folders', [timeline, { name: `d/${'a/'.repeat(1000)}b` }], 'ZIP_UNSAFE'],
    [
      'a bomb of many small files',
      [timeline, ...Array.from({ length: 100 }, (_, at) => ({ name: `d/${at}`, content: zeros }))],
      'ZIP_UNSAFE',
    ],
    [
      'too many files',
      [timeline, ...Array.from({ length: 20_000 }, (_, at) => ({ name: `d/${at}` }))],
      'DRAFT_TOO_LARGE',
    ],
    [
      'a media file that is larger than it says',
      [timeline, { name: 'd/a', content: zeros, saidSize: 99 }],
      'ZIP_INVALID',
    ],
    [
      'a media file that is smaller than it says',
      [timeline, { name: 'd/a', content: 'a', saidSize: 99 }],
      'ZIP_INVALID',
    ],
    [
      'a media file with another checksum',
      [timeline, { name: 'd/a', content: 'a', saidCrc: 5 }],
      'ZIP_INVALID',
    ],
  ])('a zip with %s', async (_name, entries, code) => {
    const zip = join(places.folder, 'stranger.zip');
    await writeFile(zip, rawZip(entries));
    expect((await refused(zip, { force: true })).code).toBe(code);
    await rm(zip);
    await writeFile(zip, rawZip([timeline, { name: 'd/a', content: 'fine' }]));
    expect(await readFile(join((await places.install(zip)).folder, 'a'), 'utf8')).toBe('fine');
  });

  test('what is too large', async () => {
    const draft = await makeDraft(places.folder);
    expect((await refused(draft, { limits: { maxTotalBytes: 1000 } })).code).toBe('DRAFT_TOO_LARGE');
    expect((await refused(draft, { limits: { maxEntries: 3 } })).code).toBe('DRAFT_TOO_LARGE');
  });

  test('a dry run', async () => {
    const draft = await makeDraft(places.folder);
    for (const more of [{}, { root: join(places.folder, 'new/root') }]) {
      const before = await tree(places.folder);
      const planned = await places.install(draft, { dryRun: true, ...more });
      expect(await tree(places.folder)).toEqual(before);
      const { steps, folder: placed, profile } = await places.install(draft, more);
      expect({ steps, placed, profile }).toEqual({
        steps: planned.steps,
        placed: planned.folder,
        profile: planned.profile,
      });
    }
  });

  test('an abort half way', async () => {
    const draft = await makeDraft(places.folder);
    const stop = new AbortController();
    const before = await tree(places.folder);
    const onProgress = () => stop.abort(new Error('stop'));
    await expect(places.install(draft, { signal: stop.signal, onProgress })).rejects.toThrow('stop');
    await expect(
      places.install(draft, {
        root: join(places.folder, 'made/for it'),
        signal: AbortSignal.abort(new Error('stop')),
      }),
    ).rejects.toThrow('stop');
    expect(await tree(places.folder)).toEqual(before);
  });
});
