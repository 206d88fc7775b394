/**
 * Drafts of a program that keeps nothing: no database is loaded.
 *
 * @packageDocumentation
 */
import { revisionNotFound } from './drafts/revision-not-found.ts';
import { textOf } from './drafts/rows.ts';
import { draftNotFound } from './not-found.ts';
import { LOCAL_OWNER } from './owner.ts';
import { pageOf, placeIn } from './page.ts';
import type { DraftStore, KeptFolderWrite, StoredDraft } from './types.ts';

/** A draft without its size, with its place in lists. */
type KeptDraft = Omit<StoredDraft, 'bytes'> & { seq: number };

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
 *
 * @example
 * ```ts
 * import { createMemoryDrafts } from '@cozecut/store/memory';
 *
 * const drafts = createMemoryDrafts({ now: Date.now, uuid: () => crypto.randomUUID() });
 * const { id } = await drafts.create({ tracks: [] }, { name: 'Morning' });
 * console.log((await drafts.get(id)).name); // => Morning
 * ```
 */
export function createMemoryDrafts({ now, uuid }: MemoryDraftsOptions): DraftStore {
  // Oldest first. The size is counted when it is asked for: most programs that keep nothing never do.
  const drafts = new Map<string, KeptDraft>();
  let made = 0;
  // By draft, newest first.
  const writes = new Map<string, KeptFolderWrite[]>();

  function find(id: string): KeptDraft {
    const draft = drafts.get(id);
    if (draft === undefined) throw draftNotFound(id);
    return draft;
  }

  function told({ seq: _, ...draft }: KeptDraft): StoredDraft {
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
      drafts.set(id, { ...shared, revision: 1, timeline, seq: ++made });
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
      const place = before === undefined ? Infinity : (placeIn(before) ?? find(before).seq);
      const older = matching.filter(({ seq }) => seq < place).slice(0, limit + 1);
      const { page, ...next } = pageOf(older, limit);
      return { drafts: page.map(told), total: matching.length, ...next };
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
