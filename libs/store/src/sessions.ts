import { UserError } from '@cozecut/problems';
import type { Selectable } from 'kysely';
import type { Engine, Tx } from './engine/engine.ts';
import { newestOf } from './page.ts';
import type { Tables } from './schema/tables.ts';
import type { Chat, Session, SessionStore } from './types.ts';
import { jsonOf, parsed } from './words.ts';

/** Sessions in a database. */
export function createSessionStore(
  { db, write, kind }: Engine,
  { now, uuid }: { now(): number; uuid(): string },
): SessionStore {
  async function lockSession(tx: Tx, id: string) {
    const row = await tx
      .selectFrom('sessions')
      .selectAll()
      .where('id', '=', id)
      .$if(kind === 'postgres', (query) => query.forUpdate())
      .executeTakeFirst();
    if (row === undefined) throw sessionNotFound(id);
    return row;
  }

  return {
    async create({ owner, data }) {
      const time = now();
      const row = {
        id: uuid(),
        owner,
        data: JSON.stringify(data ?? null),
        chat_id: null,
        created_at: time,
        modified_at: time,
      };
      await write((tx) => tx.insertInto('sessions').values(row).execute());
      return fromSession(row);
    },

    async get(id, owner) {
      const row = await db
        .selectFrom('sessions')
        .selectAll()
        .where('id', '=', id)
        .$if(owner !== undefined, (query) => query.where('owner', '=', owner!))
        .executeTakeFirst();
      return row === undefined ? undefined : fromSession(row);
    },

    update: (id, data) =>
      write(async (tx) => {
        const row = await tx
          .updateTable('sessions')
          .set({ data: JSON.stringify(data ?? null), modified_at: now() })
          .where('id', '=', id)
          .returningAll()
          .executeTakeFirst();
        if (row === undefined) throw sessionNotFound(id);
        return fromSession(row);
      }),

    remove: (id, owner) =>
      write(async (tx) => {
        const { numDeletedRows } = await tx
          .deleteFrom('sessions')
          .where('id', '=', id)
          .$if(owner !== undefined, (query) => query.where('owner', '=', owner!))
          .executeTakeFirst();
        return numDeletedRows === 1n;
      }),

    async list({ owner, limit, before }) {
      let matching = db.selectFrom('sessions');
      if (owner !== undefined) matching = matching.where('owner', '=', owner);
      const { page, ...next } = await newestOf('sessions', matching, { limit, before });
      return { sessions: page.map(fromSession), ...next };
    },

    beginChat: (sessionId, { leaseMs, chatId = uuid() }) =>
      write(async (tx) => {
        const time = now();
        const session = await lockSession(tx, sessionId);
        const running = await tx
          .selectFrom('chats')
          .select('id')
          .where('session_id', '=', sessionId)
          .where('state', '=', 'running')
          .where('lease_until', '>', time)
          .executeTakeFirst();
        if (running !== undefined) {
          throw new UserError('SESSION_BUSY', `chat ${running.id} of this session is still running`, {
            hint: 'wait for its result, then send the message again',
            retryable: true,
          });
        }
        const lease = uuid();
        const row = {
          id: chatId,
          session_id: sessionId,
          owner: session.owner,
          state: 'running' as const,
          result: null,
          lease,
          lease_until: time + leaseMs,
          created_at: time,
          modified_at: time,
        };
        await tx.insertInto('chats').values(row).execute();
        await tx
          .updateTable('sessions')
          .set({ chat_id: chatId, modified_at: time })
          .where('id', '=', sessionId)
          .execute();
        return { chat: fromChat(row, time), lease };
      }),

    nameChat: (chatId, lease, newChatId) =>
      write(async (tx) => {
        const row = await tx
          .updateTable('chats')
          .set({ id: newChatId, modified_at: now() })
          .where('id', '=', chatId)
          .where('lease', '=', lease)
          .returningAll()
          .executeTakeFirst();
        if (row === undefined) throw chatNotFound(chatId);
        await tx
          .updateTable('sessions')
          .set({ chat_id: newChatId })
          .where('id', '=', row.session_id)
          .where('chat_id', '=', chatId)
          .execute();
        return fromChat(row, now());
      }),

    renewChat: (chatId, lease, leaseMs) =>
      write(async (tx) => {
        const { numUpdatedRows } = await tx
          .updateTable('chats')
          .set({ lease_until: now() + leaseMs })
          .where('id', '=', chatId)
          .where('lease', '=', lease)
          .where('state', '=', 'running')
          .where('lease_until', '>', now())
          .executeTakeFirst();
        return numUpdatedRows === 1n;
      }),

    endChat: async (chatId, lease, { state, result }) => {
      await write((tx) =>
        tx
          .updateTable('chats')
          .set({ state, result: jsonOf(result), modified_at: now() })
          .where('id', '=', chatId)
          .where('lease', '=', lease)
          .where('state', '=', 'running')
          .execute(),
      );
    },

    async chat(chatId, owner) {
      const row = await db
        .selectFrom('chats')
        .selectAll()
        .where('id', '=', chatId)
        .$if(owner !== undefined, (query) => query.where('owner', '=', owner!))
        .executeTakeFirst();
      return row === undefined ? undefined : fromChat(row, now());
    },
  };
}

function fromSession(row: Omit<Selectable<Tables['sessions']>, 'seq'>): Session {
  return {
    id: row.id,
    owner: row.owner,
    data: JSON.parse(row.data),
    chatId: row.chat_id ?? undefined,
    createdAt: row.created_at,
    modifiedAt: row.modified_at,
  };
}

function fromChat(row: Selectable<Tables['chats']>, now: number): Chat {
  const isLost = row.state === 'running' && row.lease_until <= now;
  return {
    id: row.id,
    sessionId: row.session_id,
    owner: row.owner,
    state: isLost ? 'failed' : row.state,
    result: isLost ? INTERRUPTED : parsed(row.result),
    createdAt: row.created_at,
    modifiedAt: row.modified_at,
  };
}

/** Result of a chat whose process is gone. */
const INTERRUPTED = {
  error_code: 'INTERRUPTED',
  message: 'the process that waited for the answer of the bot ended before it came',
};

function sessionNotFound(id: string): UserError {
  return new UserError('SESSION_NOT_FOUND', `there is no session ${JSON.stringify(id)}`, {
    hint: 'session ids come from POST /coze/sessions',
  });
}

function chatNotFound(id: string): UserError {
  return new UserError('CHAT_NOT_FOUND', `there is no chat ${JSON.stringify(id)}, or it is no longer ours`);
}
