import { REDACTED, type TranscriptEntry } from './transcript.ts';

/** A rule of good behaviour that a client broke. */
export interface InvariantViolation {
  /** Number of the rule, see {@link checkInvariants}. */
  invariant: number;
  message: string;
}

/** What the transcript alone cannot know. */
export interface InvariantFacts {
  /** Tool runs of the client, one entry for each run. */
  toolRuns?: readonly { chatId: string; callId: string }[];
}

/**
 * Checks what a client did against the rules for clients:
 * 1 a tool runs at most once per call id; 2 one submit per action; 3 a submit carries every function call of the
 * action and nothing else; 4 `auto_save_history` is true on chats that use tools; 5 every request is authorized and
 * the token is in no URL and no body; 8 every stream was closed; 9 joined deltas equal the completed text.
 */
export function checkInvariants(
  transcript: readonly TranscriptEntry[],
  facts: InvariantFacts = {},
): InvariantViolation[] {
  return [
    ...runsOnce(facts.toolRuns ?? []),
    ...answersActions(transcript),
    ...savesHistory(transcript),
    ...keepsTokenSecret(transcript),
    ...closesStreams(transcript),
    ...joinsDeltas(transcript),
  ];
}

function runsOnce(runs: readonly { chatId: string; callId: string }[]): InvariantViolation[] {
  const keys = runs.map(({ chatId, callId }) => `${chatId}/${callId}`);
  const again = new Set(keys.filter((key, index) => keys.indexOf(key) !== index));
  return [...again].map((key) => ({ invariant: 1, message: `the tool of call ${key} ran more than once` }));
}

interface Action {
  chat: string;
  callIds: string[];
  isDelivered: boolean;
  submits: number;
}

/** Rules 2 and 3: walks through actions and submits in order. */
function answersActions(transcript: readonly TranscriptEntry[]): InvariantViolation[] {
  const found: InvariantViolation[] = [];
  const actions: Action[] = [];
  for (const entry of transcript) {
    const opened = openedAction(entry);
    if (opened) actions.push(opened);
    const outputs = submittedIds(entry);
    if (!outputs) continue;
    const chat = new URLSearchParams(entry.route.split('?')[1]).get('chat_id') ?? '';
    const action = actions.findLast((candidate) => candidate.chat === chat);
    if (!action) {
      found.push({ invariant: 2, message: `submit for chat ${chat}, which has no action` });
      continue;
    }
    action.submits++;
    if ([...outputs].sort().join() !== [...action.callIds].sort().join()) {
      const message = `submit carries [${outputs}], the action of chat ${chat} has [${action.callIds}]`;
      found.push({ invariant: 3, message });
    }
  }
  for (const { chat, callIds, isDelivered, submits } of actions) {
    if (submits > 1 || (isDelivered && submits === 0)) {
      found.push({ invariant: 2, message: `action [${callIds}] of chat ${chat} got ${submits} submits` });
    }
  }
  return found;
}

/** The action that a frame opens, when it has calls that can be submitted. */
function openedAction(entry: TranscriptEntry): Action | undefined {
  if (entry.frame?.event !== 'conversation.chat.requires_action') return undefined;
  const chat = JSON.parse(entry.frame.data) as {
    id: string;
    required_action: { submit_tool_outputs: { tool_calls: { id: string; type: string }[] } };
  };
  const calls = chat.required_action.submit_tool_outputs.tool_calls;
  const ids = calls.filter(({ id, type }) => type === 'function' && id !== '').map(({ id }) => id);
  if (ids.length === 0) return undefined;
  return { chat: chat.id, callIds: [...new Set(ids)], isDelivered: entry.sent === true, submits: 0 };
}

function submittedIds(entry: TranscriptEntry): string[] | undefined {
  if (entry.dir !== 'in' || !entry.route.startsWith('/v3/chat/submit_tool_outputs')) return undefined;
  const body = entry.body as { tool_outputs?: { tool_call_id: string }[] } | undefined;
  return (body?.tool_outputs ?? []).map((output) => output.tool_call_id);
}

function savesHistory(transcript: readonly TranscriptEntry[]): InvariantViolation[] {
  const withAction = new Set(
    transcript.filter((entry) => openedAction(entry)).map((entry) => String(entry.request)),
  );
  return transcript
    .filter((entry) => entry.dir === 'in' && entry.route.split('?')[0] === '/v3/chat')
    .filter((entry) => withAction.has(String(entry.request)))
    .filter((entry) => (entry.body as { auto_save_history?: unknown })?.auto_save_history !== true)
    .map((entry) => ({
      invariant: 4,
      message: `request ${entry.request} may use tools but does not set auto_save_history`,
    }));
}

function keepsTokenSecret(transcript: readonly TranscriptEntry[]): InvariantViolation[] {
  return transcript
    .filter((entry) => entry.dir === 'in')
    .flatMap((entry) => {
      const rest = JSON.stringify([entry.route, entry.body ?? null]);
      if (!entry.headers?.authorization) {
        return [{ invariant: 5, message: `request ${entry.request} has no Authorization` }];
      }
      if (rest.includes(REDACTED)) {
        return [{ invariant: 5, message: `request ${entry.request} has the token in its URL or body` }];
      }
      return [];
    });
}

function closesStreams(transcript: readonly TranscriptEntry[]): InvariantViolation[] {
  const closed = new Set(transcript.filter((entry) => entry.closed).map((entry) => entry.request));
  const streams = new Set(transcript.filter((entry) => entry.frame).map((entry) => entry.request));
  return [...streams]
    .filter((request) => !closed.has(request))
    .map((request) => ({ invariant: 8, message: `the stream of request ${request} is still open` }));
}

function joinsDeltas(transcript: readonly TranscriptEntry[]): InvariantViolation[] {
  const found: InvariantViolation[] = [];
  const joined = new Map<string, string>();
  for (const { frame } of transcript) {
    if (!frame?.event.startsWith('conversation.message.')) continue;
    const message = JSON.parse(frame.data) as { id: string; content: string };
    if (frame.event === 'conversation.message.delta') {
      joined.set(message.id, (joined.get(message.id) ?? '') + message.content);
    } else if (joined.has(message.id) && joined.get(message.id) !== message.content) {
      found.push({ invariant: 9, message: `the deltas of message ${message.id} do not add up to its text` });
    }
  }
  return found;
}
