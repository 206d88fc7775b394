/**
 * Drafts of a program that keeps nothing: no database is loaded.
 *
 * @packageDocumentation
 */
import { draftNotFound } from './not-found.ts';
import type { DraftStore, StoredDraft } from './types.ts';

/** What drafts in memory need from outside. */
export interface MemoryDraftsOptions {
  /** Unix time in milliseconds. */
  now(): number;
  /** Fresh random UUID. */
  uuid(): string;
}

/**
 * Drafts that end with the program. Timelines are not copied, as they are large and nobody else has them: what was
 * handed in is what comes out, and who has it leaves it as it is. Only `edit` gets a copy.
 */
export function createMemoryDrafts({ now, uuid }: MemoryDraftsOptions): DraftStore {
  // Oldest first.
  const drafts = new Map<string, StoredDraft>();

  function find(id: string): StoredDraft {
    const draft = drafts.get(id);
    if (draft === undefined) throw draftNotFound(id);
    return draft;
  }

  function change(id: string, changes: Partial<StoredDraft>): StoredDraft {
    const modifiedAt = now();
    const draft = { ...find(id), ...changes, modifiedAt };
    drafts.set(id, draft);
    return { ...draft };
  }

  return {
    create: async (timeline, { name, id = uuid() }) => {
      const time = now();
      if (drafts.has(id)) throw new Error(`there is a draft ${id} already`);
      const times = { createdAt: time, modifiedAt: time };
      drafts.set(id, { id, name, revision: 1, timeline, state: 'open', folder: undefined, ...times });
      return { ...find(id) };
    },
    get: async (id) => ({ ...find(id) }),
    edit: async (id, edit) => {
      const { timeline, revision } = find(id);
      return change(id, { timeline: edit(structuredClone(timeline)), revision: revision + 1, state: 'open' });
    },
    saved: async (id, folder) => change(id, { state: 'saved', folder }),
    list: async ({ limit, query = '', before }) => {
      const matching = [...drafts.values()].filter(({ name }) => name.includes(query)).reverse();
      if (before === undefined) return { drafts: matching.slice(0, limit), total: matching.length };
      find(before);
      const ids = [...drafts.keys()];
      const older = new Set(ids.slice(0, ids.indexOf(before)));
      const page = matching.filter(({ id }) => older.has(id));
      return { drafts: page.slice(0, limit), total: matching.length };
    },
  };
}
