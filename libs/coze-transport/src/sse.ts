import { createParser, type EventSourceMessage } from 'eventsource-parser';

/** Turns bytes into server-sent events; chunk borders may be anywhere. */
export interface SseDecoder {
  /** The events that `bytes` complete. */
  feed(bytes: Uint8Array): EventSourceMessage[];
  /** At the end of the bytes: the event that was not followed by a blank line, if there is one. */
  finish(): EventSourceMessage[];
  /** Whether one event was larger than allowed; nothing more can be fed then. */
  readonly isOverflowed: boolean;
  /** The beginning of the text, as long as no event came. */
  readonly head: string;
}

/** How much of a body without events is kept to find out what it is. */
const MAX_HEAD_CHARS = 64 * 1024;

/** A decoder for one stream. `maxEventChars` bounds the memory that one event may take. */
export function createSseDecoder(maxEventChars: number): SseDecoder {
  const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });
  let messages: EventSourceMessage[] = [];
  let isOverflowed = false;
  let hasEvents = false;
  let head = '';
  const parser = createParser({
    maxBufferSize: maxEventChars,
    onEvent: (message) => messages.push(message),
    onError: (error) => {
      isOverflowed ||= error.type === 'max-buffer-size-exceeded';
    },
  });
  const feedText = (text: string): EventSourceMessage[] => {
    if (!hasEvents && head.length < MAX_HEAD_CHARS) head += text;
    if (!isOverflowed) parser.feed(text);
    const complete = messages;
    messages = [];
    hasEvents ||= complete.length > 0;
    return complete;
  };
  return {
    feed: (bytes) => feedText(utf8.decode(bytes, { stream: true })),
    finish: () => feedText(`${utf8.decode()}\n\n`),
    get isOverflowed() {
      return isOverflowed;
    },
    get head() {
      return hasEvents ? '' : head;
    },
  };
}
