import type { MediaProgress } from '@cozecut/media';
import type { FetchedFile, ToolContext } from '@cozecut/plugin-host';

/** Nobody reads more news in a second than this leaves. */
const TELL_EVERY_MS = 250;

/** How much of each download has come. */
export interface FetchedFiles {
  /** Notes a step of a download, and tells the caller of the tool from time to time. */
  note(step: MediaProgress): void;
  /** All of them as they are now. */
  list(): FetchedFile[];
}

/** Collects the steps of downloads for the caller of a tool. */
export function fetchedFiles({ progress, now }: Pick<ToolContext, 'progress' | 'now'>): FetchedFiles {
  const files = new Map<string, FetchedFile>();
  let toldAt = Number.NEGATIVE_INFINITY;
  const list = () => [...files.values()];
  return {
    list,
    note({ source, receivedBytes, totalBytes }) {
      files.set(source, {
        name: nameOf(source),
        receivedBytes,
        ...(totalBytes === undefined ? {} : { totalBytes }),
      });
      if (now() - toldAt < TELL_EVERY_MS) return;
      toldAt = now();
      progress({ phase: 'media', files: list() });
    },
  };
}

/** The last part of the path; the query of an address may hold a secret. */
function nameOf(source: string): string {
  const path = URL.canParse(source) ? new URL(source).pathname : source;
  const name = path.split('/').findLast((part) => part !== '') ?? 'file';
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
