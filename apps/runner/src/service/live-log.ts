import { shortenOutput } from '../shorten.ts';

/** An event with its number; numbers grow, also over a restart. */
export interface LoggedEvent<Event> {
  id: number;
  event: Event;
}

/** What happened lately, for everybody who watches. */
export interface LiveLog<Event> {
  add(event: Event): void;
  /** Events behind number `after` that are still kept, and then every one that comes, until the signal is aborted. */
  watch(options: { after: number; signal: AbortSignal }): AsyncGenerator<LoggedEvent<Event>>;
}

/** Older events make way. */
const MAX_EVENTS = 5_000;
const MAX_CHARS = 4 * 1024 * 1024;
/** Inputs and outputs of tools are for looking at: longer ones are cut. */
const MAX_VALUE_BYTES = 16 * 1024;

/**
 * A log in memory.
 *
 * @param firstId - Number of the first event: the time in milliseconds, so that who has seen events of a former process
 *   is not taken for one who has seen ours.
 */
export function createLiveLog<Event extends object>(firstId: number): LiveLog<Event> {
  let kept: (LoggedEvent<Event> & { chars: number })[] = [];
  let nextId = firstId;
  let totalChars = 0;
  let woken = Promise.withResolvers<void>();
  return {
    add(event) {
      const short = shortened(event);
      const chars = JSON.stringify(short).length;
      kept.push({ id: nextId++, event: short, chars });
      totalChars += chars;
      let first = 0;
      while (first < kept.length - 1 && (kept.length - first > MAX_EVENTS || totalChars > MAX_CHARS)) {
        totalChars -= kept[first++]!.chars;
      }
      if (first > 0) kept = kept.slice(first);
      woken.resolve();
      woken = Promise.withResolvers();
    },
    async *watch({ after, signal }) {
      const { promise: aborted, resolve } = Promise.withResolvers<void>();
      const stop = () => resolve();
      signal.addEventListener('abort', stop, { once: true });
      try {
        for (let last = after; !signal.aborted; ) {
          const next = woken.promise;
          const fresh = kept.filter(({ id }) => id > last);
          for (const { id, event } of fresh) {
            if (signal.aborted) return;
            yield { id, event };
            last = id;
          }
          if (fresh.length === 0) await Promise.race([next, aborted]);
        }
      } finally {
        signal.removeEventListener('abort', stop);
      }
    },
  };
}

function shortened<Event extends object>(event: Event): Event {
  const values = Object.entries(event).map(([key, value]) => {
    if (key !== 'input' && key !== 'output') return [key, value];
    const text = JSON.stringify(value);
    return [key, text === undefined ? value : JSON.parse(shortenOutput(text, MAX_VALUE_BYTES))];
  });
  return Object.fromEntries(values) as Event;
}
