import { cp, mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { compileDraft, findProfile, lintDraft, listDraftRules, listProfiles } from '../src/index.ts';
import {
  draftHistory,
  fixDraft,
  mediaExists,
  openDraft,
  restoreDraft,
  writeDraftZip,
} from '../src/node/index.ts';
import { openSource } from '../src/node/open-draft.ts';
import { catalog } from './support/catalog.ts';
import { changeDraft, lintFolder, makeDraft } from './support/draft-folder.ts';
import { type DraftMistake, draftMistakes } from './support/draft-mistakes.ts';
import { countingUuid, fixedNow } from './support/ids.ts';
import { mediaMap } from './support/media.ts';
import { realFile } from './support/real-media.ts';
import { timelineOf } from './support/timeline.ts';
import { rawZip, zipOf } from './support/zip.ts';

const profiles = listProfiles().map(({ id }) => id);
let folder: string;
const bases = new Map<string, string>();
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'draft-lint-'));
  for (const profile of profiles) {
    const parent = join(folder, profile);
    await mkdir(parent);
    bases.set(profile, dirname(await makeDraft(parent, { profile })));
  }
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** A draft with a mistake, at the place where the good one was, so that its paths are right. */
async function withMistake(mistake: DraftMistake, use: (draft: string) => Promise<void>): Promise<void> {
  const drafts = bases.get(mistake.profile ?? 'jianying-5.9-win')!;
  const draft = join(drafts, 'My draft');
  await cp(drafts, `${drafts} kept`, { recursive: true });
  try {
    if (mistake.change) await changeDraft(draft, mistake.change);
    for (const [name, content] of Object.entries(mistake.files ?? {})) {
      await mkdir(dirname(join(draft, name)), { recursive: true });
      if (content === undefined) await rm(join(draft, name));
      else await writeFile(join(draft, name), content);
    }
    await use(draft);
  } finally {
    await rm(drafts, { recursive: true });
    await rename(`${drafts} kept`, drafts);
  }
}

test.each(profiles)('a good draft for %s: nothing is found', async (profile) => {
  expect(await lintFolder(join(bases.get(profile)!, 'My draft'))).toEqual([]);
});

test('every rule has a draft that breaks it', () => {
  const elsewhere = ['DR125', 'DR149', 'DR150', 'DR151'];
  const covered = new Set([...draftMistakes.map(({ code }) => code), ...elsewhere]);
  const rules = listDraftRules();
  expect(rules.map(({ id }) => id)).toEqual([...covered].sort());
  const mended = new Set(draftMistakes.filter(({ fixable }) => fixable).map(({ code }) => code));
  expect(rules.filter(({ fixable }) => fixable).map(({ id }) => id)).toEqual([...mended, 'DR125'].sort());
});

describe('a draft with one mistake', () => {
  test.each(draftMistakes.map((mistake) => [`${mistake.code}: ${mistake.what}`, mistake] as const))(
    '%s',
    async (_name, mistake) => {
      await withMistake(mistake, async (draft) => {
        const problems = await lintFolder(draft, mistake.options);
        expect([...new Set(problems.map(({ code }) => code))].sort()).toEqual(
          [mistake.code, ...(mistake.also ?? [])].sort(),
        );
        for (const { location, pointer } of problems) {
          // The place is that of the pointer.
          if (location === undefined) continue;
          expect(pointer).toMatch(/^(\/|$)/);
          expect(location.source!.length).toBeGreaterThan(location.start.column - 1);
        }
        const own = problems.filter(({ code }) => code === mistake.code);
        expect(own.every(({ fix }) => fix !== undefined)).toBe(mistake.fixable === true);
        if (!mistake.fixable) return;
        const { fixed, version } = await fixDraft(draft, {
          now: fixedNow,
          exists: mediaExists,
          catalog,
          uuid: countingUuid(),
          ...mistake.options,
        });
        expect(fixed).toBeGreaterThan(0);
        expect(version).toBe(1);
        const left = (await lintFolder(draft, mistake.options)).map(({ code }) => code);
        expect(left).not.toContain(mistake.code);
        expect(left.filter((code) => !mistake.also?.includes(code))).toEqual([]);
        expect(await readFile(join(draft, 'draft_info.json'))).toEqual(
          await readFile(join(draft, 'draft_content.json')),
        );
      });
    },
  );
});

test('a repair changes nothing but what it says, and can be undone', async () => {
  await withMistake(
    {
      code: 'DR015',
      what: '',
      change: (content) => {
        content.duration = 1;
      },
    },
    async (draft) => {
      const path = join(draft, 'draft_content.json');
      const odd = (await readFile(path, 'utf8'))
        .replace('"fps":30', '"fps" : 30.0,\r\n "unknown \\u4f60":[1e3, -0]')
        .replace('"duration":1,', '"duration": 1 ,');
      for (const name of ['draft_content.json', 'draft_info.json'])
        await writeFile(join(draft, name), `\uFEFF${odd}\n`);
      await fixDraft(draft, { now: fixedNow });
      expect(await readFile(path, 'utf8')).toBe(
        `\uFEFF${odd.replace('"duration": 1 ,', '"duration": 8000000 ,')}\n`,
      );
      expect(await draftHistory(draft)).toMatchObject([
        { version: 1, at: '2026-09-21T14:13:20.000Z', reason: '1 repair' },
      ]);
      await restoreDraft(draft, undefined, { now: fixedNow });
      expect(await readFile(path, 'utf8')).toBe(`\uFEFF${odd}\n`);
      await restoreDraft(draft, undefined, { now: fixedNow });
      expect(await readFile(path, 'utf8')).toContain('8000000');
    },
  );
});

test('the profile decides what is an error', async () => {
  const draft = join(bases.get('jianying-5.9-win')!, 'My draft');
  const problems = await lintFolder(draft, { profile: { ...findProfile('jianying-11-mac'), app: 'capcut' } });
  expect(problems.map(({ code }) => code)).toContain('DR067');
});

test('a zip is mended: written anew, the former one beside it, other files stay', async () => {
  const [content] = [join(bases.get('jianying-5.9-win')!, 'My draft', 'draft_content.json')];
  const text = (await readFile(content, 'utf8')).replace(/"duration":\d+,/, '"duration":1,');
  const path = join(folder, 'broken.zip');
  const media = Buffer.alloc(500_000, 'media');
  await writeFile(
    path,
    rawZip([
      { name: 'readme.txt', content: 'outside' },
      { name: 'd/' },
      { name: 'd/draft_content.json', content: text },
      { name: 'd/draft_info.json', content: text },
      { name: 'd/assets/你好.bin', content: media },
    ]),
  );
  const before = await readFile(path);
  const { fixed, files, former } = await fixDraft(path, { now: fixedNow });
  expect(fixed).toBeGreaterThan(0);
  expect(files.sort()).toEqual(['draft_content.json', 'draft_info.json']);
  expect(former).toBe(join(folder, 'broken.cozecut-former-1.zip'));
  expect(await readFile(former!)).toEqual(before);
  const opened = await openDraft(path);
  expect([...opened.entries.keys()].sort()).toEqual(
    ['assets/你好.bin', 'draft_content.json', 'draft_info.json'].sort(),
  );
  expect(opened.entries.get('assets/你好.bin')?.bytes).toBe(media.length);
  expect(opened.timeline!.text).toContain('"duration":8000000,');
  const source = await openSource(path, {});
  expect(await source.read('assets/你好.bin')).toEqual(media);
  await source.close();
  expect((await readFile(path)).includes('readme.txt')).toBe(true);
  const codes = lintDraft(opened).map(({ code }) => code);
  expect(codes).not.toContain('DR015');
  // Nothing is left to mend, so nothing is written.
  expect(await fixDraft(path, { now: fixedNow })).not.toHaveProperty('former');
  expect((await readdir(folder)).filter((name) => name.startsWith('.cozecut'))).toEqual([]);
});

test('a packed draft of our own: nothing is found', async () => {
  const file = await realFile(folder, 'clip.mp4', { kind: 'video' });
  const timeline = timelineOf({ type: 'video', clips: [{ media: 'clip.mp4', start: 0, duration: 2 }] });
  const { draft } = compileDraft(timeline, {
    media: mediaMap(file),
    draftName: 'packed',
    now: fixedNow,
    uuid: countingUuid(),
  });
  await writeDraftZip(draft!, join(folder, 'packed.zip'));
  expect((await lintFolder(join(folder, 'packed.zip'))).map(({ code }) => code)).toEqual([]);
});

test('DR125: a packed draft with absolute paths gets the token where it holds the file', async () => {
  const draft = join(bases.get('jianying-5.9-win')!, 'My draft');
  const place = 'C:/drafts/My draft';
  const files: Record<string, string | Buffer> = {};
  for (const entry of await readdir(draft, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const bytes = await readFile(path);
    const text = bytes
      .toString('utf8')
      .replaceAll(draft, place)
      .replaceAll(/[^"/]*\.png"/g, 'gone.png"');
    files[`My draft/${path.slice(draft.length + 1)}`] = path.endsWith('.json') ? text : bytes;
  }
  const path = await zipOf(join(folder, 'absolute.zip'), files);
  const absolute = async () =>
    (await lintFolder(path)).filter(({ code }) => code === 'DR125').map(({ message }) => message);
  const before = await absolute();
  expect(before).toHaveLength(4);
  const { fixed, former } = await fixDraft(path, { now: fixedNow });
  expect({ fixed, former: former !== undefined }).toEqual({ fixed: 3, former: true });
  const left = await absolute();
  expect(left).toEqual(before.filter((message) => message.includes('gone.png')));
  expect(left).toHaveLength(1);
  const { timeline, meta } = await openDraft(path);
  for (const { text } of [timeline!, meta!.document!])
    expect(text.match(/##_draftpath_placeholder_[0-9A-F-]+_##\/assets\//g)).toHaveLength(3);
});

test.each([
  ['DR150', 'a:b'],
  ['DR151', '11111111-2222-4333-8444-555555555555'],
])('%s: a draft named %s', async (code, name) => {
  const drafts = bases.get('jianying-5.9-win')!;
  await cp(join(drafts, 'My draft'), join(folder, name), { recursive: true });
  expect((await lintFolder(join(folder, name))).map((problem) => problem.code)).toContain(code);
});

test('a draft that the app has encrypted: that is the only finding, with the way out', async () => {
  const draft = join(bases.get('jianying-5.9-win')!, 'My draft');
  const copy = join(folder, 'encrypted');
  await cp(draft, copy, { recursive: true });
  await writeFile(join(copy, 'draft_meta_info.json'), 'gAAAAABm7');
  const [problem, ...others] = await lintFolder(copy);
  expect(others).toEqual([]);
  expect(problem).toMatchObject({
    code: 'DR149',
    severity: 'error',
    hint: expect.stringContaining('plain copy'),
  });
  expect(problem!.message).toContain('draft_content.json, draft_info.json is stale');
  expect((await openDraft(copy)).timeline).toBeUndefined();
});
