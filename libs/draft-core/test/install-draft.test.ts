import { createHash, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DRAFT_PATH_TOKEN } from '../src/index.ts';
import {
  findDraftRoots,
  type InstallOptions,
  installDraft,
  movedRootOf,
  openDraft,
} from '../src/node/index.ts';
import { changeDraft, type Loose, lintFolder, makeDraft } from './support/draft-folder.ts';
import { countingUuid, fixedNow } from './support/ids.ts';
import { type RawEntry, rawZip, zipOf } from './support/zip.ts';

let folder: string;
let root: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'draft-install-'));
  root = join(folder, 'root');
  await mkdir(root);
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const options = (source: string, more: Partial<InstallOptions> = {}): InstallOptions => ({
  source,
  root,
  system: { platform: 'linux', home: folder },
  listProcesses: async () => [],
  uuid: countingUuid(),
  now: fixedNow,
  ...more,
});
const install = (source: string, more: Partial<InstallOptions> = {}) => installDraft(options(source, more));
const json = async (...path: string[]): Promise<Loose> => JSON.parse(await readFile(join(...path), 'utf8'));
const index = async (): Promise<Loose[]> =>
  existsSync(join(root, 'root_meta_info.json'))
    ? (await json(root, 'root_meta_info.json')).all_draft_store
    : [];
const codes = ({ problems }: { problems: { code: string }[] }) => problems.map(({ code }) => code);

/** Everything below a folder with its content. */
async function tree(path = folder): Promise<Record<string, string>> {
  const files: Record<string, string> = {};
  for (const entry of await readdir(path, { recursive: true, withFileTypes: true })) {
    const file = join(entry.parentPath, entry.name);
    files[file] = entry.isFile()
      ? createHash('sha256')
          .update(await readFile(file))
          .digest('hex')
      : 'folder';
  }
  return files;
}

/** Packs a draft with the paths that work everywhere. */
async function portable(draft: string, separator = '/'): Promise<string> {
  const files: Record<string, string | Buffer> = {};
  for (const entry of await readdir(draft, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name).slice(draft.length + 1);
    const content = await readFile(join(draft, path));
    const text = content
      .toString('utf8')
      .replaceAll(new RegExp(`${draft}/([^"]*)`, 'g'), (_, inside: string) =>
        JSON.stringify(`${DRAFT_PATH_TOKEN}/${inside}`.replaceAll('/', separator)).slice(1, -1),
      );
    files[`My draft/${path}`] = path.endsWith('.json') ? text : content;
  }
  return zipOf(join(folder, 'packed.zip'), files);
}

describe('what is installed', () => {
  test.each(['/', '\\'])('paths with the token and %j become those of the new place', async (separator) => {
    const draft = await makeDraft(folder);
    const zip = await portable(draft, separator);
    const before = await readFile(zip);
    const { folder: placed, draftId, problems, steps } = await install(zip);
    expect(placed).toBe(join(root, 'My draft'));
    expect(problems).toEqual([]);
    expect(steps.map(({ step }) => step)).toEqual(['copy-draft', 'write', 'place', 'verify', 'list']);
    // The place is all that differs from the draft that was packed.
    const former = await readFile(join(draft, 'draft_content.json'), 'utf8');
    const text = await readFile(join(placed, 'draft_content.json'), 'utf8');
    expect(text).toBe(former.replaceAll(draft, placed));
    expect(await readFile(join(placed, 'draft_info.json'), 'utf8')).toBe(text);
    const meta = await json(placed, 'draft_meta_info.json');
    const paths = meta.draft_materials[0].value.map((entry: Loose) => entry.file_Path).sort();
    const { materials } = JSON.parse(text);
    const used = [...materials.videos, ...materials.audios];
    expect([...new Set(used.map(({ path }: Loose) => path))].sort()).toEqual(paths);
    for (const path of paths) expect(existsSync(path)).toBe(true);
    expect(meta).toMatchObject({
      draft_id: draftId,
      draft_name: 'My draft',
      draft_fold_path: placed,
      draft_root_path: root,
    });
    expect(await index()).toMatchObject([
      {
        draft_id: draftId,
        draft_name: 'My draft',
        draft_fold_path: placed,
        draft_json_file: `${placed}\\draft_content.json`,
        tm_duration: meta.tm_duration,
        draft_timeline_materials_size: meta.draft_timeline_materials_size_,
      },
    ]);
    expect(await lintFolder(placed)).toEqual([]);
    expect(await readFile(zip)).toEqual(before);
    expect((await readdir(root)).sort()).toEqual(['My draft', 'root_meta_info.json']);
  });

  test('nothing but the place changes: spelling, unknown keys, escapes, other files', async () => {
    const draft = await makeDraft(folder);
    const file = join(draft, 'draft_content.json');
    const spelled = (await readFile(file, 'utf8')).replace(
      '{',
      `{ "future" : [ 1.0,  2e3, "\\u00e9\\/" , {"deep": "${draft}/assets/x y/a"} ],\n\t"big":12345678901234567890, `,
    );
    for (const name of ['draft_content.json', 'draft_info.json']) await writeFile(join(draft, name), spelled);
    await mkdir(join(draft, 'assets/x y'), { recursive: true });
    await writeFile(join(draft, 'assets/x y/a'), 'a');
    await writeFile(join(draft, 'key_value.json'), '{"a":1}');
    await mkdir(join(draft, 'empty/inner'), { recursive: true });
    await mkdir(join(draft, '.cozecut/history'), { recursive: true });
    const { folder: placed } = await install(draft, { name: 'Other' });
    expect(placed).toBe(join(root, 'Other'));
    expect(await readFile(join(placed, 'draft_content.json'), 'utf8')).toBe(
      spelled.replaceAll(draft, placed),
    );
    expect(await readFile(join(placed, 'key_value.json'), 'utf8')).toBe('{"a":1}');
    expect(existsSync(join(placed, 'empty/inner'))).toBe(true);
    expect(existsSync(join(placed, '.cozecut'))).toBe(false);
    expect(await readFile(file, 'utf8')).toBe(spelled);
  });

  test('a draft that was moved finds its files below the place where it was made', async () => {
    const draft = await makeDraft(folder);
    const former =
      'C:/Users/someone/AppData/Local/JianyingPro/User Data/Projects/com.lveditor.draft/My draft';
    for (const name of ['draft_content.json', 'draft_info.json', 'draft_meta_info.json']) {
      const text = await readFile(join(draft, name), 'utf8');
      await writeFile(join(draft, name), text.replaceAll(draft, former));
    }
    const { folder: placed } = await install(draft);
    expect(await readFile(join(placed, 'draft_content.json'), 'utf8')).not.toContain('someone');
    expect(await lintFolder(placed)).toEqual([]);
  });

  test('every timeline file of the draft: nested copies, other timelines, older states, fonts', async () => {
    const draft = await makeDraft(folder);
    await mkdir(join(draft, 'assets/font'), { recursive: true });
    await writeFile(join(draft, 'assets/font/f.ttf'), 'font');
    await changeDraft(draft, (content) => {
      content.id = 'TID';
      const [text] = content.materials.texts;
      const said = JSON.parse(text.content);
      said.styles[0].font = { id: '', path: `${DRAFT_PATH_TOKEN}/assets/font/f.ttf` };
      text.content = JSON.stringify(said);
      text.font_path = './assets/font/f.ttf';
    });
    for (const [timeline, name] of [
      ['TID', 'draft_content.json'],
      ['TID', 'template-2.tmp'],
      ['OTHER', 'draft_content.json'],
      ['', 'draft_content.json.bak'],
    ] as const) {
      const path = timeline === '' ? draft : join(draft, 'Timelines', timeline);
      await mkdir(path, { recursive: true });
      const text = await readFile(join(draft, 'draft_content.json'), 'utf8');
      await writeFile(join(path, name), timeline === 'TID' ? text : text.replace('"TID"', '"OTHER"'));
    }
    await writeFile(join(draft, 'Timelines/project.json'), '{"main_timeline_id":"TID"}');
    const { folder: placed } = await install(draft);
    const text = await readFile(join(placed, 'draft_content.json'), 'utf8');
    for (const name of [
      'Timelines/TID/draft_content.json',
      'Timelines/TID/template-2.tmp',
      'draft_info.json',
    ])
      expect(await readFile(join(placed, name), 'utf8')).toBe(text);
    for (const name of ['Timelines/OTHER/draft_content.json', 'draft_content.json.bak']) {
      expect(await readFile(join(placed, name), 'utf8')).toContain(`${placed}/assets`);
      expect(await readFile(join(placed, name), 'utf8')).not.toContain(draft);
    }
    const [material] = JSON.parse(text).materials.texts;
    expect(material.font_path).toBe(`${placed}/assets/font/f.ttf`);
    expect(JSON.parse(material.content).styles[0].font.path).toBe(`${placed}/assets/font/f.ttf`);
    expect(text).not.toContain(DRAFT_PATH_TOKEN);
  });

  test('on a Mac the file that the app reads there is written, and media come along', async () => {
    const draft = await makeDraft(folder, { profile: 'capcut-mac' });
    await rm(join(draft, 'draft_info.json'));
    const outside = join(folder, 'elsewhere.MP4');
    await writeFile(outside, 'from elsewhere');
    await changeDraftContent(draft, (content) => {
      content.materials.videos[0].path = outside;
    });
    const {
      folder: placed,
      steps,
      problems,
      profile,
    } = await install(draft, {
      system: { platform: 'darwin', home: folder },
    });
    expect(profile.id).toBe('capcut-mac');
    expect(problems.filter(({ severity }) => severity !== 'info')).toEqual([]);
    expect(steps).toContainEqual({ step: 'copy-media', path: outside, bytes: 14 });
    const text = await readFile(join(placed, 'draft_info.json'), 'utf8');
    expect(await readFile(join(placed, 'draft_content.json'), 'utf8')).toBe(text);
    const sha256 = createHash('sha256').update('from elsewhere').digest('hex');
    const copied = `${placed}/assets/video/${sha256}.mp4`;
    expect(JSON.parse(text).materials.videos[0].path).toBe(copied);
    expect(await readFile(copied, 'utf8')).toBe('from elsewhere');
    const meta = await json(placed, 'draft_meta_info.json');
    const entry = meta.draft_materials[0].value.find((one: Loose) => one.file_Path === copied);
    expect(entry.id).toBe(JSON.parse(text).materials.videos[0].local_material_id);
    expect((await index())[0].draft_json_file).toBe(`${placed}/draft_info.json`);
  });

  test('on Windows media stay where they are, and that is told', async () => {
    const draft = await makeDraft(folder);
    const outside = join(folder, 'elsewhere.mp4');
    await writeFile(outside, 'from elsewhere');
    await changeDraft(draft, (content) => {
      content.materials.videos[0].path = outside;
    });
    const installed = await install(draft);
    expect(codes(installed)).toContain('DR122');
    expect((await json(installed.folder, 'draft_content.json')).materials.videos[0].path).toBe(outside);
  });

  test('a draft without a file about it gets one, with its media', async () => {
    const draft = await makeDraft(folder, { profile: 'capcut-mac' });
    await rm(join(draft, 'draft_meta_info.json'));
    const { folder: placed, draftId } = await install(draft);
    const meta = await json(placed, 'draft_meta_info.json');
    expect(meta.draft_id).toBe(draftId);
    expect(meta.draft_materials[0].value).toHaveLength(4);
    expect((await lintFolder(placed)).filter(({ severity }) => severity === 'error')).toEqual([]);
  });
});

async function changeDraftContent(draft: string, change: (content: Loose) => void): Promise<void> {
  const content = await json(draft, 'draft_content.json');
  change(content);
  await writeFile(join(draft, 'draft_content.json'), JSON.stringify(content));
}

describe('what is refused, and changes nothing', () => {
  async function refused(source: string, more: Partial<InstallOptions> = {}): Promise<Loose> {
    const before = await tree();
    const error = await install(source, more).then(
      () => ({ code: 'no error' }),
      (reason: Loose) => reason,
    );
    expect(await tree()).toEqual(before);
    expect(error.name).toBe('UserError');
    return error;
  }

  test('missing media, each by name', async () => {
    const draft = await makeDraft(folder);
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
    const forced = await install(draft, { force: true });
    expect(codes(forced)).toEqual(['DR121', 'DR120', 'DR120']);
    expect(forced.problems.every(({ severity }) => severity === 'warning')).toBe(true);
    expect((await json(forced.folder, 'draft_content.json')).materials.videos[0].path).toBe('/nowhere/a.mp4');
  });

  test('a device as media, a server on a Mac, a path of the other system', async () => {
    const draft = await makeDraft(folder, { profile: 'capcut-mac' });
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

  test('a name that is taken, however it is spelt, or that cannot be one', async () => {
    const draft = await makeDraft(folder);
    await install(draft);
    expect((await refused(draft)).code).toBe('DRAFT_EXISTS');
    expect((await refused(draft, { name: 'MY DRAFT' })).hint).toContain('--replace');
    await writeFile(join(root, 'file'), '');
    expect((await refused(draft, { name: 'file', replace: true })).code).toBe('DRAFT_EXISTS');
    for (const name of ['..', 'a/b', '.hidden', 'CON', 'a:b', ''])
      expect((await refused(draft, { name })).code).toBe('DRAFT_NAME_INVALID');
  });

  test('a running app, a list that cannot be read, an app that nobody names', async () => {
    const draft = await makeDraft(folder);
    const listProcesses = async () => ['C:\\JianyingPro.exe'];
    expect((await refused(draft, { listProcesses })).code).toBe('EDITOR_RUNNING');
    await writeFile(join(root, 'root_meta_info.json'), '{"all_draft_store":');
    expect((await refused(draft)).code).toBe('INDEX_UNREADABLE');
    await rm(join(root, 'root_meta_info.json'));
    await changeDraft(draft, (content) => {
      delete content.platform;
      delete content.last_modified_platform;
    });
    expect((await refused(draft)).code).toBe('APP_UNKNOWN');
    expect(codes(await install(draft, { app: 'jianying' }))).toContain('DR144');
  });

  test('a draft that the app has encrypted', async () => {
    const draft = await makeDraft(folder);
    await writeFile(join(draft, 'draft_content.json'), 'U2FsdGVkX1');
    expect((await refused(draft)).code).toBe('DRAFT_ENCRYPTED');
  });

  test('a folder with links, in it or on the way', async () => {
    const draft = await makeDraft(folder);
    await symlink('/etc', join(draft, 'assets', 'etc'));
    expect((await refused(draft)).code).toBe('DRAFT_UNSAFE');
    expect((await refused(draft, { force: true })).code).toBe('DRAFT_UNSAFE');
  });

  test.runIf(process.platform === 'linux')('names that are no names on Windows', async () => {
    const draft = await makeDraft(folder);
    for (const name of ['aux.mp4', 'a\\..\\b', 'a:b', 'dot.', 'DRAFT_CONTENT.JSON']) {
      await writeFile(join(draft, name), 'x');
      expect((await refused(draft)).code).toBe('DRAFT_UNSAFE');
      await rm(join(draft, name));
    }
  });

  test.each(['../../../etc/passwd', 'a/../../b', '..\\..\\b'])(
    'a path that leaves the draft: %s',
    async (path) => {
      const draft = await makeDraft(folder);
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
    const zip = await zipOf(join(folder, 'x.zip'), { 'draft_info.json': JSON.stringify(content) });
    const error = await refused(zip, { app: 'capcut', system: { platform: 'darwin', home: folder } });
    expect([error.code, codes(error)]).toEqual(['MEDIA_NOT_FOUND', ['DR125']]);
    const forced = await install(zip, { app: 'capcut', force: true });
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
    ['a file that is a folder, too', [timeline, { name: 'd/a' }, { name: 'd/A/b' }], 'DRAFT_UNSAFE'],
    ['a name of a thousand folders', [timeline, { name: `d/${'a/'.repeat(1000)}b` }], 'DRAFT_UNSAFE'],
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
    const zip = join(folder, 'stranger.zip');
    await writeFile(zip, rawZip(entries));
    expect((await refused(zip, { force: true })).code).toBe(code);
    await rm(zip);
    await writeFile(zip, rawZip([timeline, { name: 'd/a', content: 'fine' }]));
    expect(await readFile(join((await install(zip)).folder, 'a'), 'utf8')).toBe('fine');
  });

  test('what is too large', async () => {
    const draft = await makeDraft(folder);
    expect((await refused(draft, { limits: { maxTotalBytes: 1000 } })).code).toBe('DRAFT_TOO_LARGE');
    expect((await refused(draft, { limits: { maxEntries: 3 } })).code).toBe('DRAFT_TOO_LARGE');
  });

  test('a dry run', async () => {
    const draft = await makeDraft(folder);
    for (const more of [{}, { root: join(folder, 'new/root') }]) {
      const before = await tree();
      const planned = await install(draft, { dryRun: true, ...more });
      expect(await tree()).toEqual(before);
      const { steps, folder: placed, profile } = await install(draft, more);
      expect({ steps, placed, profile }).toEqual({
        steps: planned.steps,
        placed: planned.folder,
        profile: planned.profile,
      });
    }
  });

  test('an abort half way', async () => {
    const draft = await makeDraft(folder);
    const stop = new AbortController();
    const before = await tree();
    const onProgress = () => stop.abort(new Error('stop'));
    await expect(install(draft, { signal: stop.signal, onProgress })).rejects.toThrow('stop');
    await expect(
      install(draft, { root: join(folder, 'made/for it'), signal: AbortSignal.abort(new Error('stop')) }),
    ).rejects.toThrow('stop');
    expect(await tree()).toEqual(before);
  });
});

describe('a draft that replaces another', () => {
  test('takes its place, its id and its entry, whatever the case of its name', async () => {
    const draft = await makeDraft(folder);
    const first = await install(draft);
    await writeFile(join(first.folder, 'of the first'), '');
    await changeDraft(draft, (content, meta) => {
      content.mark = 'second';
      meta.draft_id = 'ANOTHER';
    });
    const second = await install(draft, { name: 'my DRAFT', replace: true });
    expect(second.steps).toContainEqual({ step: 'replace', path: first.folder });
    expect((await readdir(root)).filter((name) => !name.startsWith('root_meta_info'))).toEqual(['my DRAFT']);
    expect(second.draftId).toBe(first.draftId);
    expect(await json(second.folder, 'draft_content.json')).toMatchObject({ mark: 'second' });
    expect(existsSync(join(second.folder, 'of the first'))).toBe(false);
    expect(await index()).toMatchObject([{ draft_id: first.draftId, draft_fold_path: second.folder }]);
  });

  test('is taken away again when the list breaks at the last moment; the former one is back', async () => {
    const draft = await makeDraft(folder);
    await install(draft);
    const before = await tree(join(root, 'My draft'));
    let calls = 0;
    // The second time it is asked, all is ready and nothing is placed.
    const listProcesses = async () => {
      if (++calls === 2) await writeFile(join(root, 'root_meta_info.json'), 'broken');
      return [];
    };
    await changeDraft(draft, (content) => {
      content.mark = 'second';
    });
    for (const more of [{ replace: true }, { name: 'New' }]) {
      calls = 0;
      await rm(join(root, 'root_meta_info.json'));
      await expect(install(draft, { listProcesses, ...more })).rejects.toMatchObject({
        code: 'INDEX_UNREADABLE',
      });
      expect(await tree(join(root, 'My draft'))).toEqual(before);
      expect((await readdir(root)).filter((name) => !name.startsWith('root_meta'))).toEqual(['My draft']);
    }
  });
});

test('a draft whose id is in the list gets new ids', async () => {
  const draft = await makeDraft(folder);
  const first = await install(draft);
  expect(codes(first)).toEqual([]);
  const second = await install(draft, { name: 'Copy' });
  expect(codes(second)).toEqual(['DR033']);
  expect(second.draftId).not.toBe(first.draftId);
  expect((await json(second.folder, 'draft_meta_info.json')).draft_id).toBe(second.draftId);
  const ids = await Promise.all(
    [first, second].map(async (one) => (await json(one.folder, 'draft_info.json')).id),
  );
  expect(new Set(ids).size).toBe(2);
  expect((await index()).map((entry) => entry.draft_id)).toEqual([second.draftId, first.draftId]);
  // Registered again under its own name it is no stranger.
  expect(codes(await install(draft, { replace: true }))).toEqual([]);
});

test('installs at the same time wait for each other and share no id', async () => {
  const draft = await makeDraft(folder);
  const names = ['a', 'b', 'c', 'd'];
  const done = await Promise.all(names.map((name) => install(draft, { name, uuid: randomUUID })));
  expect(new Set(done.map(({ draftId }) => draftId)).size).toBe(4);
  expect((await index()).map((entry) => entry.draft_name).sort()).toEqual(names);
});

describe('an install that was killed is brought into order by the next one, also when that fails', () => {
  const KEPT = '.cozecut-replaced-0000';
  const journal = (draft: object) => writeFile(join(root, '.cozecut-install.json'), JSON.stringify(draft));
  /** The journal as it is when the first draft is about to be replaced by the second one. */
  async function prepare(): Promise<{ entry: Loose; listed: Loose[] }> {
    const draft = await makeDraft(folder);
    const { folder: placed, draftId, name, profile } = await install(draft);
    await writeFile(join(placed, 'mark'), 'first');
    const times = { durationUs: 7, mediaBytes: 8, createdUs: 9, modifiedUs: 10 };
    const entry = { folder: placed, draftId, name, profile: profile.id, ...times };
    await cp(placed, join(folder, 'second'), { recursive: true });
    await writeFile(join(folder, 'second/mark'), 'second');
    return { entry, listed: await index() };
  }
  const next = () =>
    install(join(folder, 'drafts/My draft'), { name: 'My draft' }).catch((error) => error.code);
  const mark = () => readFile(join(root, 'My draft/mark'), 'utf8');
  const clean = async () =>
    expect((await readdir(root)).filter((name) => name.startsWith('.cozecut'))).toEqual([]);

  test('before the first rename: the former state', async () => {
    const { entry, listed } = await prepare();
    await journal({ former: 'My draft', kept: KEPT, draft: entry });
    expect(await next()).toBe('DRAFT_EXISTS');
    expect([await mark(), await index()]).toEqual(['first', listed]);
    await clean();
  });

  test('between the renames: the former state', async () => {
    const { entry, listed } = await prepare();
    await journal({ former: 'My draft', kept: KEPT, draft: entry });
    await rename(join(root, 'My draft'), join(root, KEPT));
    expect(await next()).toBe('DRAFT_EXISTS');
    expect([await mark(), await index()]).toEqual(['first', listed]);
    await clean();
  });

  test('after the renames: the new state', async () => {
    const { entry } = await prepare();
    await journal({ former: 'My draft', kept: KEPT, draft: entry });
    await rename(join(root, 'My draft'), join(root, KEPT));
    await rename(join(folder, 'second'), join(root, 'My draft'));
    expect(await next()).toBe('DRAFT_EXISTS');
    expect(await mark()).toBe('second');
    expect(await index()).toMatchObject([{ draft_name: 'My draft', tm_duration: 7 }]);
    await clean();
  });

  test('a new draft that is not listed is listed, unless the app or a person has put another one there', async () => {
    const { entry } = await prepare();
    for (const [draftId, names] of [
      [entry.draftId, ['My draft']],
      ['ANOTHER', []],
    ] as const) {
      await writeFile(join(root, 'root_meta_info.json'), '{"all_draft_store":[]}');
      await journal({ draft: { ...entry, draftId } });
      expect(await next()).toBe('DRAFT_EXISTS');
      expect((await index()).map((one) => one.draft_name)).toEqual(names);
      await clean();
    }
  });

  test('a dry run leaves it alone, and a journal that is none is not touched', async () => {
    const { entry } = await prepare();
    await journal({ former: 'My draft', kept: KEPT, draft: entry });
    const before = await tree();
    await install(join(folder, 'drafts/My draft'), { name: 'x', dryRun: true });
    expect(await tree()).toEqual(before);
    for (const bad of [{ draft: entry, kept: '../../etc' }, { draft: { ...entry, name: '../x' } }, 'x']) {
      await writeFile(join(root, '.cozecut-install.json'), JSON.stringify(bad));
      const state = await tree();
      expect(await next()).toBe('INSTALL_JOURNAL_DAMAGED');
      expect(await tree()).toEqual(state);
    }
  });
});

describe('the draft folders of the apps', () => {
  const windows = { platform: 'win32', home: '/home', localAppData: '' };
  const data = (app: string) => join(folder, app, 'User Data');
  const usual = (app: string) => join(data(app), 'Projects/com.lveditor.draft');
  const system = () => ({ ...windows, localAppData: folder });

  test('the app that the draft names is chosen', async () => {
    const draft = await makeDraft(folder);
    const plan = (more: Partial<InstallOptions> = {}) =>
      install(draft, { root: undefined, system: system(), dryRun: true, ...more });
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
    const moved = join(folder, 'moved drafts');
    await mkdir(moved);
    await mkdir(usual('JianyingPro'), { recursive: true });
    await mkdir(join(data('JianyingPro'), 'Config/Modules'), { recursive: true });
    const settings = `[General]\r\nversion=3\r\npath=${Buffer.from(moved).toString('base64')}\r\n`;
    await writeFile(join(data('JianyingPro'), 'Config/Modules/draft_tracking.ini'), settings);
    expect((await findDraftRoots(system())).filter(({ isThere }) => isThere)).toEqual([
      { app: 'jianying', path: moved, isMoved: true, isThere: true },
      { app: 'jianying', path: usual('JianyingPro'), isMoved: false, isThere: true },
    ]);
    const draft = await makeDraft(folder);
    expect((await install(draft, { root: undefined, system: system() })).root).toBe(moved);
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

test('a draft in its own root is put in order by replacing itself', async () => {
  const draft = await makeDraft(folder);
  await cp(draft, join(root, 'My draft'), { recursive: true });
  const { folder: placed } = await install(join(root, 'My draft'), { replace: true });
  expect(placed).toBe(join(root, 'My draft'));
  expect((await openDraft(placed)).encrypted).toEqual([]);
  expect(await lintFolder(placed)).toEqual([]);
  expect(await index()).toHaveLength(1);
});
