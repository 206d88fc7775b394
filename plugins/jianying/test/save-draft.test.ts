import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDraft } from '@cozecut/draft-core/node';
import { makeSampleMedia, type SampleMedia } from '@cozecut/tools/sample-media';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Any, archivePorts, openTestHost, second, type TestHost } from './support/host.ts';

const folder = mkdtempSync(join(tmpdir(), 'cozecut-save-media-'));
let media: SampleMedia;
let host: TestHost;
let draft_id: string;
let show: string;

beforeAll(async () => {
  media = await makeSampleMedia(folder);
});
afterAll(() => rmSync(folder, { recursive: true }));
beforeEach(async () => {
  host = await openTestHost(folder);
  ({ draft_id } = await host.run('create_draft', { name: 'show', width: 1080, height: 1920 }));
  show = join(host.root, 'show');
  await caption('one');
});
afterEach(() => host.close());

const caption = (text: string) =>
  host.run('add_captions', { draft_id, captions: [{ text, start: 0, end: second }] });
const save = (input: object = {}) => host.run('save_draft', { draft_id, ...input }, 'cloud');
const refused = (input: object = {}) => host.refused('save_draft', { draft_id, ...input }, 'cloud');
const content = (at = show): Any => JSON.parse(readFileSync(join(at, 'draft_content.json'), 'utf8'));
const meta = (at = show): Any => JSON.parse(readFileSync(join(at, 'draft_meta_info.json'), 'utf8'));
const texts = (at = show): string[] =>
  content(at).materials.texts.map(({ content: text }: Any) => JSON.parse(text).text);
const stamps = () =>
  readdirSync(show).map((name) => [name, statSync(join(show, name), { bigint: true }).ctimeNs]);
const zips = () => host.store.blobs.list(draft_id);
/** Where the store has the content of a zip. */
const zipFile = (sha256: string) => join(`${host.root}-archives`, 'blobs', sha256.slice(0, 2), sha256);

describe('the same save again', () => {
  test('answers the same and writes nothing', async () => {
    const first = await save();
    expect(first).toMatchObject({
      folder_path: show,
      tracks: 1,
      clips: 1,
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    const before = [stamps(), await zips()];
    const { revision } = await host.store.drafts.get(draft_id);
    for (let count = 0; count < 3; count++) expect(await save()).toEqual(first);
    expect([stamps(), await zips()]).toEqual(before);
    expect(await host.store.drafts.get(draft_id)).toMatchObject({ revision, state: 'saved', folder: show });
  });

  test('tells the same findings', async () => {
    const info = { effect_title: '九屏', start: 0, end: second };
    await host.run('add_effects', { draft_id, effect_infos: [info] });
    const [first, again] = [await save(), await save()];
    expect(again).toEqual(first);
  });

  test('many at once make one folder and answer the same', async () => {
    const answers = await Promise.all(Array.from({ length: 12 }, () => save()));
    for (const one of answers) expect(one).toEqual(answers[0]);
    expect(readdirSync(host.root)).toEqual(['show']);
    expect(await save()).toEqual(answers[0]);
  });

  test('makes the folder again when it is gone, and the archive when that is', async () => {
    const first = await save();
    await host.store.blobs.drop(draft_id);
    const before = stamps();
    // The same bytes: whoever has the former one has this one.
    expect(await save()).toEqual(first);
    expect(await zips()).toMatchObject([{ id: first.sha256 }]);
    rmSync(zipFile(first.sha256));
    expect(await save()).toEqual(first);
    expect(
      createHash('sha256')
        .update(readFileSync(zipFile(first.sha256)))
        .digest('hex'),
    ).toBe(first.sha256);
    expect(stamps()).toEqual(before);
    rmSync(show, { recursive: true });
    expect(await save()).toMatchObject({ folder_path: show, tracks: 1 });
    expect(texts()).toEqual(['one']);
  });

  test('by a caller nearby makes no archive; a distant one gets it without a new folder', async () => {
    const near = await host.run('save_draft', { draft_id });
    expect(near).not.toHaveProperty('archive_url');
    const before = stamps();
    const distant = await save();
    expect(distant).toEqual({
      ...near,
      archive_url: distant.zip_url,
      zip_url: expect.stringContaining(distant.sha256),
      sha256: expect.any(String),
    });
    expect(stamps()).toEqual(before);
    expect(await host.run('save_draft', { draft_id })).toEqual(near);
  });

  test('into another folder is a folder of its own', async () => {
    const output_folder = join(folder, 'elsewhere');
    const [here, there] = [await save(), await save({ output_folder })];
    expect(there.folder_path).toBe(join(output_folder, 'show'));
    expect(meta(there.folder_path).draft_id).not.toBe(meta().draft_id);
    const before = stamps();
    expect((await save({ output_folder })).folder_path).toBe(there.folder_path);
    expect((await save()).folder_path).toBe(here.folder_path);
    expect(stamps()).toEqual(before);
  });

  test('of what generate_draft has written answers with it', async () => {
    const timeline = (await host.store.drafts.get(draft_id)).timeline;
    const { drafts } = await host.run('generate_draft', { content: timeline, name: 'made' }, 'cloud');
    const made = join(host.root, 'made');
    const before = meta(made);
    const saved = await host.run('save_draft', { draft_id: drafts[0].draft_id }, 'cloud');
    expect(saved).toMatchObject({ folder_path: made, archive_url: drafts[0].archive_url, clips: 1 });
    expect(meta(made)).toEqual(before);
  });

  test('takes a picture of this machine that was changed', async () => {
    const picture = join(folder, 'changing.png');
    writeFileSync(picture, readFileSync(media.picture));
    await host.run('add_images', { draft_id, image_infos: [{ image_url: picture, start: 0, end: second }] });
    const assets = () =>
      readdirSync(join(show, 'assets'), { recursive: true }).filter((name) => String(name).endsWith('.png'));
    await save();
    const first = assets();
    const before = stamps();
    await save();
    expect(stamps()).toEqual(before);
    // Bytes behind the end of a picture change nothing but the file.
    writeFileSync(picture, Buffer.concat([readFileSync(media.picture), Buffer.from('x')]));
    await save();
    expect(stamps()).not.toEqual(before);
    expect(assets()).toHaveLength(1);
    expect(assets()).not.toEqual(first);
    // What is gone has not become something else.
    rmSync(picture);
    expect(await save()).toMatchObject({ clips: 2 });
  });
});

describe('a save after a change', () => {
  test('replaces the folder, which stays the same draft to the app', async () => {
    const first = await save();
    const before = { ...meta(), timeline: content().id };
    await caption('two');
    expect((await host.store.drafts.get(draft_id)).state).toBe('open');
    const next = await save();
    expect(next).toMatchObject({ folder_path: first.folder_path, tracks: 2, clips: 2 });
    expect(next.sha256).not.toBe(first.sha256);
    expect(texts().toSorted()).toEqual(['one', 'two']);
    expect({ ...meta(), timeline: content().id }).toMatchObject({
      draft_id: before.draft_id,
      tm_draft_create: before.tm_draft_create,
      timeline: before.timeline,
    });
    expect(readdirSync(host.root)).toEqual(['show']);
    expect(await save()).toEqual(next);
    expect((await host.store.drafts.get(draft_id)).state).toBe('saved');
  });

  test('of the version that it goes back to', async () => {
    await save();
    const { revision } = await host.store.drafts.get(draft_id);
    await caption('two');
    await save();
    await host.run('restore_version', { draft_id, version: revision });
    expect(await save()).toMatchObject({ clips: 1 });
    expect(texts()).toEqual(['one']);
  });

  test('that is refused leaves the former folder', async () => {
    await save();
    const before = stamps();
    await host.store.drafts.edit(draft_id, (timeline: Any) => ({
      ...timeline,
      tracks: [...timeline.tracks, { type: 'video', clips: [{ media: 'none.mp4', start: 0, duration: 1 }] }],
    }));
    expect(await refused()).toMatchObject({ code: 'MEDIA_NOT_FOUND' });
    expect(stamps()).toEqual(before);
  });

  test('while others change and save it: what is there in the end is the newest', async () => {
    const saves: Promise<unknown>[] = [];
    for (let count = 0; count < 12; count++) {
      await caption(`more ${count}`);
      saves.push(save());
    }
    await Promise.all(saves);
    expect(texts()).toHaveLength(13);
    const last = await save();
    expect(last).toMatchObject({ clips: 13 });
    expect(await save()).toEqual(last);
    expect(readdirSync(host.root)).toEqual(['show']);
  });
});

describe('a save that was overtaken by a change and the save of that', () => {
  /** A host with the same store in which a save goes on from its look into the folder when it is told to. */
  async function late(work: () => Promise<void>): Promise<Any> {
    const [reached, goOn] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const { drafts } = host.store;
    const other = await openTestHost(folder, {
      drafts: {
        ...drafts,
        async writes(...given) {
          reached.resolve();
          await goOn.promise;
          return drafts.writes(...given);
        },
        root: host.root,
        rootIsChosen: true,
        ...archivePorts(host.store, host.root),
      },
    });
    try {
      const saving = other.run('save_draft', { draft_id }, 'cloud');
      await reached.promise;
      await work();
      goOn.resolve();
      return await saving;
    } finally {
      await other.close();
    }
  }

  test.each(['none', 'zip'])('which had the package %s: its zip is of the newer state', async (wanted) => {
    await save();
    const saved = await late(async () => {
      await caption('two');
      await save({ package: wanted });
    });
    const { revision } = await host.store.drafts.get(draft_id);
    expect(saved).toMatchObject({ revision, clips: 2 });
    const file = join(folder, 'late.zip');
    writeFileSync(file, readFileSync(zipFile(saved.sha256)));
    const { timeline } = await openDraft(file);
    expect((timeline!.value(timeline!.root) as Any).materials.texts).toHaveLength(2);
    expect(await save()).toEqual(saved);
  });

  test('more often than its states are kept: it looks again', async () => {
    await save();
    const saved = await late(async () => {
      await caption('two');
      await save({ package: 'none' });
      for (let count = 0; count < 21; count++) await caption(`more ${count}`);
    });
    expect(saved).toMatchObject({ clips: 23, revision: (await host.store.drafts.get(draft_id)).revision });
  });
});

describe('a folder that is not what was written', () => {
  test.each([
    ['was saved by the editor', () => writeFileSync(join(show, 'draft_content.json'), '{"by": "editor"}')],
    ['got a file', () => writeFileSync(join(show, 'draft_cover.jpg'), 'x')],
  ])('%s: is never replaced, and the message says why', async (_, change) => {
    await save();
    change();
    const before = stamps();
    for (const step of [() => undefined, () => caption('two')]) {
      await step();
      expect(await refused()).toMatchObject({
        code: 'DRAFT_EXISTS',
        message: `${show} has changed since it was saved`,
        hint: expect.stringContaining('output_folder'),
      });
      expect(stamps()).toEqual(before);
    }
    renameSync(show, `${show} of the editor`);
    expect(await save()).toMatchObject({ folder_path: show });
    // It is another draft to the app, which has listed the one that was moved.
    expect(meta().draft_id).not.toBe(meta(`${show} of the editor`).draft_id);
  });

  test('another draft with the name is refused before any media is fetched', async () => {
    await save();
    const other = await host.run('create_draft', { name: 'show' });
    await host.store.drafts.edit(other.draft_id, (timeline: Any) => ({
      ...timeline,
      tracks: [{ type: 'video', clips: [{ media: 'none.mp4', start: 0, duration: 1 }] }],
    }));
    expect(await host.refused('save_draft', { draft_id: other.draft_id })).toMatchObject({
      code: 'DRAFT_EXISTS',
      message: `there is already something at ${show}`,
    });
    expect(texts()).toEqual(['one']);
  });
});

describe('a process that ended in the middle', () => {
  /** A host with the same store whose calls of one function of the store never end; it has got there. */
  async function stuckAt(step: 'writing' | 'saved'): Promise<TestHost> {
    const reached = Promise.withResolvers<void>();
    const { drafts } = host.store;
    const stuck = await openTestHost(folder, {
      drafts: {
        ...drafts,
        async [step](...given: never[]) {
          if (step === 'writing') await (drafts.writing as (...all: never[]) => Promise<void>)(...given);
          reached.resolve();
          return new Promise<never>(() => {});
        },
        root: host.root,
        rootIsChosen: true,
        ...archivePorts(host.store, host.root),
      },
    });
    void stuck.host.call('save_draft', { draft_id }, { mode: 'cloud' });
    await reached.promise;
    return stuck;
  }

  test('after the folder was there and before it was told: the next save answers with it', async () => {
    const stuck = await stuckAt('saved');
    const before = stamps();
    expect((await host.store.drafts.get(draft_id)).state).toBe('open');
    const answer = await save();
    expect(answer).toMatchObject({ folder_path: show, clips: 1, sha256: expect.any(String) });
    expect(stamps()).toEqual(before);
    expect((await host.store.drafts.get(draft_id)).state).toBe('saved');
    expect(await save()).toEqual(answer);
    await stuck.close();
  });

  test('before the folder was there: the next save writes it', async () => {
    const stuck = await stuckAt('writing');
    expect(existsSync(show)).toBe(false);
    expect(await save()).toMatchObject({ folder_path: show, clips: 1 });
    await stuck.close();
  });

  test('while a change was saved, on either side: the next save is right', async () => {
    for (const step of ['writing', 'saved'] as const) {
      await save();
      await caption(step);
      const stuck = await stuckAt(step);
      await save();
      expect(texts()).toContain(step);
      await stuck.close();
    }
  });
});
