/**
 * Drafts of a program that keeps nothing: no database is loaded.
 *
 * @packageDocumentation
 */
import { revisionNotFound } from './drafts/revision-not-found.ts';
import { textOf } from './drafts/rows.ts';
import { draftNotFound } from './not-found.ts';
import { LOCAL_OWNER } from './owner.ts';
import type { DraftStore, KeptFolderWrite, StoredDraft } from './types.ts';

/** What drafts in memory need from outside. */
export interface MemoryDraftsOptions {
  /** Unix time in milliseconds. */
  now(): number;
  /** Fresh random UUID. */
  uuid(): string;
}

/**
 * Drafts that end with the program, all of one owner. Timelines are not copied, as they are large and nobody else has
 * them: what was handed in is what comes out, and who has it leaves it as it is. Only `edit` gets a copy, unless it shares. Former
 * revisions are not kept.
 */
export function createMemoryDrafts({ now, uuid }: MemoryDraftsOptions): DraftStore {
  // Oldest first. The size is counted when it is asked for: most programs that keep nothing never do.
  const drafts = new Map<string, Omit<StoredDraft, 'bytes'>>();
  // By draft, newest first.
  const writes = new Map<string, KeptFolderWrite[]>();

  function find(id: string): Omit<StoredDraft, 'bytes'> {
    const draft = drafts.get(id);
    if (draft === undefined) throw draftNotFound(id);
    return draft;
  }

  function told(draft: Omit<StoredDraft, 'bytes'>): StoredDraft {
    return {
      ...draft,
      get bytes() {
        return textOf(draft.timeline).bytes;
      },
    };
  }

  function change(id: string, changes: Partial<StoredDraft>): StoredDraft {
    const draft = { ...find(id), ...changes, modifiedAt: now() };
    drafts.set(id, draft);
    return told(draft);
  }

  return {
    create: async (timeline, { name, id = uuid() }) => {
      const time = now();
      if (drafts.has(id)) throw new Error(`there is a draft ${id} already`);
      const times = { createdAt: time, modifiedAt: time };
      const shared = { id, owner: LOCAL_OWNER, name, state: 'open' as const, folder: undefined, ...times };
      drafts.set(id, { ...shared, revision: 1, timeline });
      return told(find(id));
    },
    get: async (id) => told(find(id)),
    edit: async (id, edit, { isShared = false } = {}) => {
      const { timeline, revision } = find(id);
      const edited = edit(isShared ? timeline : structuredClone(timeline));
      return change(id, { timeline: edited, revision: revision + 1, state: 'open' });
    },
    writing: async (id, { replaces: _, ...write }) => {
      find(id);
      writes.set(id, [{ ...write, isSaved: false }, ...(writes.get(id) ?? [])]);
    },
    writes: async (id, folder) => {
      find(id);
      return (writes.get(id) ?? []).filter((write) => write.folder === folder);
    },
    saved: async (id, folder, write) => {
      const { revision, state } = find(id);
      if (write !== undefined) {
        const { replaces, ...kept } = write;
        const others = (writes.get(id) ?? []).filter((one) => one.id !== kept.id && one.id !== replaces);
        writes.set(id, [{ ...kept, isSaved: true }, ...others]);
      }
      const isNewest = write === undefined || write.revision >= revision;
      return change(id, { state: isNewest ? 'saved' : state, folder });
    },
    copied: async (id, { replaces: _, ...write }) => {
      find(id);
      const others = (writes.get(id) ?? []).filter(({ folder }) => folder !== write.folder);
      writes.set(id, [{ ...write, isSaved: true }, ...others]);
    },
    list: async ({ limit, query = '', before }) => {
      const isMeant = ({ id, name }: Pick<StoredDraft, 'id' | 'name'>) =>
        name.includes(query) || id === query;
      const matching = [...drafts.values()].filter(isMeant).reverse();
      if (before === undefined) return { drafts: matching.slice(0, limit).map(told), total: matching.length };
      find(before);
      const ids = [...drafts.keys()];
      const older = new Set(ids.slice(0, ids.indexOf(before)));
      const page = matching.filter(({ id }) => older.has(id));
      return { drafts: page.slice(0, limit).map(told), total: matching.length };
    },
    revisions: async (id, { limit, before = Infinity }) => {
      const { revision, bytes, modifiedAt } = told(find(id));
      return [{ revision, bytes, createdAt: modifiedAt }]
        .filter((one) => one.revision < before)
        .slice(0, limit);
    },
    timelineAt: async (id, revision) => {
      const draft = find(id);
      if (draft.revision !== revision) throw revisionNotFound(id, revision);
      return draft.timeline;
    },
    remove: async (id) => {
      find(id);
      drafts.delete(id);
      writes.delete(id);
    },
  };
}
