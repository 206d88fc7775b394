import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { inflateRawSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { MediaPool } from '../src/compile/media-pool.ts';
import {
  type CompiledDraft,
  compileDraft,
  DRAFT_PATH_TOKEN,
  draftFiles,
  type MediaFile,
} from '../src/index.ts';
import { writeDraftFolder, writeDraftZip } from '../src/node/index.ts';
import { countingUuid, fixedNow } from './support/ids.ts';
import { realFile } from './support/real-media.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'draft-core-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function compile(draftName = 'My draft', cover?: MediaFile): Promise<CompiledDraft> {
  const video = await realFile(folder, 'clip.mp4', { kind: 'video' }, 'v'.repeat(300_000));
  const sound = await realFile(folder, 'song.mp3', { kind: 'audio' });
  const timeline = {
    schema: 'draft-timeline/1',
    name: 'x',
    timeUnit: 's',
    canvas: { width: 1920, height: 1080, fps: 30 },
    ...(cover === undefined ? {} : { cover: cover.name }),
    tracks: [
      {
        type: 'video',
        clips: [
          { media: 'clip.mp4', start: 0, duration: 2 },
          { media: 'clip.mp4', name: 'again', start: 2, duration: 2 },
        ],
      },
      { type: 'audio', clips: [{ media: 'song.mp3', start: 0, duration: 4 }] },
    ],
  };
  const media = new Map([
    ['clip.mp4', video],
    ['song.mp3', sound],
    ...(cover === undefined ? [] : ([[cover.name, cover]] as const)),
  ]);
  const { draft, problems } = compileDraft(timeline, {
    media,
    draftName,
    now: fixedNow,
    uuid: countingUuid(),
  });
  expect(problems).toEqual([]);
  return draft!;
}

const entries = async (path: string): Promise<string[]> =>
  (await readdir(path, { recursive: true })).map((name) => name.replaceAll('\\', '/')).sort();

describe('a draft folder', () => {
  test('holds both timeline names with the same bytes, the meta file and each file once', async () => {
    const draft = await compile();
    const parentFolder = join(folder, 'new', 'drafts');
    const written = await writeDraftFolder(draft, { parentFolder });
    expect(written.folder).toBe(join(parentFolder, 'My draft'));
    const [video, sound] = draft.media;
    expect(await entries(written.folder)).toEqual([
      'assets',
      'assets/audio',
      sound!.path,
      'assets/video',
      video!.path,
      'draft_content.json',
      'draft_info.json',
      'draft_meta_info.json',
    ]);
    const content = await readFile(join(written.folder, 'draft_content.json'), 'utf8');
    expect(await readFile(join(written.folder, 'draft_info.json'), 'utf8')).toBe(content);
    const meta = JSON.parse(await readFile(join(written.folder, 'draft_meta_info.json'), 'utf8'));
    expect(meta).toMatchObject({
      draft_id: draft.draftId,
      draft_name: 'My draft',
      draft_fold_path: written.folder,
      draft_root_path: parentFolder,
      tm_draft_create: 1_790_000_000_000_000,
      tm_duration: 4_000_000,
      draft_timeline_materials_size_: draft.mediaBytes,
    });
    const { materials } = JSON.parse(content);
    const paths = [...materials.videos, ...materials.audios].map((material) => material.path);
    expect(paths).toEqual([video, video, sound].map((media) => `${written.folder}/${media!.path}`));
    const registered = meta.draft_materials[0].value;
    expect(registered.map((entry: { file_Path: string }) => entry.file_Path)).toEqual([paths[0], paths[2]]);
    expect(await readFile(paths[0], 'utf8')).toBe('v'.repeat(300_000));
    const sizes = await Promise.all(
      (await entries(written.folder)).map((name) => stat(join(written.folder, name))),
    );
    const total = sizes.filter((one) => one.isFile()).reduce((sum, { size }) => sum + size, 0);
    expect(written.bytes).toBe(total);
    expect(await readdir(parentFolder)).toEqual(['My draft']);
  });

  test.each([1, 128, 129, 3000])('of %i captions has the text of its files, byte by byte', async (count) => {
    const captions = (track: number) => ({
      type: 'text',
      clips: Array.from({ length: count }, (_, index) => ({
        text: `字幕 "${track}" 😀 ${index}`,
        start: index,
        duration: 1,
        keyframes: {
          positionX: [
            [0, 0],
            [0.5, index],
          ],
        },
      })),
    });
    const { draft } = compileDraft(
      {
        schema: 'draft-timeline/1',
        name: 'x',
        timeUnit: 's',
        canvas: { width: 1920, height: 1080, fps: 30 },
        tracks: [captions(0), captions(1)],
      },
      { media: new Map(), draftName: 'Many', now: fixedNow, uuid: countingUuid() },
    );
    const written = await writeDraftFolder(draft!, { parentFolder: folder });
    let bytes = 0;
    for (const { name, text } of draftFiles(draft!, { kind: 'absolute', folder: written.folder })) {
      const data = await readFile(join(written.folder, name));
      expect(data.equals(Buffer.from(text)), name).toBe(true);
      bytes += data.length;
    }
    expect(written.bytes).toBe(bytes);
  });

  test('is refused when the name is taken, also by an empty folder, and what is there stays', async () => {
    const draft = await compile();
    const { folder: first } = await writeDraftFolder(draft, { parentFolder: folder });
    const before = await entries(first);
    await writeFile(join(first, 'mine.txt'), 'kept');
    await expect(writeDraftFolder(draft, { parentFolder: folder })).rejects.toMatchObject({
      code: 'DRAFT_EXISTS',
    });
    expect(await entries(first)).toEqual([...before, 'mine.txt'].sort());
  });

  test('two writers of one name: one wins, nothing is left of the other', async () => {
    const draft = await compile();
    const results = await Promise.allSettled(
      [1, 2, 3].map(() => writeDraftFolder(draft, { parentFolder: folder })),
    );
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const result of results) {
      if (result.status === 'rejected') expect(result.reason).toMatchObject({ code: 'DRAFT_EXISTS' });
    }
    expect((await readdir(folder)).sort()).toEqual(['My draft', 'clip.mp4', 'song.mp3']);
  });

  test.each([
    ['a file that has changed', async (path: string) => writeFile(path, 'other bytes'), 'MEDIA_CHANGED'],
    ['a file that is gone', async (path: string) => rm(path), 'MEDIA_UNREADABLE'],
  ])('leaves nothing behind after %s', async (_, damage, code) => {
    const draft = await compile();
    await damage(join(folder, 'song.mp3'));
    const before = await entries(folder);
    const parentFolder = join(folder, 'a', 'b');
    await expect(writeDraftFolder(draft, { parentFolder })).rejects.toMatchObject({ code });
    expect(await entries(folder)).toEqual(before);
  });

  test('leaves nothing behind after an abort', async () => {
    const draft = await compile();
    const before = await entries(folder);
    const abort = new AbortController();
    const writing = writeDraftFolder(draft, { parentFolder: folder, signal: abort.signal });
    abort.abort(new Error('enough'));
    await expect(writing).rejects.toThrow('enough');
    expect(await entries(folder)).toEqual(before);
  });

  test.each(['..', 'a/b', 'a\\b', '', ' ', '.hidden', 'C:x', 'nul\0', 'x'.repeat(201)])(
    'is refused for the name %j',
    async (name) => {
      const draft = { ...(await compile()), name };
      await expect(writeDraftFolder(draft, { parentFolder: folder })).rejects.toMatchObject({
        code: 'DRAFT_NAME_INVALID',
      });
    },
  );
});

describe('a draft zip', () => {
  test('has one folder, token paths and the same bytes each time', async () => {
    const draft = await compile();
    const target = join(folder, 'out.zip');
    const { bytes } = await writeDraftZip(draft, target);
    const zip = await readFile(target);
    expect(zip).toHaveLength(bytes);
    const files = unzip(zip);
    expect([...files.keys()].sort()).toEqual(
      [
        'My draft/draft_content.json',
        'My draft/draft_info.json',
        'My draft/draft_meta_info.json',
        ...draft.media.map(({ path }) => `My draft/${path}`),
      ].sort(),
    );
    const content = JSON.parse(files.get('My draft/draft_content.json')!.toString());
    expect(content.config.material_save_mode).toBe(1);
    const hash = draft.media[0]!.file.sha256;
    expect(content.materials.videos[0].path).toBe(`${DRAFT_PATH_TOKEN}\\assets\\video\\${hash}.mp4`);
    expect(files.get(`My draft/${draft.media[0]!.path}`)!.toString()).toBe('v'.repeat(300_000));
    const stream = new PassThrough();
    const [again] = await Promise.all([buffer(stream), writeDraftZip(draft, stream)]);
    expect(again.equals(zip)).toBe(true);
  });

  test('keeps the older zip when a media file has changed', async () => {
    const draft = await compile();
    const target = join(folder, 'out.zip');
    await writeFile(target, 'older');
    await writeFile(join(folder, 'song.mp3'), 'other bytes');
    await expect(writeDraftZip(draft, target)).rejects.toMatchObject({ code: 'MEDIA_CHANGED' });
    expect(await readFile(target, 'utf8')).toBe('older');
    expect((await readdir(folder)).sort()).toEqual(['clip.mp4', 'out.zip', 'song.mp3']);
  });

  test('leaves nothing behind when a media file is gone or the caller gives up', async () => {
    const draft = await compile();
    const abort = new AbortController();
    const writing = writeDraftZip(draft, join(folder, 'out.zip'), { signal: abort.signal });
    abort.abort(new Error('enough'));
    await expect(writing).rejects.toThrow('enough');
    await rm(join(folder, 'clip.mp4'));
    await expect(writeDraftZip(draft, join(folder, 'out.zip'))).rejects.toMatchObject({
      code: 'MEDIA_UNREADABLE',
    });
    expect(await readdir(folder)).toEqual(['song.mp3']);
  });
});

/** Reads a zip by its central directory. */
function unzip(zip: Buffer): Map<string, Buffer> {
  const end = zip.lastIndexOf('PK\x05\x06', undefined, 'latin1');
  const files = new Map<string, Buffer>();
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left--) {
    const [method, size] = [zip.readUInt16LE(at + 10), zip.readUInt32LE(at + 20)];
    const [nameLength, extra, comment] = [28, 30, 32].map((offset) => zip.readUInt16LE(at + offset));
    const name = zip.toString('utf8', at + 46, at + 46 + nameLength!);
    const local = zip.readUInt32LE(at + 42);
    const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const data = zip.subarray(start, start + size);
    files.set(name, method === 8 ? inflateRawSync(data) : data);
    at += 46 + nameLength! + extra! + comment!;
  }
  return files;
}

test('what a killed process left is removed by the next one, what a living one builds is not', async () => {
  const parent = join(folder, 'root');
  const draft = await compile();
  const work = join(parent, await killWhileWriting(parent));
  const { folder: written } = await writeDraftFolder(draft, { parentFolder: parent });
  expect(await readdir(parent)).toEqual([draft.name]);
  await mkdir(work);
  const living = await mkdtemp(join(work, `${process.ppid}-x-`));
  // The id of a process comes again, in a container always.
  const former = await mkdtemp(join(work, `${process.pid}-x-`));
  await rm(written, { recursive: true });
  await writeDraftFolder(draft, { parentFolder: parent });
  expect((await readdir(parent)).toSorted()).toEqual([basename(work), draft.name].toSorted());
  expect(await readdir(work)).toEqual([basename(living)]);
  expect(former).not.toBe(living);
});

/** Kills a process in the middle of a draft; the name of what it left behind. */
async function killWhileWriting(parent: string): Promise<string> {
  const script = `
    import { mkdirSync } from 'node:fs';
    import { writeDraftFolder } from ${JSON.stringify(join(import.meta.dirname, '../src/node/index.ts'))};
    const media = [{ path: 'assets/x', get file() { process.kill(process.pid, 'SIGKILL'); } }];
    mkdirSync(${JSON.stringify(parent)}, { recursive: true });
    await writeDraftFolder({ name: 'killed', media }, { parentFolder: ${JSON.stringify(parent)} });`;
  const file = join(folder, 'killed.mts');
  await writeFile(file, script);
  const child = spawn(process.execPath, ['--conditions=@cozecut/source', file], { stdio: 'inherit' });
  expect((await once(child, 'close'))[1]).toBe('SIGKILL');
  const left = await readdir(parent);
  expect(left).toHaveLength(1);
  return left[0]!;
}

describe('a cover', () => {
  test('is copied into the folder and the zip, byte for byte', async () => {
    const cover = await realFile(folder, 'cover.jpg', { kind: 'photo' }, 'bytes of a cover');
    const draft = await compile('My draft', cover);
    const { folder: written, bytes } = await writeDraftFolder(draft, { parentFolder: join(folder, 'out') });
    expect(await readFile(join(written, 'draft_cover.jpg'), 'utf8')).toBe('bytes of a cover');
    const meta = JSON.parse(await readFile(join(written, 'draft_meta_info.json'), 'utf8'));
    expect(meta.draft_cover).toBe('draft_cover.jpg');
    // What the app counts are the media that clips play.
    expect(meta.draft_timeline_materials_size_).toBe(draft.mediaBytes);
    expect(meta.draft_materials[0].value).toHaveLength(2);
    expect(bytes).toBeGreaterThan(draft.mediaBytes + cover.bytes);
    const target = join(folder, 'out.zip');
    await writeDraftZip(draft, target);
    const files = unzip(await readFile(target));
    expect(files.get('My draft/draft_cover.jpg')!.toString()).toBe('bytes of a cover');
  });

  test('that is gone leaves nothing behind', async () => {
    const cover = await realFile(folder, 'cover.jpg', { kind: 'photo' });
    const draft = await compile('My draft', cover);
    await rm(cover.path);
    await expect(writeDraftFolder(draft, { parentFolder: join(folder, 'out') })).rejects.toMatchObject({
      code: 'MEDIA_UNREADABLE',
    });
    expect(await readdir(folder)).not.toContain('out');
  });
});

test('a font file lies in the draft, and its text names the place', async () => {
  const { facts: _, ...file } = await realFile(folder, 'mine.ttf', { kind: 'photo' }, 'bytes of a font');
  const draft = await compile();
  const pool = new MediaPool(draft.profile, countingUuid());
  const path = pool.font(file);
  expect(pool.font(file)).toBe(path);
  expect(pool.files()).toEqual([{ file, path }]);
  expect([pool.mediaBytes(), pool.metaEntries(0)]).toEqual([0, []]);

  const style = { range: [0, 1], font: { id: '', path } };
  const plain = { range: [1, 2], font: { id: '7', path: 'D:' } };
  const content = JSON.stringify({ styles: [style, plain, { range: [2, 3] }], text: 'abc' });
  draft.media.push(...pool.files());
  draft.content.materials.texts = [
    { id: '1', content, font_path: path },
    { id: '2', content: '{"styles":[],"text":""}' },
  ];

  const { folder: written } = await writeDraftFolder(draft, { parentFolder: join(folder, 'out') });
  expect(await readFile(join(written, path), 'utf8')).toBe('bytes of a font');
  const [text] = JSON.parse(await readFile(join(written, 'draft_info.json'), 'utf8')).materials.texts;
  expect(text.font_path).toBe(`${written}/${path}`);
  const fonts = (JSON.parse(text.content).styles as { font?: { path: string } }[]).map(
    ({ font }) => font?.path,
  );
  expect(fonts).toEqual([`${written}/${path}`, 'D:', undefined]);
  const portable = JSON.parse(draftFiles(draft, { kind: 'portable' })[0]!.text).materials.texts[0];
  expect(portable.font_path).toBe(`${DRAFT_PATH_TOKEN}\\assets\\font\\${file.sha256}.ttf`);
  expect(JSON.parse(portable.content).styles[0].font.path).toBe(portable.font_path);
});
