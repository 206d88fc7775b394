import { type ChildProcess, spawn } from 'node:child_process';
import { UserError } from '@cozecut/problems';

/** Largest standard output, in bytes. */
const MAX_STDOUT_BYTES = 16 * 1024 * 1024;
/** As much of the end of standard error as is kept, in bytes. */
const MAX_STDERR_BYTES = 4 * 1024;
/** As much of it as a message shows. */
const MAX_STDERR_CHARS = 500;
/** The exit code that says "try again later" (`EX_TEMPFAIL` of sysexits). */
const TRY_AGAIN_CODE = 75;
/** Time between the polite and the final signal. */
const KILL_AFTER_MS = 2_000;

/** A program and its arguments. */
export interface Command {
  program: string;
  args: readonly string[];
  /** The program as the manifest calls it, for messages. */
  name: string;
}

/** Options of {@link runProgram}. */
export interface RunOptions {
  /** Absolute path of the folder that it runs in. */
  folder: string;
  env: Readonly<Record<string, string>>;
  stdin: string;
  /** Ends the program and every program that it started. */
  signal: AbortSignal;
}

/**
 * Runs a program to its end, without a shell, and gives its standard output.
 *
 * @throws UserError EXEC_NOT_FOUND when there is no such program.
 * @throws UserError EXEC_FAILED when it cannot be started, ends with another exit code than 0, or is killed.
 * @throws UserError EXEC_OUTPUT_TOO_LARGE when its output has more than 16 MiB.
 * @throws the reason of the signal when that is aborted.
 */
export async function runProgram({ program, args, name }: Command, options: RunOptions): Promise<string> {
  const { signal } = options;
  signal.throwIfAborted();
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  let child: ChildProcess;
  try {
    child = spawn(program, args, {
      cwd: options.folder,
      env: { ...options.env },
      stdio: 'pipe',
      shell: false,
      windowsHide: true,
      // A process group of its own, so that what it starts ends with it.
      detached: process.platform !== 'win32',
    });
  } catch (cause) {
    throw notStarted(name, cause);
  }
  const stop = (reason: unknown) => {
    reject(reason);
    endGroup(child);
  };
  const abort = () => stop(signal.reason);
  signal.addEventListener('abort', abort, { once: true });

  const stdout: Buffer[] = [];
  let stdoutBytes = 0;
  let stderr = Buffer.alloc(0);
  child.stdout?.on('data', (chunk: Buffer) => {
    stdoutBytes += chunk.length;
    if (stdoutBytes <= MAX_STDOUT_BYTES) return void stdout.push(chunk);
    stdout.length = 0;
    child.stdout?.destroy();
    stop(
      new UserError('EXEC_OUTPUT_TOO_LARGE', `${name} wrote more than ${MAX_STDOUT_BYTES} bytes to stdout`),
    );
  });
  child.stderr?.on('data', (chunk: Buffer) => {
    stderr = Buffer.concat([stderr, chunk]).subarray(-MAX_STDERR_BYTES);
  });
  // A program may end without reading its input.
  child.stdin?.on('error', () => {});
  child.stdin?.end(options.stdin);

  child.on('error', (cause) => reject(notStarted(name, cause)));
  child.on('close', (code, killedBy) => {
    if (code === 0) return resolve(Buffer.concat(stdout).toString('utf8'));
    const how = killedBy === null ? `ended with exit code ${code}` : `was ended by ${killedBy}`;
    const said = lastLines(stderr.toString('utf8'));
    const message = `${name} ${how}${said === '' ? '' : `: ${said}`}`;
    reject(new UserError('EXEC_FAILED', message, { retryable: code === TRY_AGAIN_CODE }));
  });
  try {
    return await promise;
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

/** Asks the program and all that it started to end, and ends what is left after a while. */
function endGroup(child: ChildProcess): void {
  if (!signalGroup(child, 'SIGTERM')) return;
  const timer = setTimeout(() => signalGroup(child, 'SIGKILL'), KILL_AFTER_MS);
  child.on('close', () => {
    if (!signalGroup(child, 0)) clearTimeout(timer);
  });
}

/** Whether there was somebody to signal. */
function signalGroup(child: ChildProcess, signal: NodeJS.Signals | 0): boolean {
  if (child.pid === undefined) return false;
  try {
    return process.platform === 'win32' ? child.kill(signal) : process.kill(-child.pid, signal);
  } catch {
    return false;
  }
}

function notStarted(name: string, cause: unknown): UserError {
  const { code = '', message } = cause as NodeJS.ErrnoException;
  if (code === 'ENOENT') {
    return new UserError('EXEC_NOT_FOUND', `there is no program ${JSON.stringify(name)}`, {
      cause,
      hint: 'install it on this machine, or write its path from the folder of the plugin as ./name',
    });
  }
  return new UserError('EXEC_FAILED', `${name} cannot be started: ${code || message}`, { cause });
}

/** The end of a text, whole lines where they fit. */
function lastLines(text: string): string {
  const trimmed = text.trim();
  if (trimmed.length <= MAX_STDERR_CHARS) return trimmed;
  const tail = trimmed.slice(-MAX_STDERR_CHARS);
  const lineEnd = tail.indexOf('\n');
  return lineEnd === -1 ? tail : tail.slice(lineEnd + 1);
}
