import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  draftHistory,
  KEPT_VERSIONS,
  openDraft,
  recoverDraft,
  restoreDraft,
  saveDraft,
} from '../src/node/index.ts';
import { fixedNow } from './support/ids.ts';

let folder: string;
let draft: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'draft-save-'));
  draft = join(folder, 'My draft');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const START = '{"id":"A","platform":{"os":"windows"},"a":0,"b":0,"last":""}';

async function makeFiles(files: Record<string, string>): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    await mkdir(join(draft, name, '..'), { recursive: true });
    await writeFile(join(draft, name), text);
  }
}
const MIRRORS = ['draft_content.json', 'draft_info.json', 'template-2.tmp', 'Timelines/A/draft_content.json'];
const fourMirrors = (): Promise<void> =>
  makeFiles({
    ...Object.fromEntries(MIRRORS.map((name) => [name, START])),
    'Timelines/project.json': '{"main_timeline_id":"A"}',
    'draft_content.json.bak': '{"older":true}',
    'draft_meta_info.json': '{"draft_name":""}',
  });
const read = (name: string): Promise<string> => readFile(join(draft, name), 'utf8');
const save = async (text: string, reason = 'test') =>
  saveDraft(await openDraft(draft), { timeline: text }, { reason, now: fixedNow });

describe('saving', () => {
  test('every mirror gets the same bytes, backups and other files stay', async () => {
    await fourMirrors();
    await chmod(join(draft, 'draft_info.json'), 0o600);
    const text = '{"id":"A","new":1}';
    const { version, files } = await save(text);
    expect(version).toBe(1);
    expect(files.sort()).toEqual([...MIRRORS].sort());
    for (const name of MIRRORS) expect(await read(name)).toBe(text);
    expect(await read('draft_content.json.bak')).toBe('{"older":true}');
    expect(await read('draft_meta_info.json')).toBe('{"draft_name":""}');
    if (process.platform !== 'win32')
      expect((await stat(join(draft, 'draft_info.json'))).mode & 0o777).toBe(0o600);
    expect(await readdir(join(draft, '.cozecut'))).toEqual(['history']);
    expect((await openDraft(draft)).timelines.filter(({ path }) => path.includes('.cozecut'))).toEqual([]);
  });

  test('what changed on disk since it was opened is not overwritten', async () => {
    await fourMirrors();
    for (const [name, text] of [
      ['Timelines/A/draft_content.json', '{"id":"A","by":"the app"}'],
      ['draft_meta_info.json', '{"draft_name":"new"}'],
      ['draft_info.json.bak', '{"id":"A","by":"the app"}'],
    ] as const) {
      const opened = await openDraft(draft);
      await writeFile(join(draft, name), text);
      await expect(
        saveDraft(opened, { timeline: '{}' }, { reason: '', now: fixedNow }),
      ).rejects.toMatchObject({ code: 'DRAFT_CHANGED', message: expect.stringContaining(name) });
      expect(await read(name)).toBe(text);
      expect(await read('draft_content.json')).toBe(START);
      await rm(join(draft, name));
      await fourMirrors();
    }
    expect(await draftHistory(draft)).toEqual([]);
  });

  test('mirrors that differ are made equal only when one is chosen', async () => {
    await makeFiles({ 'draft_content.json': START, 'draft_info.json': '{"other":1}' });
    await expect(save('{}')).rejects.toMatchObject({ code: 'DRAFT_MIRRORS_DIFFER' });
    const opened = await openDraft(draft, { primary: 'draft_info.json' });
    await saveDraft(opened, { timeline: opened.timeline!.text }, { reason: 'sync', now: fixedNow });
    expect(await read('draft_content.json')).toBe('{"other":1}');
    await restoreDraft(draft, 1, { now: fixedNow });
    expect(await read('draft_content.json')).toBe(START);
    expect(await read('draft_info.json')).toBe('{"other":1}');
  });

  test('something else where the history should be', async () => {
    await fourMirrors();
    await writeFile(join(draft, '.cozecut'), '');
    await expect(save('{}')).rejects.toMatchObject({ code: 'DRAFT_UNSAFE' });
    for (const name of MIRRORS) expect(await read(name)).toBe(START);
  });

  test.skipIf(process.getuid?.() === 0 || process.platform === 'win32')(
    'a folder that cannot be written',
    async () => {
      await fourMirrors();
      await chmod(draft, 0o500);
      await expect(save('{}')).rejects.toMatchObject({ code: 'FOLDER_NOT_WRITABLE' });
      await chmod(draft, 0o700);
      for (const name of MIRRORS) expect(await read(name)).toBe(START);
    },
  );
});

describe('history', () => {
  test('every version comes back byte by byte, and a restore can be undone', async () => {
    await fourMirrors();
    const texts = [START, ...[1, 2, 3].map((count) => `{"id":"A", "n" : ${count}.0}`)];
    for (const text of texts.slice(1)) await save(text, `to ${text}`);
    const versions = await draftHistory(draft);
    expect(versions.map(({ version, reason }) => [version, reason])).toEqual([
      [3, `to ${texts[3]}`],
      [2, `to ${texts[2]}`],
      [1, `to ${texts[1]}`],
    ]);
    for (const [index, text] of texts.slice(0, 3).entries()) {
      const { restored } = await restoreDraft(draft, index + 1, { now: fixedNow });
      expect(restored.version).toBe(index + 1);
      for (const name of MIRRORS) expect(await read(name)).toBe(text);
    }
    await restoreDraft(draft, undefined, { now: fixedNow });
    expect(await read('draft_content.json')).toBe(texts[1]);
    await expect(restoreDraft(draft, 99, { now: fixedNow })).rejects.toMatchObject({
      code: 'VERSION_UNKNOWN',
    });
  });

  test('the plain state comes back after the app has encrypted the draft and made mirrors', async () => {
    await makeFiles({ 'draft_content.json': START, 'draft_meta_info.json': '{}' });
    await save('{"id":"A","b":1}');
    for (const name of [
      'draft_content.json',
      'draft_meta_info.json',
      'Timelines/A/draft_content.json',
      'template-2.tmp',
    ])
      await makeFiles({ [name]: 'c2VjcmV0' });
    expect((await openDraft(draft)).encrypted.length).toBe(4);
    await restoreDraft(draft, undefined, { now: fixedNow });
    const opened = await openDraft(draft);
    expect(opened.encrypted).toEqual([]);
    expect(new Set(opened.timelines.map(({ sha256 }) => sha256)).size).toBe(1);
    expect(opened.timeline!.text).toBe(START);
  });

  test('old versions are forgotten, numbers go on', async () => {
    await fourMirrors();
    for (let count = 1; count <= KEPT_VERSIONS + 3; count++) await save(`{"id":"A","n":${count}}`);
    const versions = await draftHistory(draft);
    expect(versions.length).toBe(KEPT_VERSIONS);
    expect([versions[0]!.version, versions.at(-1)!.version]).toEqual([KEPT_VERSIONS + 3, 4]);
  });

  test('a draft that was never saved, and a place that is none', async () => {
    await fourMirrors();
    expect(await draftHistory(draft)).toEqual([]);
    await expect(restoreDraft(draft, undefined, { now: fixedNow })).rejects.toMatchObject({
      code: 'VERSION_UNKNOWN',
    });
    await expect(draftHistory(join(folder, 'nothing'))).rejects.toMatchObject({ code: 'DRAFT_NOT_FOUND' });
    expect(await readdir(draft)).not.toContain('.cozecut');
  });
});

describe('the list of the app', () => {
  const index = (): string => join(folder, 'root_meta_info.json');
  const entry = (more: object): object => ({ draft_fold_path: draft, draft_name: 'shown', x: 1.5, ...more });
  const META = {
    draft_name: 'My draft',
    draft_timeline_materials_size_: 7,
    tm_draft_modified: 5,
    tm_duration: 9,
  };
  const list = async (...entries: object[]): Promise<string> => {
    const text = `{ "all_draft_store" : ${JSON.stringify(entries)}, "n": 12345678901234567890 }`;
    await writeFile(index(), text);
    return text;
  };
  const saveMeta = async (meta: object) =>
    saveDraft(await openDraft(draft), { meta: JSON.stringify(meta) }, { reason: 'test', now: fixedNow });

  test('follows a save and a restore, and nothing else in it changes', async () => {
    await makeFiles({ 'draft_content.json': START, 'draft_meta_info.json': JSON.stringify(META) });
    const other = { draft_fold_path: join(folder, 'other'), tm_duration: 1 };
    const before = await list(other, entry({ tm_duration: 9, tm_draft_modified: 5 }));
    expect(await saveMeta({ ...META, tm_duration: 11, tm_draft_modified: 6 })).not.toHaveProperty(
      'listProblem',
    );
    const after = before.replace(
      '"tm_duration":9,"tm_draft_modified":5',
      '"tm_duration":11,"tm_draft_modified":6',
    );
    expect(await readFile(index(), 'utf8')).toBe(after);
    expect(await readFile(`${index()}.cozecut-backup`, 'utf8')).toBe(before);
    await restoreDraft(draft, undefined, { now: fixedNow });
    expect(await readFile(index(), 'utf8')).toBe(before);
    await saveMeta({ ...META, draft_name: 'new' });
    expect(await readFile(index(), 'utf8')).toBe(before.replace('"shown"', '"new"'));
  });

  test('is left alone when the draft is not in it, or it says what is true', async () => {
    await makeFiles({ 'draft_content.json': START, 'draft_meta_info.json': JSON.stringify(META) });
    for (const entries of [
      [],
      [{ draft_fold_path: '/elsewhere' }],
      [entry({ tm_duration: 11 })],
      [entry({})],
    ]) {
      const before = await list(...entries);
      await saveMeta({ ...META, tm_duration: 11 });
      expect(await readFile(index(), 'utf8')).toBe(before);
      expect(await readdir(folder)).not.toContain('root_meta_info.json.cozecut-backup');
      await rm(draft, { recursive: true });
      await makeFiles({ 'draft_content.json': START, 'draft_meta_info.json': JSON.stringify(META) });
    }
  });

  test('that cannot be read is told, and the save is done', async () => {
    await makeFiles({ 'draft_content.json': START, 'draft_meta_info.json': JSON.stringify(META) });
    await writeFile(index(), '{"all_draft_store":7}');
    expect(await saveMeta({ ...META, tm_duration: 11 })).toMatchObject({
      version: 1,
      listProblem: { code: 'INDEX_UNREADABLE', severity: 'warning' },
    });
    expect(JSON.parse(await read('draft_meta_info.json')).tm_duration).toBe(11);
    expect(await readFile(index(), 'utf8')).toBe('{"all_draft_store":7}');
  });
});

const script = join(import.meta.dirname, 'support', 'save-again-and-again.ts');
const start = (id: string, times = 'Infinity') =>
  spawn(process.execPath, ['--conditions=@cozecut/source', script, draft, id, times], {
    // What is compiled once is not compiled again, which is most of the time of a short process.
    env: { ...process.env, NODE_COMPILE_CACHE: join(tmpdir(), 'draft-core-compile-cache') },
    stdio: ['ignore', 'pipe', 'pipe'],
  });

describe('more than one process', () => {
  test('two that save at once: no save is lost, no file is torn', async () => {
    await fourMirrors();
    const ends = ['a', 'b'].map(async (id) => {
      const child = start(id, '15');
      let errors = '';
      child.stderr.on('data', (chunk) => {
        errors += chunk;
      });
      child.stdout.resume();
      const [code] = await once(child, 'close');
      expect([code, errors]).toEqual([0, '']);
    });
    await Promise.all(ends);
    const opened = await openDraft(draft);
    expect(
      new Set(opened.timelines.filter(({ role }) => role !== 'backup').map(({ sha256 }) => sha256)).size,
    ).toBe(1);
    expect(JSON.parse(opened.timeline!.text)).toMatchObject({ a: 15, b: 15 });
  });

  test('one that is killed again and again: old or new, never torn, and the next one goes on', async () => {
    await fourMirrors();
    let total = 0;
    for (let round = 0; round < 20; round++) {
      const child = start('a');
      const closed = once(child, 'close');
      const lines = createInterface({ input: child.stdout });
      await once(lines, 'line');
      // Killed somewhere in the middle of a save, each time somewhere else.
      await new Promise((resolve) => setTimeout(resolve, (round * 7) % 23));
      child.kill('SIGKILL');
      await closed;
      for (const name of MIRRORS) JSON.parse(await read(name));
      await recoverDraft(draft);
      const states = await Promise.all(MIRRORS.map(read));
      expect(new Set(states).size).toBe(1);
      const { a } = JSON.parse(states[0]!);
      expect(a).toBeGreaterThan(total);
      total = a;
    }
    // Whoever was killed left the lock behind: it does not stop anybody.
    await save('{"id":"A","after":1}');
    expect(await read('draft_info.json')).toBe('{"id":"A","after":1}');
  }, 120_000);

  test('what the app writes after a save was killed is kept', async () => {
    await fourMirrors();
    await save('{"id":"A","n":1}');
    const after = join(draft, '.cozecut/history/1/after');
    await mkdir(after);
    for (const index of [0, 1, 2, 3]) await writeFile(join(after, String(index)), '{"id":"A","n":1}');
    await makeFiles({ 'draft_content.json': '{"by":"the app"}', 'draft_info.json': START });
    await recoverDraft(draft);
    expect(await read('draft_content.json')).toBe('{"by":"the app"}');
    expect(await read('draft_info.json')).toBe('{"id":"A","n":1}');
    expect(await readdir(join(draft, '.cozecut/history/1'))).not.toContain('after');
  });
});
