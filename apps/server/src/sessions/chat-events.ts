import type { Chat, Store } from '@cozecut/store';
import { knownEvent, type Live, type LiveEvent } from '../live-events.ts';

/** Whether a chat has lost its process is looked at so often; then nobody tells of its end. */
const LOOK_MS = 5_000;

/** What happens in a chat from the event `after` on; ends with the chat, whoever saw its end. */
export async function chatEvents(
  store: Store,
  chatId: string,
  { after: told, signal }: { after: number; signal: AbortSignal },
): Promise<Live> {
  const topic = `chat:${chatId}`;
  const after = await knownEvent(store.events, topic, told);

  /** The end that no event tells: the process is gone, or the events are no longer kept. */
  async function untold(last: number): Promise<LiveEvent | undefined> {
    const chat = await store.sessions.chat(chatId);
    if (chat?.state === 'running') return undefined;
    const [next] = await store.events.read(topic, { after: last, limit: 1 });
    return next === undefined ? endOf(chatId, last, chat) : undefined;
  }

  async function* events(end: LiveEvent | undefined): AsyncGenerator<LiveEvent> {
    let last = after;
    for (let found = end; !signal.aborted; found = await untold(last)) {
      if (found !== undefined) return yield found;
      const watched = { after: last, signal: AbortSignal.any([signal, AbortSignal.timeout(LOOK_MS)]) };
      for await (const { id, type, data } of store.events.watch(topic, watched)) {
        yield { id, type, data: { chat_id: chatId, ...(data as object) } };
        if (type === 'completed' || type === 'failed') return;
        last = id;
      }
    }
  }

  const end = await untold(after);
  return { isOver: end !== undefined && told > 0, events: events(end) };
}

function endOf(chatId: string, id: number, chat: Chat | undefined): LiveEvent {
  const data = { chat_id: chatId, ...((chat?.result as object | undefined) ?? {}) };
  return { id, type: chat?.state === 'succeeded' ? 'completed' : 'failed', data };
}
