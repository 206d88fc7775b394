/**
 * Media hosts that send one byte a second: what other calls of the built server take meanwhile, beside the same calls
 * before, and when the calls that wait for the hosts end.
 * Usage: `npm run bench -w tools -- slow-hosts [HOSTS] [SECONDS]`
 */
import { once } from 'node:events';
import { mkdtempSync, openSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readContainer } from './container.ts';
import { type Load, load, type Shot } from './load.ts';
import { buildCli, cozecut, machine } from './programs.ts';
import { startServer } from './server-process.ts';

const hosts = Number(process.argv[2] ?? 45);
const seconds = Number(process.argv[3] ?? 20);
const GOAL_MS = 100;
const TOOLS = '/coze/plugin/v1';

/** Sends its headers at once, and then a byte each second for as long as anybody listens. */
async function dripping(): Promise<{ origin: string; server: Server }> {
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'video/mp4', 'content-length': 1_000_000 });
    const timer = setInterval(() => response.write('x'), 1_000);
    response.once('close', () => clearInterval(timer));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server };
}

interface SlowCall {
  ms: number;
  status: number;
  code: string | undefined;
}

const folder = mkdtempSync(join(tmpdir(), 'cozecut-bench-'));
const container = readContainer();
try {
  buildCli();
  const server = await startServer([...container.nodeOptions, ...cozecut('serve', '--port', '0', '--json')], {
    cwd: folder,
    env: {
      PATH: process.env.PATH,
      HOME: folder,
      ...container.env,
      COZECUT_STORE: join(folder, 'store'),
      COZECUT_EGRESS_ALLOW: '127.0.0.1',
    },
    log: openSync(join(folder, 'log'), 'w'),
  });
  const create = (): Shot => ({
    method: 'POST',
    path: `${TOOLS}/drafts`,
    body: { width: 1080, height: 1920 },
  });
  const others = (lasting: number) =>
    load(server.url, { amount: { seconds: lasting }, connections: 1 }, create);
  const askAbout = async (url: string): Promise<SlowCall> => {
    const started = performance.now();
    const response = await fetch(`${server.url}${TOOLS}/helpers/get-media-info`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ url }),
    });
    const { error_code: code } = (await response.json()) as { error_code?: string };
    return { ms: performance.now() - started, status: response.status, code };
  };

  await others(2);
  const alone = await others(seconds / 2);
  const slow = await Promise.all(Array.from({ length: hosts }, dripping));
  const waiting = Promise.all(slow.map(({ origin }) => askAbout(`${origin}/film.mp4`)));
  const beside = await others(seconds);
  const ended = await waiting;
  await server.stop();
  for (const { server: host } of slow) host.closeAllConnections();
  for (const { server: host } of slow) host.close();

  const row = (name: string, { perSecond, p50Ms, p99Ms }: Load) =>
    `| ${name} | ${perSecond.toFixed(0)} | ${p50Ms.toFixed(1)} | ${p99Ms.toFixed(1)} | ${(p99Ms / alone.p99Ms).toFixed(1)} |`;
  console.log(`create_draft beside ${hosts} hosts that drip; ${machine()}\n`);
  console.log('| | a second | p50 ms | p99 ms | × alone |\n|---|--:|--:|--:|--:|');
  console.log(row('alone', alone));
  console.log(row(`beside ${hosts} slow calls`, beside));
  console.log(`\n${beside.p99Ms <= GOAL_MS ? 'met' : 'NOT met'}: p99 at most ${GOAL_MS} ms`);
  const [first, last] = [Math.min, Math.max].map((least) => least(...ended.map(({ ms }) => ms)) / 1000);
  const answers = Map.groupBy(ended, ({ status, code }) => `${status} ${code ?? 'success'}`);
  const told = [...answers].map(([answer, calls]) => `${calls.length} × ${answer}`).join(', ');
  console.log(`the slow calls ended after ${first!.toFixed(1)} to ${last!.toFixed(1)} s: ${told}`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
