import { execFile, type SpawnOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync, globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';

/** A server of PostgreSQL that belongs to one test file. */
export interface Postgres {
  /** Address of a new and empty database. */
  createDatabase(): Promise<string>;
  /** Ends the server as a power cut would, and starts it again. */
  crash(): Promise<void>;
  stop(): Promise<void>;
}

/** Whether a server can be started on this machine. */
export const hasPostgres: boolean = programs() !== undefined;

/**
 * Starts a server in a temporary folder; it is reached by a socket in there, so no port can be taken.
 *
 * @param options.isDurable - Whether it waits for the disk, as servers do; what is not about that is faster without.
 */
export async function startPostgres({ isDurable }: { isDurable: boolean }): Promise<Postgres> {
  const bin = programs()!;
  const folder = mkdtempSync(join(tmpdir(), 'cozecut-pg-'));
  const user = unprivileged();
  if (user !== undefined) chownSync(folder, user.uid, user.gid);
  const options: SpawnOptions & { cwd: string } = { cwd: folder, ...user };
  const data = join(folder, 'data');
  await promisify(execFile)(
    join(bin, 'initdb'),
    ['-D', data, '-U', 'cozecut', '-A', 'trust', '-E', 'UTF8', '--no-locale', '--no-sync'],
    options,
  );

  async function start() {
    const settings = ['listen_addresses=', `unix_socket_directories=${folder}`, 'max_connections=200'];
    if (!isDurable) settings.push('fsync=off', 'synchronous_commit=off', 'full_page_writes=off');
    const server = spawn(
      join(bin, 'postgres'),
      ['-D', data, ...settings.flatMap((setting) => ['-c', setting])],
      { ...options, stdio: ['ignore', 'ignore', 'pipe'] },
    );
    let log = '';
    await new Promise<void>((resolve, reject) => {
      server.once('exit', () => reject(new Error(`PostgreSQL ended: ${log}`)));
      server.stderr!.on('data', (chunk) => {
        log += chunk;
        if (log.includes('database system is ready')) resolve();
      });
    });
    return server;
  }

  let server = await start();
  const host = encodeURIComponent(folder);
  const addressOf = (database: string) => `postgres://cozecut@${host}/${database}`;
  let databases = 0;
  let crashed = Promise.resolve();

  async function end(signal: NodeJS.Signals): Promise<void> {
    if (server.exitCode !== null || server.signalCode !== null) return;
    const exited = once(server, 'exit');
    server.kill(signal);
    await exited;
  }

  return {
    async createDatabase() {
      const name = `test_${databases++}`;
      await queryOn(addressOf('postgres'), `create database ${name}`);
      return addressOf(name);
    },
    crash() {
      // One after the other: each ends the server that the one before has started.
      crashed = crashed.then(async () => {
        await end('SIGQUIT');
        server = await start();
      });
      return crashed;
    },
    async stop() {
      await crashed.catch(() => undefined);
      await end('SIGINT');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Runs statements on a connection of their own. */
export async function queryOn(address: string, text: string): Promise<pg.QueryResult> {
  const client = new pg.Client(address);
  await client.connect();
  try {
    return await client.query(text);
  } finally {
    await client.end();
  }
}

/** Folder of the programs of a server. */
function programs(): string | undefined {
  const newestFirst = globSync('/usr/lib/postgresql/*/bin').toSorted((a, b) => versionOf(b) - versionOf(a));
  const folders = [...(process.env.PATH ?? '').split(delimiter), ...newestFirst];
  return folders.find((folder) =>
    ['initdb', 'postgres'].every((program) => existsSync(join(folder, program))),
  );
}

const versionOf = (folder: string) => Number(folder.split('/')[4]);

/** The server refuses to run as root, so it runs as the user of the Debian package, or as nobody. */
function unprivileged(): { uid: number; gid: number } | undefined {
  if (userInfo().uid !== 0) return undefined;
  const users = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'));
  const [, , uid, gid] = ['postgres', 'nobody']
    .map((name) => users.find((user) => user[0] === name))
    .find(Boolean)!;
  return { uid: Number(uid), gid: Number(gid) };
}
