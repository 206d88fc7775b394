import { execFileSync } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { lintDraft } from '../src/index.ts';
import { draftHistory, fixDraft, openDraft, restoreDraft, saveDraft } from '../src/node/index.ts';
import { changeDraft, lintFolder, makeDraft } from './support/draft-folder.ts';
import { fixedNow } from './support/ids.ts';
import { type RawEntry, rawZip, zipOf } from './support/zip.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'draft-hostile-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const GOOD = '{"id":"a","canvas_config":{"width":1920,"height":1080},"fps":30,"tracks":[],"materials":{}}';
const errorOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'no error',
    (error: { code?: string; name?: string }) => (error.name === 'UserError' ? error.code : error),
  );
const code = (path: string, options = {}): Promise<unknown> => errorOf(openDraft(path, options));

async function draftOf(files: Record<string, string | Buffer>): Promise<string> {
  const draft = join(folder, 'stranger');
  await mkdir(draft, { recursive: true });
  for (const [name, content] of Object.entries(files)) {
    await mkdir(join(draft, name, '..'), { recursive: true });
    await writeFile(join(draft, name), content);
  }
  return draft;
}

describe('a zip from a stranger', () => {
  const draft: RawEntry = { name: 'd/draft_content.json', content: GOOD };
  const bomb = Buffer.alloc(50 * 1024 * 1024, 0x20);

  test('a good one is opened, at its top or in a folder', async () => {
    const path = join(folder, 'x.zip');
    await writeFile(path, rawZip([draft, { name: '__MACOSX/d/._draft_content.json', content: 'x' }]));
    expect(await openDraft(path)).toMatchObject({
      kind: 'zip',
      name: 'd',
      primary: { path: 'draft_content.json' },
    });
    await zipOf(path, { 'draft_info.json': GOOD });
    expect(await openDraft(path)).toMatchObject({ name: 'x', primary: { path: 'draft_info.json' } });
  });

  test.each<[string, RawEntry[], string]>([
    ['a name that climbs out', [draft, { name: 'd/../../evil' }], 'ZIP_UNSAFE'],
    ['a name that climbs out with backslashes', [draft, { name: 'd\\..\\..\\evil' }], 'ZIP_UNSAFE'],
    ['an absolute name', [draft, { name: '/etc/evil' }], 'ZIP_UNSAFE'],
    ['a name with a drive', [draft, { name: 'C:/evil' }], 'ZIP_UNSAFE'],
    ['a name with a stream', [draft, { name: 'd/a.json:evil' }], 'ZIP_UNSAFE'],
    ['a device name', [draft, { name: 'd/CON' }], 'ZIP_UNSAFE'],
    ['a device name with an extension', [draft, { name: 'd/nul.txt' }], 'ZIP_UNSAFE'],
    ['a device name with blanks before its extension', [draft, { name: 'd/aux .txt' }], 'ZIP_UNSAFE'],
    ['a name that ends with a dot', [draft, { name: 'd/evil.' }], 'ZIP_UNSAFE'],
    ['a zero byte in a name', [draft, { name: 'd/evil\0.txt' }], 'ZIP_UNSAFE'],
    ['a link', [draft, { name: 'd/link', content: '/etc', mode: 0o120777 }], 'ZIP_UNSAFE'],
    ['a link in place of the timeline', [{ ...draft, mode: 0o120777 }], 'ZIP_UNSAFE'],
    ['a device', [draft, { name: 'd/device', mode: 0o060644 }], 'ZIP_UNSAFE'],
    ['a name twice', [draft, draft], 'ZIP_UNSAFE'],
    ['a name twice but for case', [draft, { name: 'D/DRAFT_content.json', content: GOOD }], 'ZIP_UNSAFE'],
    ['a name twice but for its Unicode form', [draft, { name: 'd/é' }, { name: 'd/e\u0301' }], 'ZIP_UNSAFE'],
    ['a file that is a folder as well', [draft, { name: 'd/assets' }, { name: 'd/assets/a' }], 'ZIP_UNSAFE'],
    ['a folder that is a file, too', [draft, { name: 'd/x/y/z' }, { name: 'd/X' }], 'ZIP_UNSAFE'],
    ['a name without end', [draft, { name: `${'d/'.repeat(20_000)}x` }], 'ZIP_UNSAFE'],
    ['a bomb', [draft, { name: 'd/bomb.bin', content: bomb }], 'ZIP_UNSAFE'],
    [
      'a bomb of files that share their data',
      [
        { ...draft, content: bomb.subarray(0, 1_000_000) },
        ...Array.from({ length: 50 }, (_, index) => ({
          name: `d/${index}`,
          content: bomb.subarray(0, 1_000_000),
          sharedWith: 0,
        })),
      ],
      'ZIP_UNSAFE',
    ],
    ['a size that is a lie', [{ ...draft, saidSize: 10 }], 'ZIP_INVALID'],
    [
      'a size that is terabytes',
      [draft, ...Array.from({ length: 20 }, (_, index) => ({ name: `d/${index}`, saidSize: 0xfffffff0 }))],
      'ZIP_UNSAFE',
    ],
    ['no draft', [{ name: 'readme.txt' }], 'DRAFT_NOT_FOUND'],
    ['two drafts', [draft, { name: 'e/draft_content.json', content: GOOD }], 'DRAFT_NOT_FOUND'],
    ['nothing', [], 'DRAFT_NOT_FOUND'],
  ])('%s', async (_name, entries, expected) => {
    const path = join(folder, 'x.zip');
    await writeFile(path, rawZip(entries));
    expect(await code(path)).toBe(expected);
    expect(await readdir(folder)).toEqual(['x.zip']);
  });

  test('a million entries are not even listed', async () => {
    const path = join(folder, 'x.zip');
    const names = Array.from({ length: 60_000 }, (_, index) => ({ name: `d/${index}` }));
    await writeFile(path, rawZip([draft, ...names]));
    expect(await code(path)).toBe('DRAFT_TOO_LARGE');
    // The count of a zip with 64-bit numbers says a million, and there is nothing behind it.
    const end = Buffer.alloc(56);
    end.write('PK\x06\x06', 'latin1');
    end.writeBigUInt64LE(44n, 4);
    end.writeBigUInt64LE(1_000_000n, 24);
    end.writeBigUInt64LE(1_000_000n, 32);
    const locator = Buffer.alloc(20);
    locator.write('PK\x06\x07', 'latin1');
    locator.writeUInt32LE(1, 16);
    const last = Buffer.alloc(22, 0xff);
    last.write('PK\x05\x06', 'latin1');
    last.writeUInt32LE(0, 4);
    last.writeUInt16LE(0, 20);
    await writeFile(path, Buffer.concat([end, locator, last]));
    expect(await code(path)).toBe('DRAFT_TOO_LARGE');
  });

  test.each([
    ['cut off', rawZip([draft]).subarray(0, 60)],
    ['no zip at all', Buffer.from('hello')],
    ['empty', Buffer.alloc(0)],
  ])('%s', async (_name, bytes) => {
    await writeFile(join(folder, 'x.zip'), bytes);
    expect(await code(join(folder, 'x.zip'))).toBe('ZIP_INVALID');
  });

  test('absolute paths in a packed draft are findings; a zip is never written', async () => {
    const content = JSON.parse(GOOD);
    content.materials.audios = [{ id: 'm', path: '/etc/passwd', name: 'x', duration: 5 }];
    const path = await zipOf(join(folder, 'x.zip'), {
      'draft_content.json': JSON.stringify(content),
      'draft_meta_info.json': '{"draft_materials":[]}',
    });
    const opened = await openDraft(path);
    expect(lintDraft(opened).map((problem) => problem.code)).toContain('DR125');
    const before = await readFile(path);
    expect(await errorOf(saveDraft(opened, { timeline: '{}' }, { reason: '', now: fixedNow }))).toBe(
      'DRAFT_READ_ONLY',
    );
    expect(await readFile(path)).toEqual(before);
  });
});

describe('a folder from a stranger', () => {
  test.each<[string, string | Buffer, string]>([
    ['20,000 levels', `{"a":${'['.repeat(20_000)}${']'.repeat(20_000)}}`, 'JSON_TOO_DEEP'],
    ['UTF-16', Buffer.from(`\uFEFF${GOOD}`, 'utf16le'), 'ENCODING_UNSUPPORTED'],
    ['UTF-16 without a mark', Buffer.from(GOOD, 'utf16le'), 'ENCODING_UNSUPPORTED'],
    [
      'GB18030',
      Buffer.concat([Buffer.from('{"a":"'), Buffer.from([0xc4, 0xe3, 0xba, 0xc3]), Buffer.from('"}')]),
      'ENCODING_UNSUPPORTED',
    ],
    [
      'bytes of no encoding',
      Buffer.concat([Buffer.from('{"a":"'), Buffer.from([0xff, 0xff, 0xff]), Buffer.from('"}')]),
      'ENCODING_UNSUPPORTED',
    ],
    ['a text that is cut off', GOOD.slice(0, 40), 'JSON_INVALID'],
    ['comments', '{/* hello */}', 'JSON_INVALID'],
    ['a list', '[]', 'DRAFT_INVALID'],
    ['nothing but null', 'null', 'DRAFT_INVALID'],
    ['a number', '7', 'DRAFT_INVALID'],
    ['nothing', '', 'DRAFT_INVALID'],
  ])('%s', async (_name, content, expected) => {
    const draft = await draftOf({ 'draft_content.json': content });
    expect(await code(draft)).toBe(expected);
  });

  test('the message names the encoding', async () => {
    const draft = await draftOf({
      'draft_content.json': Buffer.concat([
        Buffer.from('{"a":"'),
        Buffer.from([0xc4, 0xe3]),
        Buffer.from('"}'),
      ]),
    });
    await expect(openDraft(draft)).rejects.toThrow(
      'draft_content.json must be UTF-8 (it is GB18030 (or GBK))',
    );
  });

  test('100 MB of JSON are not read', async () => {
    const draft = await draftOf({ 'draft_content.json': Buffer.alloc(100 * 1024 * 1024, 0x20) });
    expect(await code(draft)).toBe('DRAFT_TOO_LARGE');
  });

  test('more files than a draft has', async () => {
    const draft = await draftOf({ 'draft_content.json': GOOD });
    for (let index = 0; index < 20; index++) await writeFile(join(draft, String(index)), '');
    expect(await code(draft, { limits: { maxEntries: 10 } })).toBe('DRAFT_TOO_LARGE');
  });

  test.skipIf(process.platform === 'win32')('links and pipes are not opened', async () => {
    const draft = await draftOf({ 'draft_info.json': GOOD });
    await symlink('/etc/passwd', join(draft, 'draft_content.json'));
    expect(await code(draft)).toBe('DRAFT_UNSAFE');
    await rm(join(draft, 'draft_content.json'));
    execFileSync('mkfifo', [join(draft, 'draft_content.json')]);
    expect(await code(draft)).toBe('DRAFT_UNSAFE');
    await rm(join(draft, 'draft_content.json'));
    await symlink('/dev/zero', join(draft, 'draft_meta_info.json'));
    expect(await code(draft)).toBe('DRAFT_UNSAFE');
    await rm(join(draft, 'draft_meta_info.json'));
    // A linked folder is not entered: what is behind it is no part of the draft.
    await mkdir(join(folder, 'outside', 'X'), { recursive: true });
    await writeFile(join(folder, 'outside', 'X', 'draft_info.json'), '{"id":"evil"}');
    await symlink(join(folder, 'outside'), join(draft, 'Timelines'));
    expect((await openDraft(draft)).timelines.map(({ path }) => path)).toEqual(['draft_info.json']);
  });

  test('keys that stand twice are refused with their place', async () => {
    const draft = await draftOf({ 'draft_content.json': '{"a":[{"tracks":1,\n"\\u0074racks":[]}]}' });
    await expect(openDraft(draft)).rejects.toMatchObject({
      code: 'JSON_DUPLICATE_KEY',
      message: 'draft_content.json: the key a[0].tracks stands twice, again at line 2, column 1',
    });
    await draftOf({ 'draft_content.json': GOOD, 'draft_meta_info.json': '{"draft_id":"a","draft_id":"b"}' });
    expect(await code(draft)).toBe('JSON_DUPLICATE_KEY');
  });

  test('keys with a meaning of their own do no harm', async () => {
    const draft = await draftOf({
      'draft_content.json':
        '{"__proto__":{"polluted":true},"constructor":1,"toString":0,"tracks":[],"materials":{"__proto__":[{"id":"x"}]}}',
    });
    expect((await lintFolder(draft)).length).toBeGreaterThan(0);
    await fixDraft(draft, { now: fixedNow });
    expect('polluted' in {}).toBe(false);
  });

  test('cyclic references, ids that are paths and values of every wrong type end in findings', async () => {
    const material = (id: unknown) => ({
      id,
      path: '../../../etc/passwd',
      extra_material_refs: [id],
      material_id: id,
    });
    const wrong = [null, 0, -1, 1e300, '', '../../evil', [], {}, true, [[]], [null], [{}]];
    const segments = wrong.map((value) => ({
      id: value,
      material_id: value,
      target_timerange: value,
      source_timerange: value,
      extra_material_refs: value,
      common_keyframes: value,
      clip: value,
      speed: value,
      volume: value,
      render_index: value,
    }));
    for (const value of wrong) {
      const content = JSON.stringify({
        id: '../../evil',
        tracks: [
          { type: 'video', segments, name: value, id: value },
          { type: value, segments: value },
          value,
        ],
        materials: {
          videos: [material('a'), material('a'), value],
          audios: wrong.map(material),
          texts: [{ id: 't', content: value }, value],
          x: value,
          canvases: wrong,
          effects: [{ id: value, type: value }],
        },
        canvas_config: value,
        fps: value,
        duration: value,
        platform: value,
        config: value,
      });
      const draft = await draftOf({
        'draft_content.json': content,
        'draft_meta_info.json': JSON.stringify({
          draft_materials: value,
          draft_cover: value,
          draft_id: value,
        }),
        'Timelines/project.json': '{"main_timeline_id":"../../../evil"}',
      });
      const problems = await lintFolder(draft);
      expect(problems.length).toBeGreaterThan(5);
      await fixDraft(draft, { now: fixedNow });
      expect((await readdir(folder)).sort()).toEqual(['stranger']);
      await rm(draft, { recursive: true });
    }
  });

  test('every part of a good draft, replaced by nonsense: a finding or nothing, never a crash', async () => {
    const draft = await makeDraft(folder);
    const content = JSON.parse(await readFile(join(draft, 'draft_content.json'), 'utf8'));
    const places: [object, string][] = [];
    const walk = (value: object): void => {
      for (const [key, inner] of Object.entries(value)) {
        places.push([value, key]);
        if (typeof inner === 'object' && inner !== null) walk(inner);
      }
    };
    walk(content);
    const opened = await openDraft(draft);
    const { JsonDocument } = await import('../src/index.ts');
    for (const [at, [owner, key]] of places.entries()) {
      const holder = owner as Record<string, unknown>;
      const kept = holder[key];
      holder[key] = [null, -1, 'x', [], {}, [0], 1.5][at % 7];
      expect(() =>
        lintDraft({ ...opened, timeline: new JsonDocument(JSON.stringify(content), 'x') }),
      ).not.toThrow();
      holder[key] = kept;
    }
  });

  test.skipIf(process.platform === 'win32')('a history from a stranger writes nothing outside', async () => {
    const draft = await draftOf({ 'draft_content.json': GOOD });
    const version = (files: unknown) => JSON.stringify({ at: 'x', reason: 'x', files, writes: files });
    const zeros = '0'.repeat(64);
    await mkdir(join(draft, '.cozecut/history/1/after'), { recursive: true });
    await writeFile(join(draft, '.cozecut/history/1/after/0'), 'evil');
    await writeFile(join(draft, '.cozecut/history/1', zeros), 'evil');
    for (const path of [
      '../evil',
      '/tmp/evil',
      'Timelines/../../evil',
      'Timelines/x/../draft_content.json',
      'evil.txt',
    ]) {
      await writeFile(join(draft, '.cozecut/history/1/version.json'), version([{ path, sha256: zeros }]));
      expect(await draftHistory(draft)).toEqual([]);
      expect(await errorOf(restoreDraft(draft, 1, { now: fixedNow }))).toBe('VERSION_UNKNOWN');
    }
    await writeFile(
      join(draft, '.cozecut/history/1/version.json'),
      version([{ path: 'draft_content.json', sha256: zeros }]),
    );
    expect(await errorOf(restoreDraft(draft, 1, { now: fixedNow }))).toBe('HISTORY_DAMAGED');
    await rm(join(draft, '.cozecut'), { recursive: true });
    await mkdir(join(folder, 'outside'));
    await symlink(join(folder, 'outside'), join(draft, '.cozecut'));
    expect(
      await errorOf(saveDraft(await openDraft(draft), { timeline: '{}' }, { reason: '', now: fixedNow })),
    ).toBe('DRAFT_UNSAFE');
    expect(await readdir(join(folder, 'outside'))).toEqual([]);
    expect(await readFile(join(draft, 'draft_content.json'), 'utf8')).toBe(GOOD);
    expect((await readdir(folder)).sort()).toEqual(['outside', 'stranger']);
  });

  test('a draft of thousands of wrong clips is linted and mended in bounded time', async () => {
    const draft = await makeDraft(folder);
    await changeDraft(draft, (content) => {
      const [track] = content.tracks;
      const [one] = track.segments;
      track.segments = Array.from({ length: 4000 }, (_, index) => ({
        ...one,
        id: `s${index}`,
        common_keyframes: [],
        extra_material_refs: ['gone'],
        target_timerange: { start: index * 100_000 + 7000, duration: 100_000 },
      }));
    });
    const { fixed } = await fixDraft(draft, { now: fixedNow });
    expect(fixed).toBeGreaterThan(8000);
    const left = new Set((await lintFolder(draft)).map((problem) => problem.code));
    expect(left).not.toContain('DR008');
    expect(left).not.toContain('DR031');
  });

  test('a place that is no draft', async () => {
    expect(await code(join(folder, 'nothing'))).toBe('DRAFT_NOT_FOUND');
    await cp(import.meta.filename, join(folder, 'a.ts'));
    expect(await code(folder)).toBe('DRAFT_NOT_FOUND');
    expect(await code(join(folder, 'a.ts'))).toBe('ZIP_INVALID');
    const draft = await draftOf({ 'draft_content.json': GOOD });
    await expect(openDraft(join(draft, 'draft_content.json'))).rejects.toMatchObject({
      code: 'DRAFT_NOT_FOUND',
      hint: expect.stringContaining(draft),
    });
  });
});
