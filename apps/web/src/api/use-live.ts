import { useEffect, useRef } from 'react';
import { useApi } from './api-context.tsx';
import { followEvents } from './follow-events.ts';
import type { LiveEvent } from './live-events.ts';

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
    const watch = async () => {
      for await (const event of followEvents(api, path, gone)) handler.current(event);
    };
    // What is refused here is refused to the list that is watched as well, and told there.
    void watch().catch(() => undefined);
    return () => gone.abort();
  }, [api, path]);
}
