import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { buildPage } from './build-page.ts';

const REPOSITORY = join(import.meta.dirname, '../../../..');
const CLI = join(REPOSITORY, 'apps/cli/bin/run.js');

/** `cozecut serve` as a person runs it, with the built page. */
export interface RealServer {
  url: string;
  /** Folder it runs in, which is removed with it. */
  folder: string;
  close(): Promise<void>;
}

/**
 * Starts the real server on a free port, with the built page and a store of its own.
 *
 * @param options.env - Settings; `FOLDER` in a value stands for the folder of the server.
 * @param options.args - More arguments of `serve`.
 * @param options.files - Texts to write into the folder first, by name, such as a `plugin.yaml`.
 */
export async function startServer(
  options: {
    env?: Readonly<Record<string, string>>;
    args?: readonly string[];
    files?: Readonly<Record<string, string>>;
  } = {},
): Promise<RealServer> {
  await buildPage();
  const folder = mkdtempSync(join(tmpdir(), 'cozecut-web-'));
  for (const [name, text] of Object.entries(options.files ?? {})) writeFileSync(join(folder, name), text);
  const place = (text: string) => text.replaceAll('FOLDER', folder);
  const given = Object.entries(options.env ?? {}).map(([name, value]) => [name, place(value)]);
  const child = spawn(
    process.execPath,
    [
      '--conditions=@cozecut/source',
      CLI,
      'serve',
      '--port',
      '0',
      '--json',
      ...(options.args ?? []).map(place),
    ],
    {
      cwd: folder,
      env: { ...cleanEnvironment(), HOME: folder, ...Object.fromEntries(given) },
      stdio: 'pipe',
    },
  );
  let stderr = '';
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  const ended = once(child, 'close');
  const ready = once(createInterface({ input: child.stdout }), 'line').then(([line]) => JSON.parse(line).url);
  const close = async () => {
    child.kill('SIGTERM');
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  const failed = ended.then(([code]) => Promise.reject(new Error(`serve ended with ${code}: ${stderr}`)));
  failed.catch(() => undefined);
  try {
    return { url: await Promise.race([ready, failed]), folder, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The environment without the settings of whoever runs the tests. */
function cleanEnvironment(): Record<string, string | undefined> {
  const settings = /^(?:COZE|PORT|DRAFT_ROOT|PLUGIN_|PUBLIC_|ENABLE_AUTH|APP_MODE|HTY_|LOCALAPPDATA)/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !settings.test(name)));
}
