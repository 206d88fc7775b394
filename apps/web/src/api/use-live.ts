import { useEffect, useRef } from 'react';
import { useApi } from './api-context.tsx';
import { Failure } from './failure.ts';
import type { LiveEvent } from './live-events.ts';

/** How long to wait before a connection that was cut is made again. */
const AGAIN_MS = 2_000;

/** Calls `onEvent` with the events of a path for as long as it is shown; nothing is watched without a path. */
export function useLive(path: string | undefined, onEvent: (event: LiveEvent) => void): void {
  const api = useApi();
  const handler = useRef(onEvent);
  useEffect(() => {
    handler.current = onEvent;
  });
  useEffect(() => {
    if (path === undefined) return undefined;
    const gone = new AbortController();
    const { signal } = gone;
    void (async () => {
      let after: number | undefined;
      while (!signal.aborted) {
        try {
          const options = after === undefined ? { signal } : { signal, after };
          for await (const event of api.events(path, options)) {
            after = event.id;
            handler.current(event);
          }
          // A stream that was ended by the server has told everything.
          return;
        } catch (error) {
          if (error instanceof Failure && error.status !== 0) return;
        }
        await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
      }
    })();
    return () => gone.abort();
  }, [api, path]);
}
