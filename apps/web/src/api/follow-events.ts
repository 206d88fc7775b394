import type { Api } from './client.ts';
import { Failure } from './failure.ts';
import type { LiveEvent } from './live-events.ts';

/** How long to wait before a connection that was cut is made again. */
const AGAIN_MS = 1_000;

/**
 * The events of a path for as long as the server has some to tell; a connection that is cut is made again where it was.
 *
 * @param options.first - A connection that is open already.
 * @param options.beforeAgain - Done before a connection that was cut is made again; when it fails that is tried later.
 * @throws Failure when the server refuses to tell them.
 */
export async function* followEvents(
  api: Api,
  path: string,
  {
    signal,
    first,
    beforeAgain,
  }: { signal: AbortSignal; first?: AsyncIterable<LiveEvent>; beforeAgain?: () => Promise<unknown> },
): AsyncGenerator<LiveEvent> {
  let open = first;
  let after: number | undefined;
  let isAgain = false;
  while (!signal.aborted) {
    let waitMs = AGAIN_MS;
    try {
      if (isAgain) await beforeAgain?.();
      const last = after === undefined ? {} : { after };
      for await (const event of open ?? api.events(path, { signal, ...last })) {
        after = event.id;
        yield event;
      }
      if (open === undefined) return;
    } catch (error) {
      if (signal.aborted) return;
      if (error instanceof Failure) {
        if (isRefusal(error)) throw error;
        waitMs = Math.max(waitMs, (error.againAt ?? 0) - Date.now());
      }
    }
    open = undefined;
    isAgain = true;
    await new Promise((resolve) => setTimeout(resolve, waitMs));
  }
}

/** Whether asking again would be answered the same: a server that is away, or has too much to do, comes back. */
function isRefusal({ status }: Failure): boolean {
  return status >= 400 && status < 500 && status !== 429;
}
