import { execFileSync } from 'node:child_process';
import { existsSync, globSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { findProfile, JsonDocument } from '../src/index.ts';
import { openDraft, saveDraft } from '../src/node/index.ts';
import { makeDraft } from './support/draft-folder.ts';
import { fixedNow } from './support/ids.ts';
import { zipOf } from './support/zip.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'draft-open-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const draftOn = (os: string, id = 'a'): string =>
  JSON.stringify({ id, platform: { os, app_source: 'lv' }, tracks: [], materials: {} });
const [windows, mac] = [draftOn('windows'), draftOn('mac')];
const cipher = '3OZ0aP9xF0l4mA==';

/** A draft folder; a file with a number in front is that many seconds older than the others. */
async function draftOf(files: Record<string, string>): Promise<string> {
  const draft = join(folder, 'My draft');
  for (const [name, content] of Object.entries(files)) {
    const [, age = '0', path = ''] = /^(?:(\d+) )?(.*)$/.exec(name)!;
    await mkdir(dirname(join(draft, path)), { recursive: true });
    await writeFile(join(draft, path), content);
    const at = new Date(1_790_000_000_000 - Number(age) * 1000);
    await utimes(join(draft, path), at, at);
  }
  return draft;
}

describe('which file is read', () => {
  test.each<[string, Record<string, string>, string]>([
    [
      'JianYing 5.9, Windows',
      { 'draft_content.json': windows, 'draft_meta_info.json': '{}' },
      'draft_content.json',
    ],
    ['JianYing, macOS', { 'draft_info.json': mac, 'draft_meta_info.json': '{}' }, 'draft_info.json'],
    [
      'both names, made on Windows',
      { 'draft_content.json': windows, 'draft_info.json': windows },
      'draft_content.json',
    ],
    ['both names, made on macOS', { 'draft_content.json': mac, 'draft_info.json': mac }, 'draft_info.json'],
    [
      'both names that differ: the newer one says which system',
      { '9 draft_content.json': windows, 'draft_info.json': mac },
      'draft_info.json',
    ],
    [
      'both names that differ, no system: the newer',
      { '9 draft_content.json': '{"id":"a"}', 'draft_info.json': '{"id":"b"}' },
      'draft_info.json',
    ],
    ['an only mirror', { 'template-2.tmp': windows, 'template.tmp': '{}' }, 'template-2.tmp'],
    [
      'a nested copy that is the same',
      {
        'draft_info.json': mac,
        'Timelines/A/draft_info.json': mac,
        'Timelines/project.json': '{"main_timeline_id":"A"}',
      },
      'draft_info.json',
    ],
    [
      'a nested copy that differs wins',
      {
        'draft_info.json': mac,
        '99 Timelines/A/draft_info.json': draftOn('mac', 'A'),
        'Timelines/project.json': '{"main_timeline_id":"a"}',
      },
      'Timelines/A/draft_info.json',
    ],
    [
      'only a nested one (CapCut 9.2 on macOS)',
      { 'Timelines/A/draft_info.json': mac, 'Timelines/project.json': '{"main_timeline_id":"A"}' },
      'Timelines/A/draft_info.json',
    ],
    [
      'a nested copy alone in Timelines',
      { 'draft_info.json': mac, 'Timelines/A/draft_info.json': windows },
      'Timelines/A/draft_info.json',
    ],
    [
      'other timelines of a project do not win',
      {
        'draft_info.json': mac,
        'Timelines/A/draft_info.json': mac,
        'Timelines/B/draft_info.json': windows,
        'Timelines/project.json': '{"main_timeline_id":"A"}',
      },
      'draft_info.json',
    ],
  ])('%s', async (_name, files, primary) => {
    const draft = await draftOf(files);
    const opened = await openDraft(draft);
    expect(opened.primary.path).toBe(primary);
    expect(opened.timeline?.text).toBe(await readFile(join(draft, primary), 'utf8'));
    expect(opened.reason).not.toBe('');
    const zip = await zipOf(
      join(folder, 'a.zip'),
      Object.fromEntries(
        Object.entries(files).map(([name, text]) => [`d/${name.replace(/^\d+ /, '')}`, text]),
      ),
    );
    if (!/newer/.test(_name)) expect((await openDraft(zip)).primary.path).toBe(primary);
  });

  test('a profile, or a caller, decides before anything else', async () => {
    const draft = await draftOf({ 'draft_content.json': windows, 'draft_info.json': mac });
    const forMac = await openDraft(draft, { profile: findProfile('jianying-11-mac') });
    expect(forMac.primary.path).toBe('draft_info.json');
    const chosen = await openDraft(draft, { primary: 'draft_info.json' });
    expect(chosen).toMatchObject({ isChosen: true, primary: { path: 'draft_info.json' } });
    await expect(openDraft(draft, { primary: '../x.json' })).rejects.toMatchObject({
      code: 'DRAFT_FILE_UNKNOWN',
    });
  });

  test('what the other files are to it', async () => {
    const draft = await draftOf({
      'draft_content.json': windows,
      'draft_info.json': windows,
      'template-2.tmp': mac,
      'draft_content.json.bak': mac,
      'template.tmp': '{}',
      'template.json': windows,
      'Timelines/A/draft_content.json': windows,
      'Timelines/B/draft_content.json': mac,
      'Timelines/project.json': '{"main_timeline_id":"A"}',
      draft_settings: '[General]',
    });
    const { timelines } = await openDraft(draft);
    expect(Object.fromEntries(timelines.map(({ path, role }) => [path, role]))).toEqual({
      'draft_content.json': 'primary',
      'draft_info.json': 'mirror',
      'template-2.tmp': 'mirror',
      'draft_content.json.bak': 'backup',
      'template.tmp': 'skeleton',
      'template.json': 'mirror',
      'Timelines/A/draft_content.json': 'mirror',
      'Timelines/B/draft_content.json': 'other',
    });
  });
});

describe('drafts that the app has encrypted', () => {
  test.each<[string, Record<string, string>, string[]]>([
    ['JianYing 6 and later', { 'draft_content.json': cipher }, ['draft_content.json']],
    [
      'macOS, with a stale plain file',
      { 'draft_info.json': cipher, 'draft_content.json': mac, 'draft_meta_info.json': cipher },
      ['draft_info.json', 'draft_meta_info.json'],
    ],
    [
      'only the file about the draft',
      { 'draft_info.json': mac, 'draft_content.json': mac, 'draft_meta_info.json': cipher },
      ['draft_meta_info.json'],
    ],
    [
      'with a plain skeleton',
      {
        'draft_content.json': cipher,
        'Timelines/A/template.tmp': '{}',
        'Timelines/A/draft_content.json': cipher,
      },
      ['draft_content.json', 'Timelines/A/draft_content.json'],
    ],
  ])('%s', async (_name, files, encrypted) => {
    const draft = await draftOf(files);
    const opened = await openDraft(draft);
    expect(opened.timeline).toBeUndefined();
    expect([...opened.encrypted].sort()).toEqual(encrypted.sort());
    await expect(saveDraft(opened, { timeline: '{}' }, { reason: '', now: fixedNow })).rejects.toMatchObject({
      code: 'DRAFT_ENCRYPTED',
      hint: expect.stringContaining('plain copy'),
    });
    for (const [name, content] of Object.entries(files))
      expect(await readFile(join(draft, name), 'utf8')).toBe(content);
  });
});

describe('load and save without a change gives the same bytes', () => {
  const odd = [
    '\uFEFF{"a" : 1.0,\r\n\t"b":1e3 , "c":-0,"d":"\\u4f60\\/😀", "tracks":[ {"type":"hologram","segments":[{"x":01}]} ]}'.replace(
      '01',
      '10',
    ),
    '{\n    "unknown": {"deep": [[], {}, [ ]]},\n    "big": 123456789012345678901234567890\n}\n\n',
    ' \n{"a":"\\ud83d","b":"\\"\\\\\\b\\f","c":[1,2 ,3]}  ',
  ];

  async function roundTrip(bytes: Buffer): Promise<void> {
    const draft = await draftOf({ 'draft_meta_info.json': '{"draft_id" : "x"}' });
    await writeFile(join(draft, 'draft_content.json'), bytes);
    const opened = await openDraft(draft);
    const same = opened.timeline!.edit(() => {});
    // A save that has to write: the file is taken away and written again.
    const saved = await saveDraft(
      opened,
      { timeline: same.text, meta: opened.meta?.document?.text },
      { reason: 'nothing', now: fixedNow },
    );
    expect(saved).toEqual({ version: undefined, files: [] });
    expect(Buffer.from(same.text).equals(bytes)).toBe(true);
    const changed = opened.timeline!.edit((edit) => edit.put(0, 'cozecut test', 1));
    await saveDraft(opened, { timeline: changed.text }, { reason: 'add', now: fixedNow });
    const again = await openDraft(draft);
    const back = again.timeline!.edit((edit) => edit.removeAt(['cozecut test']));
    await saveDraft(again, { timeline: back.text }, { reason: 'remove', now: fixedNow });
    expect((await readFile(join(draft, 'draft_content.json'))).equals(bytes)).toBe(true);
    await rm(draft, { recursive: true });
  }

  test.each(odd.map((text) => [text.slice(0, 30), text]))('odd spelling: %j', (_name, text) =>
    roundTrip(Buffer.from(text)),
  );

  test('a draft of our compiler', async () => {
    await roundTrip(await readFile(join(await makeDraft(folder), 'draft_content.json')));
  });

  // Drafts of other programs, beside the checkout where somebody has them.
  const golden = join(import.meta.dirname, '../../../../shared/draft/golden');
  const drafts = existsSync(golden) ? globSync('*/draft/*.json', { cwd: golden }) : [];
  test.skipIf(drafts.length === 0)('drafts of the reference library', async () => {
    for (const path of drafts) await roundTrip(await readFile(join(golden, path)));
  });

  const other = join(import.meta.dirname, '../../../node_modules/capcut-cli/dist/index.js');
  test.skipIf(!existsSync(other))('drafts of capcut-cli', async () => {
    await writeFile(
      join(folder, 'a.srt'),
      '1\n00:00:00,000 --> 00:00:02,000\nHello 😀\n\n2\n00:00:02,000 --> 00:00:04,000\n你好\n',
    );
    const run = (...args: string[]): Buffer =>
      execFileSync(process.execPath, [other, ...args], {
        cwd: folder,
        env: { ...process.env, HOME: folder },
        stdio: 'pipe',
      });
    run('init', 'made', '--drafts', folder);
    run('import-srt', join(folder, 'made'), 'a.srt');
    const files = globSync('made/**/draft_*.json', { cwd: folder }).filter((path) =>
      /draft_(content|info)\.json$/.test(path),
    );
    expect(files.length).toBeGreaterThan(0);
    for (const path of files) await roundTrip(await readFile(join(folder, path)));
  });
});

test('a draft of 18 MB is opened, edited and saved', async () => {
  const draft = await makeDraft(folder);
  const path = join(draft, 'draft_content.json');
  const document = new JsonDocument(await readFile(path, 'utf8'), path);
  const segment = document.value(document.at(['tracks', 0, 'segments', 0])!);
  const many = Array.from({ length: 12_000 }, () => segment);
  const large = document.edit((edit) => edit.setAt(['tracks', 0, 'segments'], many));
  expect(large.text.length).toBeGreaterThan(10_000_000);
  for (const name of ['draft_content.json', 'draft_info.json'])
    await writeFile(join(draft, name), large.text);
  const opened = await openDraft(draft);
  const changed = opened.timeline!.edit((edit) =>
    edit.setAt(['tracks', 0, 'segments', 11_999, 'volume'], 0.5),
  );
  await saveDraft(opened, { timeline: changed.text }, { reason: 'quieter', now: fixedNow });
  const saved = await readFile(path, 'utf8');
  expect(saved.length).toBe(large.text.length + 2);
  expect(saved.slice(0, 10_000_000)).toBe(large.text.slice(0, 10_000_000));
  await cp(path, join(folder, 'kept.json'));
});
