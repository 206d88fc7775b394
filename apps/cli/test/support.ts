import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll } from 'vitest';

export const CLI = join(import.meta.dirname, '../bin/run.js');

/** How a run of `cozecut` ended. */
export interface Run {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Starts `cozecut` as a user would. */
export function start(args: string[], { cwd, env = {} }: { cwd: string; env?: Record<string, string> }) {
  return spawn(process.execPath, [CLI, ...args], { cwd, env: cleanEnvironment(env), stdio: 'pipe' });
}

/** Runs `cozecut` as a user would and waits for its end. */
export async function cozecut(
  args: string[],
  { cwd, env = {}, input = '' }: { cwd: string; env?: Record<string, string>; input?: string },
): Promise<Run> {
  const child = start(args, { cwd, env });
  const run = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk) => {
    run.stdout += chunk;
  });
  child.stderr.on('data', (chunk) => {
    run.stderr += chunk;
  });
  child.stdin.end(input);
  const [code] = await once(child, 'close');
  return { code, ...run };
}

/** Starts `cozecut serve` on a free port and hands its address, and what it logs, to `use`; the server is stopped afterwards. */
export async function withServer<T>(
  args: string[],
  options: { cwd: string; env?: Record<string, string> },
  use: (url: string, logged: () => string) => Promise<T>,
): Promise<T> {
  const child = spawn(process.execPath, [CLI, 'serve', '--port', '0', '--json', ...args], {
    cwd: options.cwd,
    env: cleanEnvironment(options.env ?? {}),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stderr = '';
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  const ended = once(child, 'close');
  const ready = once(createInterface({ input: child.stdout }), 'line').then(([line]) => JSON.parse(line).url);
  try {
    const url = await Promise.race([
      ready,
      ended.then(([code]) => Promise.reject(new Error(`serve ended with ${code}: ${stderr}`))),
    ]);
    return await use(url, () => stderr);
  } finally {
    child.kill('SIGTERM');
    await ended;
  }
}

/** Answer of an HTTP call with a JSON body. */
export async function post(url: string, body: unknown, headers: Record<string, string> = {}) {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  return {
    status: response.status,
    type: response.headers.get('content-type'),
    body: (await response.json()) as Record<string, unknown>,
  };
}

/** A new folder that is removed after the tests of the file. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'cozecut-cli-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Where programs under test keep what they read; whoever runs the tests has a cache of their own. */
const caches = mkdtempSync(join(tmpdir(), 'cozecut-cache-'));
process.on('exit', () => rmSync(caches, { recursive: true, force: true }));

/** The environment without the variables of whoever runs the tests, and with those given. */
export function cleanEnvironment(env: Record<string, string>): Record<string, string> {
  const kept = Object.entries(process.env).filter(
    ([name]) =>
      !/^(?:COZE|PORT|DRAFT_ROOT|PLUGIN_|PUBLIC_|ENABLE_AUTH|APP_MODE|LANG|LC_|FORCE_COLOR)/.test(name),
  );
  const own = Object.fromEntries(kept) as Record<string, string>;
  return { ...own, XDG_CACHE_HOME: caches, ...env };
}

/** Writes a plugin with the one tool `echo`, which says its `word` again; gives the path of its manifest. */
export function writeEchoes(folder: string): string {
  writeFileSync(join(folder, 'echo.js'), 'export const echo = ({ word }) => ({ word });');
  const file = join(folder, 'plugin.yaml');
  writeFileSync(
    file,
    `apiVersion: cozecut/v1
kind: Plugin
metadata: { name: echoes, version: 1.0.0 }
tools:
  - name: echo
    summary: Says a word again
    handler: ./echo.js#echo
    input: { type: object, properties: { word: { type: string, description: Word } } }
    output: { type: object, properties: { word: { type: string, description: Word } } }
`,
  );
  return file;
}
