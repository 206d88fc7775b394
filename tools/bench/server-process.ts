import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

/** A server that runs as a process of its own and has told its address. */
export interface ServerProcess {
  url: string;
  /** Processor time since its start. */
  cpuMs(): number;
  /** Of that, the time of the thread that answers. */
  answeringMs(): number;
  /** Largest resident memory until now. */
  peakMb(): number;
  stop(): Promise<void>;
}

/** Starts a program that prints `{"url": …}` when it listens. What it logs goes to a file, as it would in production. */
export async function startServer(
  args: readonly string[],
  options: { cwd: string; env: NodeJS.ProcessEnv; log: number },
): Promise<ServerProcess> {
  const { cwd, env, log } = options;
  const child: ChildProcess = spawn(process.execPath, args, { cwd, env, stdio: ['ignore', 'pipe', log] });
  // A benchmark that fails leaves no server behind.
  process.once('exit', () => child.kill('SIGKILL'));
  const ended = once(child, 'exit');
  const line = once(createInterface({ input: child.stdout! }), 'line') as Promise<[string]>;
  const [text] = await Promise.race([line, ended.then(() => Promise.reject(new Error('the server ended')))]);
  const read = (name: string) => readFileSync(`/proc/${child.pid}/${name}`, 'utf8');
  return {
    url: (JSON.parse(text) as { url: string }).url,
    cpuMs() {
      // Behind the name, which may hold blanks: user and system time in hundredths of a second.
      const fields = read('stat')
        .replace(/^.*\) /s, '')
        .split(' ');
      return (Number(fields[11]) + Number(fields[12])) * 10;
    },
    // The first number is the time on a processor, in nanoseconds; the first thread has the id of the process.
    answeringMs: () => Number(read(`task/${child.pid}/schedstat`).split(' ')[0]) / 1e6,
    peakMb: () => Number(/^VmHWM:\s+(\d+)/m.exec(read('status'))?.[1]) / 1024,
    async stop() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}
