import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DraftEvent } from '@cozecut/runner';
import { openStore, type Store } from '@cozecut/store';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createLog } from '../src/log.ts';
import { findDraftPlace } from '../src/services/listen/install-drafts.ts';
import { readManifest } from '../src/services/manifest.ts';
import { createRuntime, type Runtime } from '../src/services/runtime.ts';
import { temporaryFolder } from './support.ts';

/** A home on which both apps are, so that drafts are written into the store and copied. */
const home = temporaryFolder();
const app = (name: string) => join(home, 'Movies', name, 'User Data/Projects/com.lveditor.draft');
const jianying = app('JianyingPro');
const env = { COZECUT_STORE: join(home, 'store') };

let runtime: Runtime;
let events: DraftEvent[] = [];
beforeAll(async () => {
  for (const root of [jianying, app('CapCut')]) mkdirSync(root, { recursive: true });
  await open();
});
afterAll(() => runtime.close());

/** A program that does what `listen` does; drafts are known to the one that follows. */
async function open(): Promise<void> {
  const place = await findDraftPlace(env, home, { platform: 'darwin', home });
  runtime = await createRuntime({
    opensStore: true,
    plugin: readManifest({}, env, home),
    env,
    folder: home,
    log: createLog('error', (line) => process.stderr.write(line)),
    localRoots: [home],
    draftRoot: place.root,
    onDraftSaved: async (draft) => {
      const event = await place.install(draft, runtime.store.drafts);
      if (event !== undefined) events.push(event);
    },
  });
}

// biome-ignore lint/suspicious/noExplicitAny: answers of tools are looked into at any depth
async function run(tool: string, input: object): Promise<any> {
  const result = await runtime.host.call(tool, input, { mode: 'local' });
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.output;
}

/** Saves, and gives what was told of the copy. */
async function save(draft_id: string): Promise<DraftEvent[]> {
  events = [];
  await run('save_draft', { draft_id });
  return events;
}

const caption = (draft_id: string, text: string) =>
  run('add_captions', { draft_id, captions: [{ text, start: 0, end: 1_000_000 }] });
const read = (draft: string, name: string) => JSON.parse(readFileSync(join(jianying, draft, name), 'utf8'));
const clips = (draft: string): number => read(draft, 'draft_content.json').materials.texts.length;

test('a draft that was copied to the folder of an app is replaced there by its next state', async () => {
  const { draft_id } = await run('create_draft', { name: 'show' });
  const installed = {
    type: 'draft.installed',
    name: 'show',
    app: 'jianying',
    folder: join(jianying, 'show'),
  };
  const ids = new Set<unknown>();
  for (const [index, text] of ['one', 'two', 'three'].entries()) {
    await caption(draft_id, text);
    expect(await save(draft_id)).toEqual([installed]);
    expect(clips('show')).toBe(index + 1);
    ids.add(read('show', 'draft_meta_info.json').draft_id);
    const { all_draft_store: list } = JSON.parse(readFileSync(join(jianying, 'root_meta_info.json'), 'utf8'));
    expect(list).toMatchObject([{ draft_name: 'show' }]);
    // What is known outlives the program.
    await runtime.close();
    await open();
  }
  // To the app it is one draft.
  expect(ids.size).toBe(1);
  expect(readdirSync(jianying).filter((name) => !name.startsWith('root_meta'))).toEqual(['show']);
});

test('a copy that the app has changed stays, and so does what was there before', async () => {
  const { draft_id } = await run('create_draft', { name: 'changed' });
  await caption(draft_id, 'one');
  await save(draft_id);
  const file = join(jianying, 'changed', 'draft_content.json');
  writeFileSync(file, `${readFileSync(file, 'utf8')} `);
  await caption(draft_id, 'two');
  const refused = { type: 'draft.not_installed', name: 'changed', code: 'DRAFT_EXISTS' };
  expect(await save(draft_id)).toMatchObject([refused]);
  expect(clips('changed')).toBe(1);

  mkdirSync(join(jianying, 'taken'));
  const other = await run('create_draft', { name: 'taken' });
  expect(await save(other.draft_id)).toMatchObject([{ ...refused, name: 'taken' }]);
  expect(readdirSync(join(jianying, 'taken'))).toEqual([]);
});

test('a copy that was not finished is told as it is', async () => {
  const { draft_id } = await run('create_draft', { name: 'half' });
  await caption(draft_id, 'one');
  await save(draft_id);
  const store: Store = await openStore({
    location: env.COZECUT_STORE,
    now: Date.now,
    uuid: () => crypto.randomUUID(),
  });
  const [known] = await store.drafts.writes(draft_id, join(jianying, 'half'));
  expect(known).toMatchObject({ isSaved: true });
  // A process that ended before its copy was there.
  await store.drafts.writing(draft_id, {
    id: crypto.randomUUID(),
    folder: known!.folder,
    revision: 9,
    facts: { files: [] },
  });
  await store.close();
  await caption(draft_id, 'two');
  expect(await save(draft_id)).toMatchObject([{ type: 'draft.installed' }]);
  expect(clips('half')).toBe(2);
  expect(await runtime.store.drafts.writes(draft_id, known!.folder)).toHaveLength(1);
});
