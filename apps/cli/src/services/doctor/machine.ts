import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { constants, existsSync } from 'node:fs';
import { access, statfs } from 'node:fs/promises';
import { createServer } from 'node:net';
import { dirname } from 'node:path';
import { isAddress } from '@cozecut/manifest/loader';
import { findSettingProblems } from '../config.ts';
import { sizeText } from '../describe-install.ts';
import { fill } from '../fill.ts';
import { withStore } from '../store.ts';
import { storePlaces } from '../store-places.ts';
import { type CheckResult, failed, type Patient, type PatientWithPlugin } from './check.ts';

/** The oldest Node that reads the sources. */
const NODE = [22, 18] as const;
/** With less free space than this drafts with videos will not fit. */
const LITTLE_BYTES = 2_000_000_000;

/** The Node that runs this. */
export function checkNode({ texts }: Patient): CheckResult {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const isOk = major > NODE[0] || (major === NODE[0] && minor >= NODE[1]);
  const next = isOk ? {} : { next: fill(texts.doctorNodeNext, { wanted: NODE.join('.') }) };
  return { id: 'node', state: isOk ? 'ok' : 'fail', message: process.version, ...next };
}

/** The variables. */
export function checkSettings({ env, folder, texts }: Patient): CheckResult {
  const problems = findSettingProblems(env, folder);
  const [first] = problems;
  if (first === undefined) return { id: 'settings', state: 'ok', message: texts.settingsFine };
  const state = problems.some(({ severity }) => severity === 'error') ? 'fail' : 'warn';
  const more = problems.length > 1 ? ` (+${problems.length - 1})` : '';
  return { id: 'settings', state, message: first.message + more, next: 'cozecut config check' };
}

/** Whether the store can be opened, and what is free where it is. A store that is not there yet is not made. */
export async function checkStore({ plugin, env, folder, texts }: PatientWithPlugin): Promise<CheckResult> {
  const { location } = storePlaces({ plugin, env, folder });
  const id = 'store';
  try {
    if (isAddress(location)) {
      const status = await withStore({ plugin, env, folder }, (store) => store.status());
      return { id, state: 'ok', message: `${status.engine} ${status.schema}` };
    }
    const isThere = existsSync(location);
    const there = isThere ? location : existingAbove(location);
    await access(there, constants.W_OK);
    const { bavail, bsize } = await statfs(there);
    const free = bavail * bsize;
    if (isThere) await withStore({ plugin, env, folder }, (store) => store.status());
    const words = isThere ? texts.doctorStore : texts.doctorStoreNew;
    const message = fill(words, { path: location, free: sizeText(free) });
    return free < LITTLE_BYTES
      ? { id, state: 'warn', message, next: fill(texts.doctorFreeNext, { path: there }) }
      : { id, state: 'ok', message };
  } catch (error) {
    return failed(id, error, texts.doctorStoreNext);
  }
}

function existingAbove(path: string): string {
  const above = dirname(path);
  return existsSync(above) || above === path ? above : existingAbove(above);
}

/** Whether a server could listen where the deployment says; a server of ours that does already is fine. */
export async function checkPort({ plugin, texts }: PatientWithPlugin): Promise<CheckResult> {
  const { host, port } = plugin.deployment.server;
  const id = 'port';
  const place = `${host}:${port}`;
  const code = await tryToListen(host, port);
  if (code === undefined) return { id, state: 'ok', message: fill(texts.doctorPortFree, { place }) };
  if (code === 'EADDRINUSE' && (await isOurs(host, port))) {
    return { id, state: 'ok', message: fill(texts.doctorPortOurs, { place }) };
  }
  const words = code === 'EADDRINUSE' ? texts.doctorPortBusy : texts.doctorPortRefused;
  return { id, state: 'fail', message: fill(words, { place, code }), next: 'cozecut serve --port 0' };
}

async function tryToListen(host: string, port: number): Promise<string | undefined> {
  const server = createServer();
  try {
    server.listen(port, host);
    await once(server, 'listening');
    return undefined;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? 'UNKNOWN';
  } finally {
    server.close();
  }
}

async function isOurs(host: string, port: number): Promise<boolean> {
  const name =
    host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '[::1]' : host.includes(':') ? `[${host}]` : host;
  try {
    const response = await fetch(`http://${name}:${port}/livez`, { signal: AbortSignal.timeout(3_000) });
    const body = (await response.json()) as { plugin?: unknown; success?: unknown } | null;
    return response.ok && body?.success === true;
  } catch {
    return false;
  }
}

/** ffprobe is used by nothing here; people compare with it. */
export async function checkFfprobe({ texts }: Patient): Promise<CheckResult> {
  const child = spawn('ffprobe', ['-version'], { stdio: ['ignore', 'pipe', 'ignore'], timeout: 5_000 });
  let output = '';
  child.stdout.on('data', (chunk) => {
    output += chunk;
  });
  const [code] = await once(child, 'close').catch(() => [undefined]);
  const version = /^ffprobe version (\S+)/.exec(output)?.[1];
  return code === 0 && version !== undefined
    ? { id: 'ffprobe', state: 'ok', message: version }
    : { id: 'ffprobe', state: 'skip', message: texts.doctorNoFfprobe };
}
