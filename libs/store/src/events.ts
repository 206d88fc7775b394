import type { Selectable } from 'kysely';
import { LOOK_AGAIN_MS } from './drafts/watch.ts';
import type { Engine, Notify, Tx } from './engine/engine.ts';
import type { Tables } from './schema/tables.ts';
import type { EventStore, StoredEvent } from './types.ts';

/** Events that are read at once: a watcher who takes its time holds so many. */
const PAGE = 20;

/** Events in a database. */
export function createEventStore(engine: Engine, { now }: { now(): number }): EventStore {
  const { db, write, bus } = engine;

  const read: EventStore['read'] = async (topic, { after, limit }) => {
    const rows = await db
      .selectFrom('events')
      .selectAll()
      .where('topic', '=', topic)
      .where('id', '>', after)
      .orderBy('id')
      .limit(limit)
      .execute();
    return rows.map(fromRow);
  };

  return {
    read,
    append: (topic, type, data) =>
      write(async (tx, notify) => fromRow(await appendEvent(tx, notify, { topic, type, data, at: now() }))),
    async *watch(topic, { after, signal }) {
      const subscription = bus.subscribe(eventTopic(topic));
      try {
        for (let last = after; !signal.aborted; ) {
          const events = await read(topic, { after: last, limit: PAGE });
          for (const event of events) {
            if (signal.aborted) return;
            yield event;
            last = event.id;
          }
          if (events.length < PAGE) await subscription.next({ timeoutMs: LOOK_AGAIN_MS, signal });
        }
      } finally {
        subscription.close();
      }
    },
  };
}

/**
 * Adds an event as a part of a change. Events of a topic get their ids one after the other, so whoever has read one
 * has seen all before it.
 */
export async function appendEvent(
  tx: Tx,
  notify: Notify,
  { topic, type, data, at }: { topic: string; type: string; data: unknown; at: number },
): Promise<Selectable<Tables['events']>> {
  const { last } = await tx
    .insertInto('topics')
    .values({ topic, last: 1, modified_at: at })
    .onConflict((conflict) =>
      conflict
        .column('topic')
        .doUpdateSet(({ eb }) => ({ last: eb('topics.last', '+', 1), modified_at: at })),
    )
    .returning('last')
    .executeTakeFirstOrThrow();
  const row = { topic, id: last, type, data: JSON.stringify(data ?? null), at };
  await tx.insertInto('events').values(row).execute();
  notify(eventTopic(topic));
  return row;
}

const eventTopic = (topic: string) => `event:${topic}`;

function fromRow({ data, ...row }: Selectable<Tables['events']>): StoredEvent {
  return { ...row, data: JSON.parse(data) };
}
