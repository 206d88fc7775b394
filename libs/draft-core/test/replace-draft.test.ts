import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  cp,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  symlink,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  type FolderFacts,
  openDraft,
  recogniseFolder,
  registerDraftFolder,
  sweepDrafts,
  writeDraftFolder,
} from '../src/node/index.ts';
import { captionsDraft } from './support/captions-draft.ts';

let parent: string;
let show: string;
beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'replace-draft-'));
  show = join(parent, 'show');
});
afterEach(() => rm(parent, { recursive: true, force: true }));

/** Writes a draft with one caption; what is in its folder then. */
async function write(text: string, replaces?: FolderFacts, parentFolder = parent): Promise<FolderFacts> {
  let facts: FolderFacts = [];
  await writeDraftFolder(captionsDraft(text), {
    parentFolder,
    replaces,
    beforePlacing: async (files) => {
      facts = files;
    },
  });
  return facts;
}

const content = async (folder = show): Promise<string> =>
  JSON.parse(await readFile(join(folder, 'draft_content.json'), 'utf8')).materials.texts[0].content;

describe('a draft folder that is as it was left', () => {
  test('is replaced, again and again', async () => {
    let facts = await write('one');
    for (const text of ['two', 'three']) {
      facts = await write(text, facts);
      expect(await content()).toContain(text);
      expect(await recogniseFolder(show, facts)).toBeDefined();
      expect(await readdir(parent)).toEqual(['show']);
    }
  });

  test('is so after it was copied away and back, and looked at by a file manager', async () => {
    const facts = await write('one');
    await cp(show, `${show} 2`, { recursive: true });
    await rm(show, { recursive: true });
    await rename(`${show} 2`, show);
    await writeFile(join(show, '.DS_Store'), 'x');
    await write('two', facts);
    expect(await content()).toContain('two');
  });

  test('stays in the list of the app as what it was', async () => {
    const options = { now: Date.now, uuid: () => crypto.randomUUID() };
    const facts = await write('one');
    await registerDraftFolder(await openDraft(show), options);
    const list = async () =>
      JSON.parse(await readFile(join(parent, 'root_meta_info.json'), 'utf8')).all_draft_store;
    const [before] = await list();
    const first = captionsDraft('one');
    const identity = { draftId: first.draftId, timelineId: first.timelineId, createdMs: 1_000 };
    const longer = captionsDraft('two', identity);
    longer.meta.tm_duration = 9_000_000;
    const { listProblem } = await writeDraftFolder(longer, { parentFolder: parent, replaces: facts });
    expect(listProblem).toBeUndefined();
    expect(await list()).toEqual([{ ...before, tm_duration: 9_000_000 }]);
    const { meta } = await openDraft(show);
    expect(meta!.document!.value(meta!.document!.root)).toMatchObject({
      draft_id: before.draft_id,
      tm_draft_create: 1_000_000,
    });
  });
});

describe('a draft folder that somebody else has changed', () => {
  const changes: [string, (folder: string) => Promise<unknown>][] = [
    ['has another text', (at) => writeFile(join(at, 'draft_content.json'), '{}')],
    [
      'has another text of the same length and time',
      async (at) => {
        const file = join(at, 'draft_content.json');
        const { atime, mtime } = await stat(file);
        await writeFile(file, (await readFile(file, 'utf8')).replace('one', 'ONE'));
        await utimes(file, atime, mtime);
      },
    ],
    ['has one file more', (at) => writeFile(join(at, 'template.tmp'), '{}')],
    ['has one folder more', (at) => mkdir(join(at, 'Resources'))],
    ['has a file less', (at) => rm(join(at, 'draft_info.json'))],
    [
      'has a link',
      async (at) => {
        await rename(join(at, 'draft_info.json'), `${at}-moved`);
        await symlink(`${at}-moved`, join(at, 'draft_info.json'));
      },
    ],
    [
      'is a link',
      async (at) => {
        await rename(at, `${at}-moved`);
        await symlink(`${at}-moved`, at);
      },
    ],
    [
      'is a file',
      async (at) => {
        await rm(at, { recursive: true });
        await writeFile(at, 'x');
      },
    ],
    ['is gone', (at) => rm(at, { recursive: true })],
  ];

  test.each(changes)('%s: nothing is replaced', async (_, change) => {
    const facts = await write('one');
    await change(show);
    const before = await snapshot();
    await expect(write('two', facts)).rejects.toMatchObject({ code: 'DRAFT_EXISTS' });
    expect(await snapshot()).toEqual(before);
  });

  test('while the new one was built: nothing is replaced', async () => {
    const facts = await write('one');
    const writing = writeDraftFolder(captionsDraft('two'), {
      parentFolder: parent,
      replaces: facts,
      beforePlacing: () => writeFile(join(show, 'template.tmp'), '{}'),
    });
    await expect(writing).rejects.toMatchObject({ code: 'DRAFT_EXISTS' });
    expect(await content()).toContain('one');
    expect((await readdir(show)).toSorted()).toContain('template.tmp');
    expect(await readdir(parent)).toEqual(['show']);
  });

  async function snapshot(): Promise<unknown[]> {
    const names = (await readdir(parent, { recursive: true })).toSorted();
    return Promise.all(
      names.map(async (name) => [name, await readFile(join(parent, name), 'utf8').catch(() => 'folder')]),
    );
  }
});

test('many that replace one draft at once: one of them does, and nothing is left of the others', async () => {
  const facts = await write('one');
  const texts = Array.from({ length: 12 }, (_, index) => `text ${index}`);
  const ends = await Promise.allSettled(texts.map((text) => write(text, facts)));
  const written = texts.filter((_, index) => ends[index]!.status === 'fulfilled');
  expect(written).toHaveLength(1);
  expect(await content()).toContain(written[0]);
  for (const end of ends)
    if (end.status === 'rejected') expect(end.reason).toMatchObject({ code: 'DRAFT_EXISTS' });
  expect(await readdir(parent)).toEqual(['show']);
});

test('a process that is killed at any step leaves the former draft or the new one, whole', async () => {
  const script = join(import.meta.dirname, 'support/replace-and-die.ts');
  const [factsFile, newFactsFile, killedBefore] = ['old.json', 'new.json', 'killed-before'].map((name) =>
    join(parent, name),
  ) as [string, string, string];
  const env = { ...process.env, NODE_COMPILE_CACHE: join(parent, 'cache') };
  const steps: string[] = [];

  /** Which draft is there. */
  async function left(root: string, number: number): Promise<string> {
    const facts = await write('old', undefined, root);
    await writeFile(factsFile, JSON.stringify(facts));
    await rm(newFactsFile, { force: true });
    const args = ['--conditions=@cozecut/source', script, root, factsFile, newFactsFile, String(number)];
    const child = spawn(process.execPath, args, { env, stdio: 'inherit' });
    const [code, signal] = await once(child, 'close');
    if (signal === null) {
      expect(code).toBe(0);
      return 'done';
    }
    const isThere = (await readdir(root)).includes('show');
    steps.push(`${await readFile(killedBefore, 'utf8')}${isThere ? '' : ' while it is missing'}`);
    await sweepDrafts(root);
    const folder = join(root, 'show');
    const newFacts = await readFile(newFactsFile, 'utf8').then(JSON.parse, () => []);
    const isOld = (await recogniseFolder(folder, facts)) !== undefined;
    expect(isOld || (await recogniseFolder(folder, newFacts)) !== undefined).toBe(true);
    expect(await readdir(root)).toEqual(['show']);
    await write('next', isOld ? facts : newFacts, root);
    return isOld ? 'old' : 'new';
  }

  const found: string[] = [];
  for (let number = 1; found.at(-1) !== 'done'; number++) {
    const root = join(parent, String(number));
    await mkdir(root);
    found.push(await left(root, number));
  }
  // First always the one, then always the other.
  expect(found.join(' ')).toMatch(/^(old )+(new )+done$/);
  expect(steps).toContain('renameSync while it is missing');
}, 60_000);
