import { Worker } from 'node:worker_threads';
import { BugError } from '@cozecut/problems';
import type { ByteSource } from './byte-source.ts';
import type { Look, Parsed } from './look-into.ts';
import type { FromThread, ToThread } from './messages.ts';

/** What a thread may take for one content. */
export interface ProbeLimits {
  /** Time of its own in milliseconds, without what it waits for bytes. */
  thinkMs: number;
  /** Memory for objects, in megabytes. */
  memoryMb: number;
  /** What it may ask for at once, in bytes. */
  readBytes: number;
  /** Threads at once. */
  threads: number;
  /** A thread that has nothing to do is kept so long, in milliseconds. */
  idleMs: number;
}

/** Wide: a recording of a day has an index of 100 MB, and takes seconds on a slow machine. */
export const PROBE_LIMITS: ProbeLimits = {
  thinkMs: 20_000,
  memoryMb: 512,
  readBytes: 134_217_728,
  threads: 2,
  idleMs: 30_000,
};

/** Threads that look into content of strangers, each into one at a time. They do not keep the process alive. */
export interface ProbeThreads {
  /**
   * @throws ProbeLimitError when the content takes more than it may.
   * @throws Error when it is damaged; whatever `source` throws.
   */
  look(source: ByteSource, sniffed: Parsed): Promise<Look>;
}

/** A content takes more time or memory than it may. */
export class ProbeLimitError extends Error {
  override readonly name = 'ProbeLimitError';
}

interface Job {
  source: ByteSource;
  sniffed: Parsed;
  ended: PromiseWithResolvers<Look>;
}

/** Makes {@link ProbeThreads}; the first one starts with the first content. */
export function createProbeThreads(change: Partial<ProbeLimits> = {}): ProbeThreads {
  const limits = { ...PROBE_LIMITS, ...change };
  const waiting: Job[] = [];
  const free: Thread[] = [];
  let threads = 0;

  function next(): void {
    if (waiting.length === 0) return;
    if (free.length === 0 && threads < limits.threads) start();
    const thread = free.pop();
    if (thread !== undefined) thread.take(waiting.shift()!);
  }

  function start(): void {
    threads += 1;
    const thread = startThread(limits, {
      onFree() {
        free.push(thread);
        next();
      },
      onEnding() {
        if (free.includes(thread)) free.splice(free.indexOf(thread), 1);
      },
      onEnd(error) {
        threads -= 1;
        // Where none starts, none ever will.
        if (error !== undefined) for (const { ended } of waiting.splice(0)) ended.reject(error);
        next();
      },
      again(job) {
        waiting.push(job);
        next();
      },
    });
  }

  return {
    look(source, sniffed) {
      const ended = Promise.withResolvers<Look>();
      waiting.push({ source, sniffed, ended });
      next();
      return ended.promise;
    },
  };
}

interface Thread {
  take(job: Job): void;
}

interface ThreadEvents {
  /** The next job may come. */
  onFree(): void;
  /** From now on it takes no job. */
  onEnding(): void;
  /** It is gone; the error is why it could not start. */
  onEnd(error?: unknown): void;
  /** A job has what it had to wait for, and starts anew. */
  again(job: Job): void;
}

function startThread(limits: ProbeLimits, { onFree, onEnding, onEnd, again }: ThreadEvents): Thread {
  const worker = new Worker(program(), {
    name: 'probe',
    // Nothing that this process was started with, such as other sizes of its memory, is for the thread.
    execArgv: [],
    env: {},
    resourceLimits: { maxOldGenerationSizeMb: limits.memoryMb, maxYoungGenerationSizeMb: 16 },
  });
  const tell = (message: ToThread, transfer: ArrayBuffer[] = []) => worker.postMessage(message, transfer);
  let hasStarted = false;
  let startFailure: unknown = new BugError('a thread that looks into media could not start');
  let job: Job | undefined;
  let failure: unknown;
  let usedMs = 0;
  let since = 0;
  let openReads = 0;
  let timer: NodeJS.Timeout | undefined;

  /** Its time runs while nobody owes it bytes. */
  function think(): void {
    since = performance.now();
    timer = setTimeout(
      () => end(tooMuch(`${limits.thinkMs / 1000} s`)),
      Math.max(0, limits.thinkMs - usedMs),
    );
  }

  function rest(): void {
    clearTimeout(timer);
    usedMs += performance.now() - since;
  }

  function end(error: unknown): void {
    onEnding();
    clearTimeout(timer);
    job?.ended.reject(error);
    job = undefined;
    worker.removeAllListeners('message');
    void worker.terminate();
  }

  async function read({ read, start, end: stop }: Extract<FromThread, { kind: 'read' }>): Promise<void> {
    const own = job;
    // Of a job that has left meanwhile.
    if (own === undefined) return;
    const { source } = own;
    if (openReads === 0) rest();
    openReads += 1;
    if (source.isThere?.(start, stop) === false) return leave(own, start, stop);
    try {
      if (stop - start > limits.readBytes) throw new Error('it asks for too much at once');
      // What is handed over is gone here.
      const bytes = new Uint8Array(await source.read(start, stop));
      if (own === job) tell({ kind: 'bytes', read, bytes }, [bytes.buffer]);
    } catch (error) {
      failure ??= error;
      if (own === job) tell({ kind: 'bytes', read, failure: messageOf(error) });
    }
    if (own !== job) return;
    openReads -= 1;
    if (openReads === 0) think();
  }

  /** What is on its way from a slow host must not hold the thread up. */
  function leave(own: Job, start: number, stop: number): void {
    job = undefined;
    think();
    tell({ kind: 'leave' });
    // If it fails, it does so once more when it is asked for again.
    void own.source
      .read(start, stop)
      .catch(() => {})
      .then(() => again(own));
  }

  worker.on('message', (message: FromThread) => {
    if (message.kind === 'read') return void read(message);
    if (message.kind === 'look') {
      if ('failed' in message) job?.ended.reject(failure ?? new Error(message.failed));
      else job?.ended.resolve(message);
      job = undefined;
      // Until it is free its time goes on.
      if (openReads > 0) think();
      openReads = 0;
      return;
    }
    hasStarted = true;
    clearTimeout(timer);
    worker.unref();
    timer = setTimeout(() => end(undefined), limits.idleMs).unref();
    onFree();
  });
  worker.on('error', (error: NodeJS.ErrnoException) => {
    const isFull = error.code === 'ERR_WORKER_OUT_OF_MEMORY';
    startFailure = isFull
      ? tooMuch(`${limits.memoryMb} MB of memory`)
      : new BugError('a thread that looks into media has failed', { cause: error });
    end(startFailure);
  });
  worker.on('exit', () => {
    end(new Error('the thread that looked into it has ended'));
    onEnd(hasStarted ? undefined : startFailure);
  });

  return {
    take(taken) {
      clearTimeout(timer);
      job = taken;
      [failure, usedMs, openReads] = [undefined, 0, 0];
      worker.ref();
      think();
      const { source, sniffed } = taken;
      tell({ kind: 'look', size: source.size, isFar: source.isFar, sniffed });
    },
  };
}

/** The program lies beside this one, as source, as it was built, and in a bundle, where every file has the ending of all. */
function program(): URL {
  const ending = import.meta.url.slice(import.meta.url.lastIndexOf('.'));
  return new URL(`./probe-worker${ending}`, import.meta.url);
}

function tooMuch(what: string): ProbeLimitError {
  return new ProbeLimitError(`looking into it took more than ${what}`);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : 'it cannot be read';
}
