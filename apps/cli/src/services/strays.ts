import type { Log } from '@cozecut/plugin-host';

/**
 * Tells of promises of a plugin that fail when nobody waits for them, until the returned function is called. By itself
 * Node ends the program for one, and with it every call that goes on.
 */
export function surviveStrays(log: Log): () => void {
  const tell = (reason: unknown) => {
    const error = reason instanceof Error ? (reason.stack ?? reason.message) : typeof reason;
    log.error('something that a tool left running has failed', { error });
  };
  process.on('unhandledRejection', tell);
  return () => void process.off('unhandledRejection', tell);
}
