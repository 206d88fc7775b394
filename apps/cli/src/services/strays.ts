import { Console } from 'node:console';
import type { Host, Log } from '@cozecut/plugin-host';
import { UserError } from '@cozecut/problems';
import { EXIT } from '../exit-code.ts';

/** Who looks after what a plugin has left running. */
export interface Strays {
  /** Aborted when the program has to end, with the error that says why. */
  readonly broken: AbortSignal;
  /** Looks no longer. */
  leave(): void;
}

/**
 * Deals with what a plugin leaves running and what then fails, where Node would end the program at once, and with it every
 * call that goes on.
 *
 * A promise that nobody waits for is told: nothing was interrupted. An exception that nobody catches, such as one of a
 * timer, may have left anything half done: it is told, its call fails, and the program has to end, once the other calls
 * are done; whatever watches over it starts it anew. So it is when a tool ends the program itself.
 *
 * What tools print goes to stderr meanwhile: stdout is for results.
 *
 * @param host - Knows which tool it was.
 */
export function watchStrays(log: Log, host: Pick<Host, 'current'>): Strays {
  const broken = new AbortController();
  const fields = (error: unknown) => ({
    ...(host.current() === undefined ? {} : { tool: host.current()!.tool }),
    error: error instanceof Error ? (error.stack ?? error.message) : typeof error,
  });
  const onRejection = (reason: unknown) =>
    log.error('something that a tool left running has failed', fields(reason));
  const onException = (cause: unknown) => {
    log.error('something has thrown where nobody catches it: the program ends', fields(cause));
    const call = host.current();
    // The caller, who may be anybody, is not told what it says.
    call?.fail(cause);
    broken.abort(crashed(call?.tool, cause));
  };
  const restoreConsole = divertConsole(host);
  // It is no end of ours while this looks.
  const onExit = () => {
    const tool = host.current()?.tool;
    if (tool === undefined) return;
    log.error('the tool has ended the program', { tool });
    process.exitCode ||= EXIT.failed;
  };
  process.on('exit', onExit);
  process.on('unhandledRejection', onRejection);
  process.on('uncaughtException', onException);
  return {
    broken: broken.signal,
    leave() {
      restoreConsole();
      process.off('exit', onExit);
      process.off('unhandledRejection', onRejection);
      process.off('uncaughtException', onException);
    },
  };
}

/** Has what Node warns of in the log, until the returned function is called: by itself it writes between the lines. */
export function logWarnings(log: Log): () => void {
  const warn = ({ name, message }: Error) => log.warn(message, { warning: name });
  const usual = process.listeners('warning');
  process.removeAllListeners('warning').on('warning', warn);
  return () => {
    process.off('warning', warn);
    for (const listener of usual) process.on('warning', listener);
  };
}

function divertConsole({ current }: Pick<Host, 'current'>): () => void {
  const {
    console: ours,
    process: { stderr },
  } = globalThis;
  const theirs = new Console(stderr, stderr);
  globalThis.console = new Proxy(ours, {
    get: (target, key) => Reflect.get(current() === undefined ? target : theirs, key),
  });
  return () => {
    globalThis.console = ours;
  };
}

function crashed(tool: string | undefined, cause: unknown): UserError {
  const why = cause instanceof Error ? cause.message : String(cause);
  const message =
    tool === undefined
      ? `something outside of any call has thrown: ${why}`
      : `${tool} has thrown outside of its call: ${why}`;
  return new UserError('TOOL_CRASHED', message, {
    hint: 'catch what its timers and event handlers throw, or make them promises that the tool waits for',
    cause,
  });
}
