import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { buildPage } from './build-page.ts';

const REPOSITORY = join(import.meta.dirname, '../../../..');
/** The command line, as it is in this checkout. */
export const CLI = join(REPOSITORY, 'apps/cli/bin/run.js');

/** `cozecut serve` as a person runs it, with the built page. */
export interface RealServer {
  url: string;
  /** Folder it runs in, which is removed with it. */
  folder: string;
  /** Ends it, and starts it again at the same address. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

/** How it is started. */
interface ServerOptions {
  /** Settings; `FOLDER` in a value stands for the folder of the server. */
  env?: Readonly<Record<string, string>>;
  /** More arguments of `serve`. */
  args?: readonly string[];
  /** Texts to write into the folder first, by name, such as a `plugin.yaml`. */
  files?: Readonly<Record<string, string>>;
}

/** Starts the real server on a free port, with the built page and a store of its own. */
export async function startServer(options: ServerOptions = {}): Promise<RealServer> {
  await buildPage();
  const folder = mkdtempSync(join(tmpdir(), 'cozecut-web-'));
  for (const [name, text] of Object.entries(options.files ?? {})) writeFileSync(join(folder, name), text);
  let running = await run(folder, '0', options);
  const { url } = running;
  return {
    url,
    folder,
    async restart() {
      await running.stop();
      running = await run(folder, new URL(url).port, options);
    },
    async close() {
      await running.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function run(folder: string, port: string, { env = {}, args = [] }: ServerOptions) {
  const place = (text: string) => text.replaceAll('FOLDER', folder);
  const given = Object.entries(env).map(([name, value]) => [name, place(value)]);
  const child = spawn(
    process.execPath,
    ['--conditions=@cozecut/source', CLI, 'serve', '--port', port, '--json', ...args.map(place)],
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
  const stop = async () => {
    child.kill('SIGTERM');
    await ended;
  };
  const failed = ended.then(([code]) => Promise.reject(new Error(`serve ended with ${code}: ${stderr}`)));
  failed.catch(() => undefined);
  const ready = once(createInterface({ input: child.stdout }), 'line').then(([line]) => JSON.parse(line).url);
  try {
    return { url: (await Promise.race([ready, failed])) as string, stop };
  } catch (error) {
    await stop();
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

/** The environment without the settings of whoever runs the tests. */
function cleanEnvironment(): Record<string, string | undefined> {
  const settings = /^(?:COZE|PORT|DRAFT_ROOT|PLUGIN_|PUBLIC_|ENABLE_AUTH|APP_MODE|HTY_|LOCALAPPDATA)/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !settings.test(name)));
}
