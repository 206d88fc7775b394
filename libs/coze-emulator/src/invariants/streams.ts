import { parseExact } from '../exact-json.ts';
import { textOf } from '../text-of.ts';
import type { TranscriptEntry } from '../transcript/transcript.ts';
import type { InvariantFacts, InvariantViolation } from './types.ts';

/** Rule 6: the emulator notes polls that come too fast. */
export function pollsSlowly(transcript: readonly TranscriptEntry[]): InvariantViolation[] {
  return transcript.flatMap(({ violation }) => (violation ? [{ invariant: 6, message: violation }] : []));
}

/** Rule 7: the last state of a chat is what the client shows. */
export function showsState(
  transcript: readonly TranscriptEntry[],
  shown: NonNullable<InvariantFacts['shown']>,
): InvariantViolation[] {
  return shown.flatMap(({ chatId, status }) => {
    const state = transcript.findLast(({ chat }) => chat === chatId)?.state ?? 'unknown';
    if (oneSpelling(state) === oneSpelling(status)) return [];
    return [{ invariant: 7, message: `the client shows chat ${chatId} as ${status}, it is ${state}` }];
  });
}

function oneSpelling(status: string): string {
  return status === 'cancelled' ? 'canceled' : status;
}

/** Rule 8. */
export function closesStreams(transcript: readonly TranscriptEntry[]): InvariantViolation[] {
  const closed = new Set(transcript.filter((entry) => entry.closed).map((entry) => entry.request));
  const streams = new Set(transcript.filter((entry) => entry.frame).map((entry) => entry.request));
  return [...streams]
    .filter((request) => !closed.has(request))
    .map((request) => ({ invariant: 8, message: `the stream of request ${request} is still open` }));
}

/** Rule 9. */
export function joinsDeltas(transcript: readonly TranscriptEntry[]): InvariantViolation[] {
  const found: InvariantViolation[] = [];
  const joined = new Map<string, string>();
  for (const { frame } of transcript) {
    if (!frame?.event.startsWith('conversation.message.')) continue;
    const message = parseExact(frame.data) as { id: unknown; content: string };
    // A fault sends ids as numbers.
    const id = textOf(message.id);
    if (frame.event === 'conversation.message.delta') {
      joined.set(id, (joined.get(id) ?? '') + message.content);
    } else if (joined.has(id) && joined.get(id) !== message.content) {
      found.push({ invariant: 9, message: `the deltas of message ${id} do not add up to its text` });
    }
  }
  return found;
}
