import type { Log } from '@cozecut/plugin-host';

/**
 * Tells of promises of a plugin that fail when nobody waits for them, and of what Node warns of, until the returned
 * function is called. By itself Node ends the program for one, and with it every call that goes on, and writes the other
 * between the lines of the log.
 */
export function surviveStrays(log: Log): () => void {
  const tell = (reason: unknown) => {
    const error = reason instanceof Error ? (reason.stack ?? reason.message) : typeof reason;
    log.error('something that a tool left running has failed', { error });
  };
  const warn = ({ name, message }: Error) => log.warn(message, { warning: name });
  const usual = process.listeners('warning');
  process.removeAllListeners('warning').on('warning', warn).on('unhandledRejection', tell);
  return () => {
    process.off('warning', warn).off('unhandledRejection', tell);
    for (const listener of usual) process.on('warning', listener);
  };
}
