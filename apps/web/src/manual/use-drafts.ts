import { useCallback, useEffect, useRef, useState } from 'react';
import { ApiError, type DraftRequest, type DraftStatus, draftStatus, generateDrafts } from '../api.ts';

/** What became of the last request. */
export type Making =
  | { phase: 'idle' }
  | { phase: 'sending' }
  | { phase: 'made'; drafts: DraftStatus[] }
  | { phase: 'refused'; error: ApiError };

const POLL_MS = 500;
/** Polls in a row that may fail before the server counts as gone. */
const PATIENCE = 5;

/** Makes drafts and follows them until each is completed or failed. A new request ends the watch of the last. */
export function useDrafts(): [Making, (request: DraftRequest) => void] {
  const [making, setMaking] = useState<Making>({ phase: 'idle' });
  const current = useRef<AbortController>(undefined);
  useEffect(() => () => current.current?.abort(), []);

  const make = useCallback((request: DraftRequest) => {
    current.current?.abort();
    const controller = new AbortController();
    current.current = controller;
    const { signal } = controller;
    setMaking({ phase: 'sending' });
    void follow(request, signal, (drafts) => setMaking({ phase: 'made', drafts })).catch((error: unknown) => {
      if (signal.aborted) return;
      setMaking({
        phase: 'refused',
        error: error instanceof ApiError ? error : new ApiError(0, String(error)),
      });
    });
  }, []);
  return [making, make];
}

async function follow(
  request: DraftRequest,
  signal: AbortSignal,
  show: (drafts: DraftStatus[]) => void,
): Promise<void> {
  const ids = await generateDrafts(request, signal);
  let drafts: DraftStatus[] = ids.map((draft_id) => ({ draft_id, status: 'processing', progress: 0 }));
  let failures = 0;
  show(drafts);
  while (drafts.some(({ status }) => status === 'processing')) {
    await pause(POLL_MS, signal);
    try {
      const asked = drafts.map((draft) =>
        draft.status === 'processing' ? draftStatus(draft.draft_id, signal) : draft,
      );
      drafts = await Promise.all(asked);
      failures = 0;
    } catch (error) {
      const isPassing = error instanceof ApiError && (error.status === 0 || error.status >= 500);
      if (!isPassing || ++failures >= PATIENCE) throw error;
    }
    signal.throwIfAborted();
    show(drafts);
  }
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(signal.reason);
    });
  });
}
