import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  appendFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  statfsSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { makePng } from '@cozecut/tools/sample-media';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { CLI, cleanEnvironment, post, temporaryFolder } from './support.ts';

/** Small disks in memory, in a place of their own: no rights are needed where the system lets everybody make one. */
const OWN_PLACE = ['unshare', '--user', '--map-root-user', '--mount'];
const DISKS = { store: '8m', blobs: '4m', drafts: '2m', cache: '4m' } as const;
type Disk = keyof typeof DISKS;

function whyNot(): string | undefined {
  if (process.platform !== 'linux') return 'only Linux mounts disks in memory';
  const { status, stderr, error } = spawnSync(
    OWN_PLACE[0]!,
    [...OWN_PLACE.slice(1), 'sh', '-c', 'mount -t tmpfs -o size=64k tmpfs /mnt && command -v nsenter'],
    { encoding: 'utf8' },
  );
  return status === 0 ? undefined : `no disk can be mounted here: ${error?.message ?? stderr.trim()}`;
}

const reason = whyNot();
if (reason !== undefined) console.log(`full-disk.test.ts is skipped: ${reason}`);

// biome-ignore lint/suspicious/noExplicitAny: answers of tools are looked into at any depth
type Any = any;

describe.skipIf(reason !== undefined)('a disk that is full', () => {
  const home = temporaryFolder();
  const diskAt = (disk: Disk) => join(home, disk === 'cache' ? 'store/cache' : disk);
  const env = {
    COZECUT_STORE: diskAt('store'),
    COZECUT_BLOBS: diskAt('blobs'),
    DRAFT_ROOT: diskAt('drafts'),
    COZECUT_EGRESS_ALLOW: '127.0.0.1',
  };
  const media = createServer((request, response) => {
    const size = Number(/\d+/.exec(request.url ?? '')?.[0] ?? 8);
    response.end(makePng(size, size, (x, y) => [(x * 7 + y) % 256, (y * 13) % 256, (x * y) % 256]));
  });
  let holder: ChildProcess;
  let server: ChildProcess;
  let url: string;

  beforeAll(async () => {
    media.listen(0, '127.0.0.1');
    await once(media, 'listening');
    const mounts = (Object.keys(DISKS) as Disk[]).map(
      (disk) => `mkdir -p '${diskAt(disk)}' && mount -t tmpfs -o size=${DISKS[disk]} tmpfs '${diskAt(disk)}'`,
    );
    const [program, ...args] = OWN_PLACE;
    // Whoever reads to the end of its input keeps the disks.
    holder = spawn(program!, [...args, 'sh', '-c', `${mounts.join(' && ')} && echo ready && cat`], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    await once(createInterface({ input: holder.stdout! }), 'line');
    await begin();
  });
  // A fault that nobody has named would be told with its stack.
  afterAll(() => expect(log).not.toContain('INTERNAL'));
  afterAll(async () => {
    server.kill('SIGKILL');
    holder.kill('SIGKILL');
    media.close();
  });
  beforeEach(() => {
    for (const disk of Object.keys(DISKS) as Disk[]) free(disk);
  });

  let log = '';

  async function begin(): Promise<void> {
    const into = ['-t', String(holder.pid), '--user', '--mount', '--preserve-credentials'];
    const command = [process.execPath, CLI, 'serve', '--port', '0', '--json'];
    server = spawn('nsenter', [...into, `--wdns=${home}`, ...command], {
      cwd: home,
      env: cleanEnvironment(env),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    server.stderr!.on('data', (chunk) => {
      log += chunk;
    });
    const [line] = await once(createInterface({ input: server.stdout! }), 'line');
    url = JSON.parse(line).url;
  }

  /** A place on a disk, seen from here. */
  const seen = (disk: Disk, ...path: string[]) => join(`/proc/${holder.pid}/root${diskAt(disk)}`, ...path);
  const filler = (disk: Disk) => seen(disk, 'filler');

  /** Fills a disk up to so many bytes. */
  function fill(disk: Disk, left = 0): void {
    const { bavail, bsize } = statfsSync(seen(disk));
    try {
      writeFileSync(filler(disk), Buffer.alloc(Math.max(0, bavail * bsize - left)));
      while (left === 0) appendFileSync(filler(disk), Buffer.alloc(4096));
    } catch (error) {
      // The server writes as well, so that the first of the two may meet the end already.
      expect(error).toMatchObject({ code: 'ENOSPC' });
    }
  }
  const free = (disk: Disk) => rmSync(filler(disk), { force: true });

  const rest = (path: string, body: object) => post(`${url}/v1/${path}`, body);
  const coze = async (path: string, body: object): Promise<Any> => {
    const { status, body: answer } = await post(`${url}/coze/plugin/v1/${path}`, body);
    expect(status).toBe(200);
    return answer;
  };
  const get = async (path: string): Promise<Any> => (await fetch(`${url}/v1/${path}`)).json();
  async function run(path: string, body: object): Promise<Any> {
    const answer = await coze(path, body);
    if (answer.success !== true) throw new Error(`${path}: ${JSON.stringify(answer)}`);
    return answer;
  }
  async function isFull(path: string, body: object): Promise<void> {
    expect([path, await rest(path, body)]).toMatchObject([
      path,
      { status: 507, body: { code: 'DISK_FULL' } },
    ]);
    expect(await coze(path, body)).toMatchObject({ success: false, error_code: 'DISK_FULL' });
  }
  const caption = (id: string, text: string) =>
    run(`drafts/${id}/captions`, { captions: [{ text, start: 0, end: 1_000_000 }] });
  const picture = (size: number) => `http://127.0.0.1:${(media.address() as AddressInfo).port}/${size}.png`;
  const textsIn = (name: string): number =>
    JSON.parse(readFileSync(seen('drafts', name, 'draft_content.json'), 'utf8')).materials.texts.length;
  const zipOf = async (saved: Any) => (await fetch(new URL(saved.zip_url, url))).status;

  test('of drafts: the former folder stays, nothing is half-written, and there is a save when there is room', async () => {
    const { draft_id: id } = await run('drafts', { name: 'show' });
    await caption(id, 'one');
    const former = await run(`drafts/${id}/save`, {});
    await caption(id, 'two');
    fill('drafts');
    await isFull(`drafts/${id}/save`, {});
    const { draft_id: fresh } = await run('drafts', { name: 'fresh' });
    await isFull(`drafts/${fresh}/save`, {});
    expect(readdirSync(seen('drafts')).toSorted()).toEqual(['filler', 'show']);
    expect(textsIn('show')).toBe(1);
    expect(await zipOf(former)).toBe(200);
    free('drafts');
    expect(await zipOf(await run(`drafts/${id}/save`, {}))).toBe(200);
    expect(textsIn('show')).toBe(2);
    await run(`drafts/${fresh}/save`, {});
  });

  test('of files: no zip is answered that is not there, and the draft of the save before stays', async () => {
    const { draft_id: id } = await run('drafts', { name: 'zipped' });
    await caption(id, 'one');
    const former = await run(`drafts/${id}/save`, {});
    await caption(id, 'two');
    fill('blobs');
    await isFull(`drafts/${id}/save`, {});
    const { draft_id: fresh } = await run('drafts', { name: 'unzipped' });
    await isFull(`drafts/${fresh}/save`, {});
    expect(existsSync(seen('drafts', 'unzipped'))).toBe(false);
    expect(textsIn('zipped')).toBe(1);
    expect(await zipOf(former)).toBe(200);
    expect(readdirSync(seen('store', 'archives'))).toEqual([]);
    free('blobs');
    const saved = await run(`drafts/${id}/save`, {});
    expect(saved).toMatchObject({ clips: 2 });
    expect(await zipOf(saved)).toBe(200);
    expect(textsIn('zipped')).toBe(2);
  });

  test('of downloads: the draft stays as it is, and no half of a file is used later', async () => {
    const { draft_id: id } = await run('drafts', { name: 'film' });
    const image_infos = [{ image_url: picture(600), start: 0, end: 1_000_000 }];
    await run(`drafts/${id}/images`, { image_infos });
    fill('cache', 16 * 1024);
    await isFull(`drafts/${id}/save`, {});
    expect(existsSync(seen('drafts', 'film'))).toBe(false);
    free('cache');
    const saved = await run(`drafts/${id}/save`, {});
    const [name] = readdirSync(seen('drafts', 'film'), { recursive: true, encoding: 'utf8' }).filter((one) =>
      one.endsWith('.png'),
    );
    const whole = Buffer.from(await (await fetch(picture(600))).arrayBuffer());
    expect(readFileSync(seen('drafts', 'film', name!)).equals(whole)).toBe(true);
    expect(await zipOf(saved)).toBe(200);
  });

  test('of the database: what was answered is there after a kill, what was refused is not', async () => {
    const made = new Map<string, string>();
    const refused: string[] = [];
    fill('store', 512 * 1024);
    const captions = Array.from({ length: 200 }, (_, at) => ({
      text: `text ${at}`,
      start: at * 100_000,
      end: (at + 1) * 100_000,
    }));
    /** Makes drafts until one is refused; there may be room in what the database has already. */
    async function untilRefused(send: (path: string, body: object) => Promise<Any>): Promise<Any> {
      for (let count = 0; count < 500; count++) {
        const name = `draft ${made.size} ${refused.length}`;
        const answer = await send('drafts', { name });
        if (answer.draft_id === undefined) {
          refused.push(name);
          return answer;
        }
        made.set(answer.draft_id, name);
        await send(`drafts/${answer.draft_id}/captions`, { captions });
      }
      throw new Error('the disk never got full');
    }
    const plain = async (path: string, body: object) => (await rest(path, body)).body;
    expect(await untilRefused(plain)).toMatchObject({ status: 507, code: 'DISK_FULL' });
    fill('store');
    expect(await untilRefused(plain)).toMatchObject({ status: 507, code: 'DISK_FULL' });
    expect(await untilRefused(coze)).toMatchObject({ success: false, error_code: 'DISK_FULL' });
    // What is there can be read.
    for (const [id, name] of made) expect(await get(`drafts/${id}`)).toMatchObject({ draft_id: id, name });
    expect((await fetch(`${url}/livez`)).status).toBe(200);
    const before = (await get('drafts?limit=1')).total;

    server.kill('SIGKILL');
    await once(server, 'exit');
    free('store');
    await begin();
    expect((await get('drafts?limit=1')).total).toBe(before);
    for (const [id, name] of made) expect(await get(`drafts/${id}`)).toMatchObject({ draft_id: id, name });
    for (const name of refused) {
      const { drafts } = await get(`drafts?q=${encodeURIComponent(name)}`);
      expect(drafts.map((draft: Any) => draft.name)).not.toContain(name);
    }
    const { draft_id: id } = await run('drafts', { name: 'again' });
    await caption(id, 'one');
    expect(await zipOf(await run(`drafts/${id}/save`, {}))).toBe(200);
  });

  test('of the database, made free: the server goes on without a new start', async () => {
    const { draft_id: id } = await run('drafts', { name: 'goes on' });
    fill('store');
    let refused = false;
    for (let count = 0; !refused && count < 200; count++)
      refused =
        (await rest(`drafts/${id}/captions`, { captions: [{ text: 'x'.repeat(9000), start: 0, end: 1 }] }))
          .status === 507;
    expect(refused).toBe(true);
    await isFull(`drafts/${id}/save`, {});
    expect(existsSync(seen('drafts', 'goes on'))).toBe(false);
    const { revision } = await get(`drafts/${id}`);
    free('store');
    await caption(id, 'one');
    expect((await get(`drafts/${id}`)).revision).toBe(revision + 1);
    expect(await zipOf(await run(`drafts/${id}/save`, {}))).toBe(200);
  });
});
