import { parseExact } from '../exact-json.ts';
import { textOf } from '../text-of.ts';
import type { TranscriptEntry } from '../transcript/transcript.ts';
import type { InvariantFacts, InvariantViolation } from './types.ts';

/** Rule 1. */
export function runsOnce(runs: NonNullable<InvariantFacts['toolRuns']>): InvariantViolation[] {
  const keys = runs.map(({ chatId, callId }) => `${chatId}/${callId}`);
  const again = new Set(keys.filter((key, index) => keys.indexOf(key) !== index));
  return [...again].map((key) => ({ invariant: 1, message: `the tool of call ${key} ran more than once` }));
}

interface Action {
  chat: string;
  callIds: string[];
  isDelivered: boolean;
  isPolled: boolean;
  submits: number;
  /** Whether a submit was refused before it reached the chat. */
  isUnheard: boolean;
}

/** Rules 2 and 3: walks through actions and submits in order. */
export function answersActions(transcript: readonly TranscriptEntry[]): InvariantViolation[] {
  const found: InvariantViolation[] = [];
  const actions: Action[] = [];
  const unheard = refusedForToken(transcript);
  for (const entry of transcript) {
    const opened = openedAction(entry);
    if (opened) addAction(actions, opened);
    const outputs = submittedIds(entry);
    if (!outputs) continue;
    const chat = new URLSearchParams(entry.route.split('?')[1]).get('chat_id') ?? '';
    const action = actions.findLast((candidate) => candidate.chat === chat);
    if (!action) {
      found.push({ invariant: 2, message: `submit for chat ${chat}, which has no action` });
      continue;
    }
    // A submit whose answer was lost may be sent again, and one whose token was refused has not reached the chat.
    action.isUnheard ||= unheard.has(entry.request);
    if (!entry.faults?.includes('F16') && !unheard.has(entry.request)) action.submits++;
    if ([...outputs].sort().join() !== [...action.callIds].sort().join()) {
      const message = `submit carries [${outputs}], the action of chat ${chat} has [${action.callIds}]`;
      found.push({ invariant: 3, message });
    }
  }
  for (const { chat, callIds, isDelivered, isUnheard, submits } of actions) {
    const isLeft = isDelivered && submits === 0 && !isUnheard && !isLost(transcript, chat);
    if (submits > 1 || isLeft) {
      found.push({ invariant: 2, message: `action [${callIds}] of chat ${chat} got ${submits} submits` });
    }
  }
  return found;
}

const TOKEN_REFUSED: ReadonlySet<unknown> = new Set([4100, 700012006]);

/** Numbers of the requests whose token was refused. */
function refusedForToken(transcript: readonly TranscriptEntry[]): ReadonlySet<number> {
  const refusals = transcript.filter(
    ({ dir, body }) => dir === 'out' && TOKEN_REFUSED.has((body as { code?: unknown } | undefined)?.code),
  );
  return new Set(refusals.map(({ request }) => request));
}

/** An action that nobody answered yet can be told twice, and a poll can show it at any time. */
function addAction(actions: Action[], opened: Action): void {
  const known = actions.findLast(({ chat }) => chat === opened.chat);
  const isSame = `${known?.callIds}` === `${opened.callIds}` && (known?.submits === 0 || opened.isPolled);
  if (known && isSame) known.isDelivered ||= opened.isDelivered;
  else actions.push(opened);
}

function isLost(transcript: readonly TranscriptEntry[], chat: string): boolean {
  return transcript.some(({ faults, route }) => faults?.includes('F16') && route.includes(`chat_id=${chat}`));
}

/** The action that a frame or a poll shows, when it has calls that can be submitted. */
function openedAction(entry: TranscriptEntry): Action | undefined {
  const { frame, body, dir, sent } = entry;
  const isAction = frame?.event === 'conversation.chat.requires_action';
  const polled = dir === 'out' && !frame ? (body as { data?: Chat } | undefined)?.data : undefined;
  const chat = isAction ? (parseExact(frame.data) as Chat) : polled;
  if (chat?.status !== 'requires_action') return undefined;
  const calls = chat.required_action?.submit_tool_outputs?.tool_calls ?? [];
  const ids = calls.filter(({ id, type }) => type === 'function' && id !== '').map(({ id }) => id);
  if (ids.length === 0) return undefined;
  return {
    chat: textOf(chat.id),
    callIds: [...new Set(ids)],
    isDelivered: !isAction || sent === true,
    isPolled: !isAction,
    submits: 0,
    isUnheard: false,
  };
}

interface Chat {
  id: unknown;
  status: string;
  required_action?: { submit_tool_outputs?: { tool_calls?: { id: string; type: string }[] | null } };
}

function submittedIds(entry: TranscriptEntry): string[] | undefined {
  if (entry.dir !== 'in' || !entry.route.startsWith('/v3/chat/submit_tool_outputs')) return undefined;
  const body = entry.body as { tool_outputs?: { tool_call_id: string }[] } | undefined;
  return (body?.tool_outputs ?? []).map((output) => output.tool_call_id);
}

/** Rule 4. */
export function savesHistory(transcript: readonly TranscriptEntry[]): InvariantViolation[] {
  const withAction = new Set(transcript.flatMap((entry) => openedAction(entry)?.chat ?? []));
  const chatOf = new Map(transcript.flatMap(({ chat, request }) => (chat ? [[request, chat] as const] : [])));
  return transcript
    .filter((entry) => entry.dir === 'in' && entry.route.split('?')[0] === '/v3/chat')
    .filter((entry) => withAction.has(chatOf.get(entry.request) ?? ''))
    .filter((entry) => (entry.body as { auto_save_history?: unknown })?.auto_save_history !== true)
    .map((entry) => ({
      invariant: 4,
      message: `request ${entry.request} may use tools but does not set auto_save_history`,
    }));
}
