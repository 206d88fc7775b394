import type { MediaProgress } from './download/download.ts';
import type { MediaFile } from './media-file.ts';

/** A download that goes on after its caller was answered. */
export interface PendingMedia {
  /** The address as it was given. */
  source: string;
  /** How far it has come; nothing before the host has answered. */
  progress(): MediaProgress | undefined;
  /** The file, or the error of `open`. May be left unwatched. */
  done: Promise<MediaFile>;
  /** Stops it, unless somebody else waits for the same file. What has arrived is kept for the next time. */
  cancel(reason?: Error): void;
}

/** The file, or the download that will give it. */
export type OpenedWithin = { state: 'ready'; file: MediaFile } | { state: 'pending'; download: PendingMedia };

/**
 * Waits for `open` at most `budgetMs`; then it goes on by itself.
 *
 * @throws whatever `open` throws within the budget; the reason of `signal`, which counts only within the budget too.
 */
export async function openWithin(
  source: string,
  open: (signal: AbortSignal) => Promise<MediaFile>,
  progress: () => MediaProgress | undefined,
  { budgetMs, signal }: { budgetMs: number; signal?: AbortSignal | undefined },
): Promise<OpenedWithin> {
  signal?.throwIfAborted();
  const stop = new AbortController();
  const leave = () => stop.abort(signal?.reason);
  signal?.addEventListener('abort', leave, { once: true });
  const done = open(stop.signal);
  // Whoever takes the download may look at it later, or not at all.
  done.catch(() => undefined);
  const budget = Promise.withResolvers<OpenedWithin>();
  const timer = setTimeout(() => {
    const cancel = (reason = new Error('the download was cancelled')) => stop.abort(reason);
    budget.resolve({ state: 'pending', download: { source, progress, done, cancel } });
  }, budgetMs);
  try {
    return await Promise.race([
      done.then((file): OpenedWithin => ({ state: 'ready', file })),
      budget.promise,
    ]);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', leave);
  }
}
