import { existsSync } from 'node:fs';
import { cp, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { changeDraft, type Loose, makeDraft } from './support/draft-folder.ts';
import { json, tree, usePlaces } from './support/install.ts';

const places = usePlaces();

describe('a draft that replaces another', () => {
  test('takes its place, its id and its entry, whatever the case of its name', async () => {
    const draft = await makeDraft(places.folder);
    const first = await places.install(draft);
    await writeFile(join(first.folder, 'of the first'), '');
    await changeDraft(draft, (content, meta) => {
      content.mark = 'second';
      meta.draft_id = 'ANOTHER';
    });
    const second = await places.install(draft, { name: 'my DRAFT', replace: true });
    expect(second.steps).toContainEqual({ step: 'replace', path: first.folder });
    expect((await readdir(places.root)).filter((name) => !name.startsWith('root_meta_info'))).toEqual([
      'my DRAFT',
    ]);
    expect(second.draftId).toBe(first.draftId);
    expect(await json(second.folder, 'draft_content.json')).toMatchObject({ mark: 'second' });
    expect(existsSync(join(second.folder, 'of the first'))).toBe(false);
    expect(await places.index()).toMatchObject([{ draft_id: first.draftId, draft_fold_path: second.folder }]);
  });

  test('is taken away again when the list breaks at the last moment; the former one is back', async () => {
    const draft = await makeDraft(places.folder);
    await places.install(draft);
    const before = await tree(join(places.root, 'My draft'));
    let calls = 0;
    // The second time it is asked, all is ready and nothing is placed.
    const listProcesses = async () => {
      if (++calls === 2) await writeFile(join(places.root, 'root_meta_info.json'), 'broken');
      return [];
    };
    await changeDraft(draft, (content) => {
      content.mark = 'second';
    });
    for (const more of [{ replace: true }, { name: 'New' }]) {
      calls = 0;
      await rm(join(places.root, 'root_meta_info.json'));
      await expect(places.install(draft, { listProcesses, ...more })).rejects.toMatchObject({
        code: 'INDEX_UNREADABLE',
      });
      expect(await tree(join(places.root, 'My draft'))).toEqual(before);
      expect((await readdir(places.root)).filter((name) => !name.startsWith('root_meta'))).toEqual([
        'My draft',
      ]);
    }
  });
});

describe('an install that was killed is brought into order by the next one, also when that fails', () => {
  const KEPT = '.cozecut-replaced-0000';
  const journal = (draft: object) =>
    writeFile(join(places.root, '.cozecut-install.json'), JSON.stringify(draft));
  /** The journal as it is when the first draft is about to be replaced by the second one. */
  async function prepare(): Promise<{ entry: Loose; listed: Loose[] }> {
    const draft = await makeDraft(places.folder);
    const { folder: placed, draftId, name, profile } = await places.install(draft);
    await writeFile(join(placed, 'mark'), 'first');
    const times = { durationUs: 7, mediaBytes: 8, createdUs: 9, modifiedUs: 10 };
    const entry = { folder: placed, draftId, name, profile: profile.id, ...times };
    await cp(placed, join(places.folder, 'second'), { recursive: true });
    await writeFile(join(places.folder, 'second/mark'), 'second');
    return { entry, listed: await places.index() };
  }
  const keep = async () => {
    await mkdir(join(places.root, KEPT));
    await rename(join(places.root, 'My draft'), join(places.root, KEPT, 'My draft'));
  };
  const next = () =>
    places.install(join(places.folder, 'drafts/My draft'), { name: 'My draft' }).catch((error) => error.code);
  const mark = () => readFile(join(places.root, 'My draft/mark'), 'utf8');
  const clean = async () =>
    expect((await readdir(places.root)).filter((name) => name.startsWith('.cozecut'))).toEqual([]);

  test('before the first rename: the former state', async () => {
    const { entry, listed } = await prepare();
    await journal({ former: 'My draft', kept: KEPT, draft: entry });
    expect(await next()).toBe('DRAFT_EXISTS');
    expect([await mark(), await places.index()]).toEqual(['first', listed]);
    await clean();
  });

  test('between the renames: the former state', async () => {
    const { entry, listed } = await prepare();
    await journal({ former: 'My draft', kept: KEPT, draft: entry });
    await keep();
    expect(await next()).toBe('DRAFT_EXISTS');
    expect([await mark(), await places.index()]).toEqual(['first', listed]);
    await clean();
  });

  test('after the renames: the new state', async () => {
    const { entry } = await prepare();
    await journal({ former: 'My draft', kept: KEPT, draft: entry });
    await keep();
    await rename(join(places.folder, 'second'), join(places.root, 'My draft'));
    expect(await next()).toBe('DRAFT_EXISTS');
    expect(await mark()).toBe('second');
    expect(await places.index()).toMatchObject([{ draft_name: 'My draft', tm_duration: 7 }]);
    await clean();
  });

  test('between the renames, and then another draft took the name: both are there', async () => {
    const { entry } = await prepare();
    await journal({ former: 'My draft', kept: KEPT, draft: entry });
    await keep();
    await mkdir(join(places.root, 'My draft'));
    await writeFile(join(places.root, 'My draft/mark'), 'another');
    expect(await next()).toBe('DRAFT_EXISTS');
    expect(await mark()).toBe('another');
    expect(await readFile(join(places.root, 'My draft (2)/mark'), 'utf8')).toBe('first');
    await clean();
  });

  test('a new draft that is not listed is listed, unless the app or a person has put another one there', async () => {
    const { entry } = await prepare();
    for (const [draftId, names] of [
      [entry.draftId, ['My draft']],
      ['ANOTHER', []],
    ] as const) {
      await writeFile(join(places.root, 'root_meta_info.json'), '{"all_draft_store":[]}');
      await journal({ draft: { ...entry, draftId } });
      expect(await next()).toBe('DRAFT_EXISTS');
      expect((await places.index()).map((one) => one.draft_name)).toEqual(names);
      await clean();
    }
  });

  test('a dry run leaves it alone, and a journal that is none is not touched', async () => {
    const { entry } = await prepare();
    await journal({ former: 'My draft', kept: KEPT, draft: entry });
    const before = await tree(places.folder);
    await places.install(join(places.folder, 'drafts/My draft'), { name: 'x', dryRun: true });
    expect(await tree(places.folder)).toEqual(before);
    for (const bad of [{ draft: entry, kept: '../../etc' }, { draft: { ...entry, name: '../x' } }, 'x']) {
      await writeFile(join(places.root, '.cozecut-install.json'), JSON.stringify(bad));
      const state = await tree(places.folder);
      expect(await next()).toBe('INSTALL_JOURNAL_DAMAGED');
      expect(await tree(places.folder)).toEqual(state);
    }
  });
});
