import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, watch, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';

/** For each of two draft roots. */
const KILLS = 100;
const SCRIPT = join(import.meta.dirname, 'support/install-when-told.ts');
const JOURNAL = '.cozecut-install.json';
const NAMES = ['First', 'Second', 'Third'];
// biome-ignore lint/suspicious/noExplicitAny: what is read back has no types
type Loose = any;

let folder: string;
const children = new Set<ChildProcess>();
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'install-killed-'));
});
afterEach(async () => {
  for (const child of children) child.kill('SIGKILL');
  await rm(folder, { recursive: true, force: true });
});

/** A draft with a few files that all say which draft they belong to. */
async function makeSource(mark: string): Promise<string> {
  const source = join(folder, mark);
  await mkdir(join(source, 'assets/video'), { recursive: true });
  const token = '##_draftpath_placeholder_0E685133-18CE-45ED-8CB8-2904A212EC80_##';
  const videos = [];
  for (let index = 0; index < 6; index++) {
    await writeFile(join(source, `assets/video/${index}.mp4`), mark.repeat(20_000 + index));
    videos.push({ id: `m${index}`, type: 'video', path: `${token}/assets/video/${index}.mp4`, duration: 5 });
  }
  const platform = { app_id: 3704, app_source: 'lv', app_version: '5.9.0', os: 'windows' };
  const text = JSON.stringify({ id: mark, platform, mark, materials: { videos }, tracks: [] });
  for (const name of ['draft_content.json', 'draft_info.json']) await writeFile(join(source, name), text);
  await writeFile(join(source, 'draft_meta_info.json'), JSON.stringify({ draft_id: mark, mark }));
  return source;
}

/** Which draft a folder holds, when it is whole; else what is wrong with it. */
async function markOf(draft: string, id: unknown): Promise<string> {
  const read = async (name: string): Promise<Loose> => JSON.parse(await readFile(join(draft, name), 'utf8'));
  try {
    const [content, info, meta] = [
      await read('draft_content.json'),
      await read('draft_info.json'),
      await read('draft_meta_info.json'),
    ];
    if (JSON.stringify(content) !== JSON.stringify(info) || meta.mark !== content.mark) return 'mixed';
    if (id !== undefined && meta.draft_id !== id) return `listed as ${String(id)}, is ${meta.draft_id}`;
    for (const [index, { path }] of content.materials.videos.entries()) {
      if (path !== `${draft}/assets/video/${index}.mp4`) return `path ${path}`;
      if ((await readFile(path, 'utf8')) !== content.mark.repeat(20_000 + index)) return `torn ${path}`;
    }
    return content.mark;
  } catch (error) {
    return String(error);
  }
}

class Root {
  readonly path: string;
  /** Kills after which there was a journal. */
  journals = 0;
  /** Kills that struck while the former draft was out of its place. */
  betweenRenames = 0;
  /** Kills after which a draft was there and not listed. */
  unlisted = 0;
  #next: Promise<ChildProcess> | undefined;

  constructor(path: string) {
    this.path = path;
  }

  /** A process that has loaded everything and waits. */
  async worker(): Promise<ChildProcess> {
    const start = async (): Promise<ChildProcess> => {
      const args = ['--conditions=@cozecut/source', SCRIPT, this.path];
      // What is compiled once is not compiled again, which is most of the time of a short process.
      const env = { ...process.env, NODE_COMPILE_CACHE: join(folder, 'cache') };
      const child = spawn(process.execPath, args, { env, stdio: ['pipe', 'pipe', 'inherit'] });
      children.add(child);
      child.once('close', () => children.delete(child));
      await once(createInterface({ input: child.stdout! }), 'line');
      return child;
    };
    const ready = await (this.#next ?? start());
    this.#next = start();
    return ready;
  }

  /** Waits until an install has begun to change what the app sees. */
  async journal(signal: AbortSignal): Promise<void> {
    await mkdir(this.path, { recursive: true });
    try {
      for await (const { filename } of watch(this.path, { signal })) if (filename === JOURNAL) return;
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  }

  async index(): Promise<Loose[]> {
    const file = join(this.path, 'root_meta_info.json');
    return existsSync(file) ? JSON.parse(await readFile(file, 'utf8')).all_draft_store : [];
  }

  /** Everything that the app would see is whole. */
  async check(): Promise<void> {
    const names = await readdir(this.path).catch((): string[] => []);
    const entries = await this.index();
    if (names.includes(JOURNAL)) this.journals++;
    expect(new Set(entries.map((entry) => entry.draft_fold_path)).size).toBe(entries.length);
    for (const { draft_fold_path: draft, draft_id: id, draft_name: title } of entries) {
      if (!existsSync(draft)) {
        // The one moment without the draft: the former one is whole, and the journal says so.
        this.betweenRenames++;
        const kept = names.filter((name) => name.startsWith('.cozecut-replaced-'));
        expect(names).toContain(JOURNAL);
        expect(kept).toHaveLength(1);
        const [name] = kept as [string];
        expect((await readdir(join(this.path, name, title))).length).toBe(4);
      } else expect(['a', 'b']).toContain(await markOf(draft, id));
    }
    for (const name of names.filter((one) => !one.startsWith('.') && !one.startsWith('root_meta_info'))) {
      expect(['a', 'b']).toContain(await markOf(join(this.path, name), undefined));
      if (!entries.some((entry) => entry.draft_name === name)) this.unlisted++;
    }
  }
}

test('an install that is killed leaves the former draft or the new one, and the next one clears up', async () => {
  const sources = [await makeSource('a'), await makeSource('b')];
  let done = 0;
  const work = async (root: Root, seed: number): Promise<void> => {
    // Times of an install on this machine, so that kills strike all of it: of the whole, and from its journal on.
    let [wholeMs, swapMs] = [0, 0];
    const install = async (source: string, name: string, kill?: { part: number; inSwap: boolean }) => {
      const child = await root.worker();
      const closed = once(child, 'close');
      const isDone = Promise.race([once(child.stdout!, 'data'), closed]);
      const watching = new AbortController();
      const journal = root.journal(watching.signal);
      const start = performance.now();
      child.stdin!.write(`${source}\t${name}\n`);
      if (kill === undefined) {
        await Promise.race([journal, isDone]);
        const swap = performance.now();
        await isDone;
        [wholeMs, swapMs] = [performance.now() - start, performance.now() - swap];
      } else {
        if (kill.inSwap) await Promise.race([journal, closed]);
        await Promise.race([setTimeout(kill.part * (kill.inSwap ? swapMs : wholeMs)), isDone]);
        child.kill('SIGKILL');
      }
      const [code] = await closed;
      watching.abort();
      // The machine has other things to do as well: too late is told by an install that was done.
      const scale = code === 0 ? 0.85 : 1.03;
      if (kill?.inSwap) swapMs *= scale;
      else if (kill !== undefined) wholeMs *= scale;
      if (kill === undefined) expect(code).toBe(0);
      return code === 0;
    };
    await install(sources[1]!, NAMES[0]!);
    await install(sources[0]!, NAMES[0]!);
    for (let kill = 0; kill < KILLS; kill++) {
      const source = sources[(kill + seed) % 2]!;
      const name = NAMES[kill % NAMES.length]!;
      // Spread evenly over the time that an install takes, in an order that is the same each time.
      const part = ((kill * 61 + seed * 31) % KILLS) / KILLS;
      if (await install(source, name, { part, inSwap: kill % 2 === 1 })) done++;
      await root.check();
      if (kill % 15 !== 14) continue;
      await install(source, name);
      await root.check();
      const listed = (await root.index()).map((entry) => entry.draft_name).sort();
      const names = (await readdir(root.path)).filter((one) => !/^root_meta_info/.test(one)).sort();
      expect(names).toEqual(listed);
      expect(await markOf(join(root.path, name), undefined)).toBe(source.slice(-1));
    }
  };
  const roots = [new Root(join(folder, 'one')), new Root(join(folder, 'two'))];
  await Promise.all(roots.map((root, index) => work(root, index)));
  const seen = roots.map(({ betweenRenames, unlisted, journals }) => ({
    betweenRenames,
    unlisted,
    journals,
  }));
  // A test that only kills processes that have nothing to do any more, or nothing yet, shows nothing.
  expect({
    isEarly: done < KILLS,
    isLate: seen.some(({ journals }) => journals > 0),
    seen,
    done,
  }).toMatchObject({
    isEarly: true,
    isLate: true,
  });
}, 600_000);
