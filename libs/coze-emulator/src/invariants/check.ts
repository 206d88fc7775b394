import type { TranscriptEntry } from '../transcript/transcript.ts';
import { answersActions, runsOnce, savesHistory } from './actions.ts';
import { keepsTokenSecret } from './secrets.ts';
import { closesStreams, joinsDeltas, pollsSlowly, showsState } from './streams.ts';
import type { InvariantFacts, InvariantViolation } from './types.ts';

/**
 * Checks what a client did against the rules for clients:
 * 1 a tool runs at most once per call id; 2 one submit per action, unless the answer of one was lost (F16); 3 a
 * submit carries every function call of the action and nothing else; 4 `auto_save_history` is true on chats that use
 * tools; 5 every request is authorized and the token is in no URL, no body and no log; 6 a chat is polled once a
 * second at most, where client and emulator share a clock; 7 the client shows the state that the service has;
 * 8 every stream was closed; 9 joined deltas equal the completed text.
 *
 * @example
 * ```ts
 * import { checkInvariants, startEmulator } from '@cozecut/coze-emulator';
 *
 * const emulator = await startEmulator();
 * await fetch(`${emulator.url}/v3/chat`, { method: 'POST', body: '{}' }); // without a token
 * console.log(checkInvariants(emulator.transcript())); // => [ { invariant: 5, message: 'request 1 has no Authorization' } ]
 * await emulator.close();
 * ```
 */
export function checkInvariants(
  transcript: readonly TranscriptEntry[],
  facts: InvariantFacts = {},
): InvariantViolation[] {
  return [
    ...runsOnce(facts.toolRuns ?? []),
    ...answersActions(transcript),
    ...savesHistory(transcript),
    ...keepsTokenSecret(transcript, facts),
    ...pollsSlowly(transcript),
    ...showsState(transcript, facts.shown ?? []),
    ...closesStreams(transcript),
    ...joinsDeltas(transcript),
  ];
}
