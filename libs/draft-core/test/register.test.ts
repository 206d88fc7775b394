import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, lstat, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { setTimeout } from 'node:timers/promises';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { compileDraft, findProfile } from '../src/index.ts';
import {
  type DraftToRegister,
  draftToRegister,
  INDEX_BACKUP_NAME,
  isEditorRunning,
  registerDrafts,
} from '../src/node/index.ts';
import { countingUuid, fixedNow } from './support/ids.ts';
import { files, goodTimeline } from './support/timeline.ts';

const INDEX_NAME = 'root_meta_info.json';
type Loose = Record<string, unknown>;

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'draft-root-'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

function draft(name: string, profile = 'jianying-11-win'): DraftToRegister {
  return {
    folder: join(root, name),
    name,
    draftId: `ID-${name}`,
    profile: findProfile(profile),
    durationUs: 4_000_000,
    mediaBytes: 123,
    createdUs: 1_790_000_000_000_000,
    modifiedUs: 1_790_000_000_000_000,
  };
}

const index = () => join(root, INDEX_NAME);
const read = async () => JSON.parse(await readFile(index(), 'utf8'));
const names = async () => (await read()).all_draft_store.map((entry: Loose) => entry.draft_name);

describe('a list that is missing is made', () => {
  test.each([
    ['jianying-11-win', '\\draft_content.json', 16],
    ['jianying-11-mac', '/draft_info.json', 16],
    ['capcut-win', '\\draft_content.json', 14],
    ['capcut-mac', '/draft_info.json', 14],
  ])('for %s', async (profile, file, keys) => {
    await registerDrafts({ root, drafts: [draft('A', profile)] });
    const { all_draft_store, ...rest } = await read();
    expect(rest).toEqual({ draft_ids: 1, root_path: root });
    expect(all_draft_store).toHaveLength(1);
    expect(Object.keys(all_draft_store[0])).toHaveLength(keys);
    expect(all_draft_store[0]).toMatchObject({
      draft_id: 'ID-A',
      draft_name: 'A',
      draft_fold_path: `${root}/A`,
      draft_root_path: root,
      draft_json_file: `${root}/A${file}`,
      draft_cover: `${root}/A/draft_cover.jpg`,
      draft_timeline_materials_size: 123,
      tm_duration: 4_000_000,
      tm_draft_create: 1_790_000_000_000_000,
      tm_draft_removed: 0,
    });
    expect((await readdir(root)).filter((name) => !name.startsWith('.'))).toEqual([INDEX_NAME]);
  });

  test('with what the compiled draft says of itself', async () => {
    const compiled = compileDraft(goodTimeline(), {
      media: files,
      draftName: 'Mine',
      profile: 'capcut-mac',
      now: fixedNow,
      uuid: countingUuid(),
    }).draft!;
    await registerDrafts({ root, drafts: [draftToRegister(compiled, join(root, 'Mine'))] });
    const [entry] = (await read()).all_draft_store;
    expect(entry).toMatchObject({
      draft_id: compiled.meta.draft_id,
      tm_duration: compiled.meta.tm_duration,
      tm_draft_create: compiled.meta.tm_draft_create,
      draft_timeline_materials_size: compiled.meta.draft_timeline_materials_size_,
    });
  });
});

describe('a list that is there', () => {
  const existing = () => `{
  "all_draft_store": [
    {"draft_id": "1", "draft_name": "Eins \\u00e9", "draft_fold_path": "${root}/Eins", "future_text": "kept", "future_list": [1.0, 2e3],
      "tm_draft_cloud_user_id": 77, "tm_duration": 5.0e6},
    {"draft_id": "2", "draft_name": "Zwei", "draft_fold_path": "${root.toUpperCase()}\\\\B\\\\", "n": 12345678901234567890}
  ],
  "draft_ids": 28,
  "root_path": "${root}", "future": {"a": 1.50}
}
`;

  test('stays as it is byte for byte but for the new entry, which takes its keys', async () => {
    await writeFile(index(), existing());
    await registerDrafts({ root, drafts: [draft('New')] });
    const [entry] = (await read()).all_draft_store;
    const before = existing().replace('"draft_ids": 28', '"draft_ids": 29');
    const after = await readFile(index(), 'utf8');
    const same = [...after].findIndex((char, at) => char !== before[at]);
    expect(after.slice(0, same) + after.slice(same + after.length - before.length)).toBe(before);
    expect(entry).toMatchObject({
      draft_name: 'New',
      future_text: '',
      future_list: [],
      tm_draft_cloud_user_id: -1,
    });
    expect(entry).not.toHaveProperty('draft_type');
    expect(await readFile(join(root, INDEX_BACKUP_NAME), 'utf8')).toBe(existing());
  });

  test('loses what it said about the same folder, however that is spelt', async () => {
    await writeFile(index(), existing());
    await registerDrafts({ root, drafts: [draft('b')] });
    expect(await names()).toEqual(['b', 'Eins é']);
    await registerDrafts({ root, drafts: [draft('b'), draft('c')] });
    expect(await names()).toEqual(['b', 'c', 'Eins é']);
    expect(await readFile(index(), 'utf8')).toContain(
      '"future_list": [1.0, 2e3],\n      "tm_draft_cloud_user_id": 77',
    );
  });

  test.each([
    ['{}', {}],
    ['{"all_draft_store":[]}', {}],
    [' {\n"all_draft_store" : [ ] , "draft_ids":"7" } ', { draft_ids: '7' }],
    ['{"draft_ids":7.0,"x":[{"all_draft_store":1}]}', { draft_ids: 8, x: [{ all_draft_store: 1 }] }],
  ])('%s', async (before, rest) => {
    await writeFile(index(), before);
    await registerDrafts({ root, drafts: [draft('A')] });
    const { all_draft_store, ...others } = await read();
    expect(others).toEqual(rest);
    expect(all_draft_store.map((entry: Loose) => entry.draft_name)).toEqual(['A']);
  });

  test('may begin with a byte order mark', async () => {
    await writeFile(index(), `\uFEFF${existing()}`);
    await registerDrafts({ root, drafts: [draft('A')] });
    expect(await names()).toEqual(['A', 'Eins é', 'Zwei']);
    expect(await readFile(join(root, INDEX_BACKUP_NAME), 'utf8')).toBe(`\uFEFF${existing()}`);
  });

  test('may be a link, and keeps its permissions', async () => {
    const real = join(root, 'elsewhere.json');
    await writeFile(real, existing());
    await chmod(real, 0o640);
    await symlink(real, index());
    await registerDrafts({ root, drafts: [draft('A')] });
    expect(JSON.parse(await readFile(real, 'utf8')).all_draft_store).toHaveLength(3);
    expect((await lstat(index())).isSymbolicLink()).toBe(true);
    expect((await stat(real)).mode & 0o777).toBe(0o640);
  });

  test('any list of the app keeps everything else', () =>
    fc.assert(
      fc.asyncProperty(
        fc.record({
          before: fc.dictionary(fc.string(), fc.jsonValue(), { maxKeys: 3 }),
          entries: fc.array(fc.dictionary(fc.string(), fc.jsonValue()), { maxLength: 4 }),
          indent: fc.constantFrom(undefined, 1, '\t'),
        }),
        async ({ before, entries, indent }) => {
          const value = { ...before, all_draft_store: entries };
          await writeFile(index(), JSON.stringify(value, undefined, indent));
          const old = await read();
          await registerDrafts({ root, drafts: [draft('A')] });
          const { all_draft_store, draft_ids, ...rest } = await read();
          const { all_draft_store: oldList, draft_ids: oldIds, ...oldRest } = old;
          expect(all_draft_store.slice(1)).toEqual(oldList);
          expect(rest).toEqual(oldRest);
          expect(draft_ids).toEqual(Number.isSafeInteger(oldIds) ? oldIds + 1 : oldIds);
        },
      ),
      {
        numRuns: 60,
        examples: [[{ before: {}, entries: [{ toString: 1, constructor: 'x' }], indent: undefined }]],
      },
    ));
});

describe('what is refused, and changes nothing', () => {
  test.each([
    ['', 'nothing'],
    ['{"all_draft_store":[', 'a torn file'],
    ['[]', 'a list'],
    ['null', 'null'],
    ['{"all_draft_store":null}', 'no list'],
    ['{"all_draft_store":{}}', 'a list that is a map'],
    ['{"all_draft_store":["a"]}', 'entries of another kind'],
    [Buffer.from([0x7b, 0xff, 0xfe, 0x7d]), 'bytes that are no text'],
    [Buffer.from('U2FsdGVkX1'), 'cipher text'],
  ])('an index with %j: %s', async (content: string | Buffer, _what: string) => {
    await writeFile(index(), content);
    await expect(registerDrafts({ root, drafts: [draft('A')] })).rejects.toMatchObject({
      code: 'INDEX_UNREADABLE',
    });
    expect(await readFile(index())).toEqual(Buffer.from(content));
    expect(existsSync(join(root, INDEX_BACKUP_NAME))).toBe(false);
  });

  test('a running app, unless nobody looks', async () => {
    const drafts = [draft('A', 'capcut-mac')];
    const listProcesses = async () => ['/Applications/CapCut.app/Contents/MacOS/CapCut'];
    await expect(registerDrafts({ root, drafts, listProcesses })).rejects.toMatchObject({
      code: 'EDITOR_RUNNING',
      problems: [{ code: 'DR152' }],
    });
    // A profile of another system does not hide it.
    const others = [draft('A', 'capcut-win')];
    await expect(registerDrafts({ root, drafts: others, listProcesses })).rejects.toMatchObject({
      code: 'EDITOR_RUNNING',
    });
    expect(existsSync(index())).toBe(false);
    await registerDrafts({ root, drafts });
    expect(await names()).toEqual(['A']);
  });

  test('a root that cannot be written', async () => {
    await writeFile(index(), '{}');
    const script = await workerScript();
    await chmod(root, 0o555);
    try {
      // Permissions do not stop an administrator.
      const nobody = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
      const args = ['--conditions=@cozecut/source', script, root, 'a', '1'];
      const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'], ...nobody });
      const [stderr] = await Promise.all([text(child.stderr), once(child, 'close')]);
      expect(stderr).toContain('FOLDER_NOT_WRITABLE');
      expect(await readFile(index(), 'utf8')).toBe('{}');
    } finally {
      await chmod(root, 0o700);
    }
  });

  test('a root that is a file', async () => {
    const file = join(root, 'file');
    await writeFile(file, 'x');
    await expect(registerDrafts({ root: file, drafts: [draft('A')] })).rejects.toMatchObject({
      code: 'FOLDER_NOT_WRITABLE',
    });
    expect(await readFile(file, 'utf8')).toBe('x');
  });
});

describe('whether an app is running', () => {
  test.each([
    ['jianying', 'windows', 'C:\\Program Files\\JianyingPro.exe', true],
    ['jianying', 'windows', 'jianyingpro.EXE', true],
    ['jianying', 'mac', '/Applications/VideoFusion-macOS.app/Contents/MacOS/VideoFusion-macOS', true],
    ['jianying', 'mac', 'VideoFusion-macOS Helper', false],
    ['jianying', 'mac', 'videofusion-macos', false],
    ['jianying', 'windows', 'JianyingProCrashReporter.exe', false],
    ['jianying', 'windows', 'CapCut.exe', false],
    ['capcut', 'windows', 'CapCut.exe', true],
    ['capcut', 'mac', '/Applications/CapCut.app/Contents/MacOS/CapCut', true],
    ['capcut', 'mac', '/Applications/CapCut.app/Contents/MacOS/CapCut Helper (GPU)', false],
    ['capcut', 'mac', '/home/CapCut/other', false],
  ] as const)('%s on %s: %s', async (app, os, path, expected) => {
    expect(await isEditorRunning(app, os, async () => ['', 'init', path])).toBe(expected);
  });
});

/** Registers drafts one after the other, with pauses, and says the name of each that is done. */
async function workerScript(): Promise<string> {
  // Not through the door of the package: these processes are many, and should start fast.
  const src = join(import.meta.dirname, '../src');
  const script = join(root, 'worker.mts');
  await writeFile(
    script,
    `
    import { capcutMac as profile } from ${JSON.stringify(join(src, 'profiles/capcut-mac.ts'))};
    import { registerDrafts } from ${JSON.stringify(join(src, 'node/register-draft.ts'))};
    import { setTimeout } from 'node:timers/promises';
    const [root, prefix, count, pauseMs] = process.argv.slice(2);
    for (let n = 0; n < Number(count); n++) {
      const name = prefix + n;
      await registerDrafts({ root, drafts: [{ folder: root + '/' + name, name, draftId: name,
        profile, durationUs: 1, mediaBytes: 1, createdUs: 1, modifiedUs: 1 }] });
      process.stdout.write(name + '\\n');
      await setTimeout(Number(pauseMs));
    }`,
  );
  return script;
}

/** About as long as a registration takes: at nearly every moment one of three is at it. */
const PAUSE_MS = 20;

describe('several processes', () => {
  let script: string;
  beforeEach(async () => {
    script = await workerScript();
  });

  function worker(prefix: string, count: number, pauseMs = 0) {
    const args = [script, root, prefix, count, pauseMs].map(String);
    // What is compiled once is not compiled again, which is most of the time of a short process.
    const env = { ...process.env, NODE_COMPILE_CACHE: join(tmpdir(), 'draft-core-compile-cache') };
    const child = spawn(process.execPath, ['--conditions=@cozecut/source', ...args], {
      env,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const done: string[] = [];
    const lines = createInterface({ input: child.stdout }).on('line', (line) => done.push(line));
    const ended = Promise.all([once(child, 'close'), once(lines, 'close')]);
    const failed = ended.then(([[code]]) => Promise.reject(new Error(`ended with ${code} and no entry`)));
    failed.catch(() => {});
    return { child, done, ended, first: Promise.race([once(lines, 'line'), failed]) };
  }

  test('at the same time lose no entry', async () => {
    const workers = ['a', 'b', 'c'].map((prefix) => worker(prefix, 12));
    await Promise.all(workers.map(({ ended }) => ended));
    const expected = workers.flatMap(({ done }) => done);
    expect(expected).toHaveLength(36);
    expect((await names()).toSorted()).toEqual(expected.toSorted());
    expect((await read()).draft_ids).toBe(36);
  });

  test('calls in one process wait for each other, too', async () => {
    const all = Array.from({ length: 8 }, (_, n) => `d${n}`);
    await Promise.all(all.map((name) => registerDrafts({ root, drafts: [draft(name)] })));
    expect((await names()).toSorted()).toEqual(all);
  });

  test('that are killed leave a list that is whole and has every entry that was promised', async () => {
    const promised: string[] = [];
    let struck = 0;
    for (let round = 0; round < 8; round++) {
      // Without pauses the list would grow with the time that the slowest of them takes to begin.
      const prefixes = ['a', 'b', 'c'].map((name) => `${name}${round}-`);
      const workers = prefixes.map((prefix) => worker(prefix, 1000, PAUSE_MS));
      await Promise.all(workers.map(({ first }) => first));
      for (const [index, { child }] of workers.entries()) {
        await setTimeout(((round * 7 + index * 5) % 23) + 1);
        child.kill('SIGKILL');
      }
      await Promise.all(workers.map(({ ended }) => ended));
      promised.push(...workers.flatMap(({ done }) => done));
      if ((await readdir(root)).some((name) => name.startsWith('.cozecut-'))) struck++;
      const listed = new Set(await names());
      expect(promised.filter((name) => !listed.has(name))).toEqual([]);
    }
    // Kills of processes that do nothing would show nothing.
    expect(struck).toBeGreaterThan(0);
    await registerDrafts({ root, drafts: [draft('last')] });
    expect((await names())[0]).toBe('last');
    const left = (await readdir(root)).filter((name) => name !== 'worker.mts');
    expect(left.toSorted()).toEqual([INDEX_NAME, INDEX_BACKUP_NAME].toSorted());
  }, 120_000);
});
