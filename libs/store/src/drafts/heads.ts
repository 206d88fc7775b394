import type { Document } from './documents.ts';
import type { DraftRow } from './rows.ts';

/** A draft with its newest timeline. */
export interface Head {
  row: DraftRow;
  timeline: Document;
}

/** The drafts that were changed last, as they were kept. Others may have changed them since: their revision tells. */
export interface Heads {
  get(id: string): Head | undefined;
  keep(head: Head): void;
  forget(id: string): void;
}

/** @param maxBytes - Of all timelines together, as JSON; as values and text they take several times as much. */
export function createHeads(maxBytes: number): Heads {
  // Those that were used last stand at the end.
  const heads = new Map<string, Head>();
  let bytes = 0;

  function forget(id: string): void {
    bytes -= heads.get(id)?.row.bytes ?? 0;
    heads.delete(id);
  }

  return {
    forget,
    get(id) {
      const head = heads.get(id);
      if (head === undefined) return undefined;
      heads.delete(id);
      heads.set(id, head);
      return head;
    },
    keep(head) {
      forget(head.row.id);
      if (head.row.bytes > maxBytes) return;
      heads.set(head.row.id, head);
      bytes += head.row.bytes;
      for (const id of heads.keys()) {
        if (bytes <= maxBytes) return;
        forget(id);
      }
    },
  };
}
