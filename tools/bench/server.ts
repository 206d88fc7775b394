/**
 * The built server under load, beside an empty express server, in turn on the same processors. The scenarios are those
 * that other servers were measured with.
 * Usage: `npm run bench -w tools -- server [ROUNDS] [CONNECTIONS]`
 */
import { mkdtempSync, openSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { readContainer } from './container.ts';
import { type Amount, type Load, load, type Shot } from './load.ts';
import { buildCli, cozecut, machine } from './programs.ts';
import { type ServerProcess, startServer } from './server-process.ts';

const rounds = Number(process.argv[2] ?? 3);
const connections = Number(process.argv[3] ?? 16);
/** Drafts that are changed and saved; each connection has some of them for itself. */
const DRAFTS = 64;
const TOOLS = '/coze/plugin/v1';
/** How the container starts it. */
const container = readContainer();
const SERVE = [...container.nodeOptions, ...cozecut('serve', '--port', '0', '--json')];

interface Figure extends Load {
  cpuMs: number;
  answeringMs: number;
}

const rows = new Map<string, { goal: number | undefined; figures: Figure[] }>();
const peaks: number[] = [];
const folder = mkdtempSync(join(tmpdir(), 'cozecut-bench-'));

const captions = (count: number) =>
  JSON.stringify(
    Array.from({ length: count }, (_, index) => ({
      start: index * 1_000_000,
      end: (index + 1) * 1_000_000,
      text: `字幕 caption ${index}`,
    })),
  );
const ONE = captions(1);
const HUNDRED = captions(100);

/** Sends requests and notes what they came to; every body must say that it worked. */
async function run(
  server: ServerProcess,
  name: string,
  goal: number | undefined,
  amount: Amount,
  shot: (index: number, lane: number) => Shot,
): Promise<unknown[]> {
  const before = { cpuMs: server.cpuMs(), answeringMs: server.answeringMs() };
  const done = await load(server.url, { amount, connections }, shot);
  for (const body of done.bodies as { error_code?: string; message?: string }[]) {
    if (body.error_code) throw new Error(`${name}: ${body.error_code}: ${body.message}`);
  }
  const row = rows.get(name) ?? { goal, figures: [] };
  const each = (spent: number) => spent / done.bodies.length;
  row.figures.push({
    ...done,
    cpuMs: each(server.cpuMs() - before.cpuMs),
    answeringMs: each(server.answeringMs() - before.answeringMs),
  });
  rows.set(name, row);
  return done.bodies;
}

const post = (path: string, body: unknown): Shot => ({ method: 'POST', path: TOOLS + path, body });

async function hello(round: number): Promise<void> {
  const server = await start([join(import.meta.dirname, 'hello.js')], `hello-${round}`);
  const get = () => ({ method: 'POST', path: '/', body: {} });
  await run(server, 'express hello world', undefined, { count: 8_000 }, get);
  await server.stop();
}

async function ours(round: number): Promise<void> {
  const server = await start(SERVE, `store-${round}`);
  const create = () => post('/drafts', { width: 1080, height: 1920 });
  const made = (await run(server, 'create_draft', 1_500, { seconds: 6 }, create)) as { draft_id: string }[];
  /** The draft that a request works on: each connection takes those that it has for itself in turn. */
  const own = (first: number, index: number, lane: number) => {
    const mine = Math.max(1, Math.floor(DRAFTS / connections));
    return made[first + lane * mine + (Math.floor(index / connections) % mine)]!.draft_id;
  };
  const save = (index: number, lane: number, input: object = {}) =>
    post(`/drafts/${own(0, index, lane)}/save`, input);
  const add = (first: number, captions: string) => (index: number, lane: number) =>
    post(`/drafts/${own(first, index, lane)}/captions`, { captions });
  const times = (count: number): Amount => ({ count: count * DRAFTS });

  const timelines = () => post('/helpers/timelines', { duration: 20_000_000, num: 20, start: 0, type: 0 });
  await run(server, 'timelines of 20 parts, no draft', undefined, { seconds: 3 }, timelines);
  await run(server, 'add_captions, 1 caption', 1_500, times(20), add(0, ONE));
  await run(server, 'save_draft, 20 tracks, 20 times each', 600, times(20), save);
  await run(server, 'add_captions, 100 captions', 300, times(2), add(DRAFTS, HUNDRED));
  await run(server, 'add_captions, 1 caption, one draft', 500, { count: 200 }, () =>
    post(`/drafts/${made[2 * DRAFTS]!.draft_id}/captions`, { captions: ONE }),
  );
  peaks.push(server.peakMb());

  // What the scenarios leave out: each of these writes a folder and a zip.
  await run(server, 'save_draft into a new folder', undefined, times(4), (index, lane) =>
    save(index, lane, { output_folder: `new-${index}` }),
  );
  for (let count = 0; count < 4; count++) {
    await load(server.url, { amount: times(1), connections }, add(0, ONE));
    await run(server, 'save_draft after a change', undefined, times(1), save);
  }
  await server.stop();
}

function start(args: readonly string[], name: string): Promise<ServerProcess> {
  const env = {
    PATH: process.env.PATH,
    HOME: folder,
    ...container.env,
    COZECUT_STORE: join(folder, name),
    DRAFT_ROOT: join(folder, `${name}-drafts`),
  };
  // For looking at where the time goes.
  const options = (process.env.BENCH_NODE_OPTIONS ?? '').split(' ').filter((option) => option !== '');
  return startServer([...options, ...args], {
    cwd: folder,
    env,
    log: openSync(join(folder, `${name}.log`), 'w'),
  });
}

try {
  buildCli();
  const loads: number[] = [];
  for (let round = 0; round < rounds; round++) {
    loads.push(loadavg()[0]!);
    await hello(round);
    await ours(round);
  }
  print(loads);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function print(loads: readonly number[]): void {
  const middle = (values: number[]) => values.toSorted((a, b) => a - b)[values.length >> 1]!;
  const of = (figures: Figure[], key: keyof Omit<Figure, 'bodies'>) =>
    middle(figures.map((figure) => figure[key]));
  const reference = of(rows.get('express hello world')!.figures, 'perSecond');
  const load = loads.map((value) => value.toFixed(0)).join(', ');
  console.log(
    `Server, ${connections} connections, median of ${rounds}, each with a new process and store; ${machine()}; load ${load}\n`,
  );
  console.log(
    '| | a second | least–most | × hello | p50 ms | p99 ms | CPU ms each | of the thread that answers | goal |',
  );
  console.log('|---|--:|--:|--:|--:|--:|--:|--:|---|');
  for (const [name, { goal, figures }] of rows) {
    const rates = figures.map(({ perSecond }) => perSecond);
    const rate = middle(rates);
    const cells = [
      name,
      rate.toFixed(0),
      `${Math.min(...rates).toFixed(0)}–${Math.max(...rates).toFixed(0)}`,
      (rate / reference).toFixed(2),
      of(figures, 'p50Ms').toFixed(1),
      of(figures, 'p99Ms').toFixed(1),
      of(figures, 'cpuMs').toFixed(2),
      of(figures, 'answeringMs').toFixed(2),
      goal === undefined ? '' : `${goal}: ${rate >= goal ? 'met' : 'NOT met'}`,
    ];
    console.log(`| ${cells.join(' | ')} |`);
  }
  const peak = Math.max(...peaks);
  console.log(
    `\nlargest memory of the server ${peak.toFixed(0)} MB (goal: 200): ${peak <= 200 ? 'met' : 'NOT met'}`,
  );
}
