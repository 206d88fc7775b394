import { type Chat, isCozeError, isLoss } from '@cozecut/coze-transport';
import type { CallOutput } from './answer-action.ts';
import type { BotContext, Turn } from './bot-context.ts';
import { isStopped } from './failure.ts';
import { follow, lookUp, type StreamEnd } from './follow.ts';
import { shortenOutput } from './shorten.ts';
import { wait } from './wait.ts';

/** Coze takes requests of 15 MB; the rest is for ids and keys. */
const MAX_OUTPUTS_BYTES = 14_000_000;
/** Outputs of this size have never been called too large. */
const SMALL_OUTPUT_BYTES = 8 * 1024;
/** How often the same outputs are sent while Coze says that it still waits for them. */
const MAX_SUBMITS = 3;
const RETRY_MS = 1_000;

/**
 * Sends the outputs of an action and reads on. When they are refused, Coze is asked how the chat stands: it may have
 * them already, or have gone on without them; when it still waits, they are sent again where that can help.
 *
 * @throws CozeError why they were refused, when the chat does not go on.
 */
export async function submitOutputs(
  context: BotContext,
  turn: Turn,
  chat: Chat,
  outputs: readonly CallOutput[],
  round: number,
): Promise<StreamEnd> {
  const callIds = outputs.map(({ callId }) => callId);
  let sent = fitting(turn, outputs);
  for (let attempt = 1; ; attempt++) {
    try {
      return await send(context, turn, chat, sent, round);
    } catch (error) {
      // What was lost has been looked up, and a chat that is over needs no look.
      if (!isCozeError(error) || isLoss(error) || isStopped(error) || turn.isOver) throw error;
      const end = await lookUp(context, turn).catch((other: unknown) => {
        if (turn.isOver) throw other;
        return undefined;
      });
      if (!end) throw error;
      if (!isSameAction(end, callIds)) {
        const message = `the outputs were refused (${error.message}); the chat is ${end.chat.status}`;
        turn.emit({ type: 'notice', code: 'SUBMIT_RECONCILED', message });
        return end;
      }
      const shorter = isTooLarge(error) ? shortened(sent, SMALL_OUTPUT_BYTES) : undefined;
      if (attempt >= MAX_SUBMITS || (shorter === undefined && error.retry !== 'backoff')) throw error;
      if (shorter === undefined) {
        await wait(context.clock, RETRY_MS, turn.signal);
        continue;
      }
      const message = `Coze refused the outputs as too large; they were cut to ${SMALL_OUTPUT_BYTES} bytes each`;
      turn.emit({ type: 'notice', code: 'OUTPUT_SHORTENED', message });
      sent = shorter;
    }
  }
}

async function send(
  context: BotContext,
  turn: Turn,
  chat: Chat,
  outputs: readonly CallOutput[],
  round: number,
): Promise<StreamEnd> {
  const { client, journal, mode } = context;
  const { signal } = turn;
  const params = { conversationId: chat.conversationId, chatId: chat.id, outputs: [...outputs] };
  const callIds = outputs.map(({ callId }) => callId);
  // Only for who reads the journal: after a restart Coze is asked.
  const taken = () => void journal.submitted(chat.id, callIds).catch(() => {});
  const told = () => turn.emit({ type: 'outputs.submitted', round, chatId: chat.id, callIds });
  if (mode === 'stream') {
    const stream = client.chat.submitToolOutputs(params, { signal });
    told();
    return follow(context, turn, stream, taken);
  }
  told();
  try {
    await client.chat.submit(params, { signal });
    taken();
  } catch (error) {
    // Whether it arrived is what Coze says when it is asked.
    if (!isLoss(error)) throw error;
    const message = 'the answer to the outputs was lost; Coze is asked how the chat stands';
    turn.emit({ type: 'notice', code: 'SUBMIT_RECONCILED', message });
  }
  return lookUp(context, turn);
}

function isSameAction({ kind, chat }: StreamEnd, callIds: readonly string[]): boolean {
  if (kind !== 'action') return false;
  const wanted = new Set(chat.toolCalls.map(({ id }) => id));
  return callIds.every((id) => wanted.has(id));
}

/** Coze names no code for it: 4000 may mean it. */
function isTooLarge(error: { status?: number | undefined; remoteCode?: string | undefined }): boolean {
  return error.status === 413 || error.remoteCode === '4000';
}

/** The outputs, cut to equal shares of what one request may have when they are more than that together. */
function fitting(turn: Turn, outputs: readonly CallOutput[]): readonly CallOutput[] {
  const bytes = outputs.reduce((sum, { output }) => sum + Buffer.byteLength(JSON.stringify(output)), 0);
  if (bytes <= MAX_OUTPUTS_BYTES) return outputs;
  // As a text in JSON, JSON text may become twice as long.
  const shareBytes = Math.floor(MAX_OUTPUTS_BYTES / outputs.length / 2);
  const message = `the outputs of the action have ${bytes} bytes together and were cut to ${shareBytes} bytes each`;
  turn.emit({ type: 'notice', code: 'OUTPUT_SHORTENED', message });
  return shortened(outputs, shareBytes) ?? outputs;
}

/** The outputs cut to a size; nothing when they are that small. */
function shortened(outputs: readonly CallOutput[], maxBytes: number): CallOutput[] | undefined {
  const short = outputs.map(({ callId, output }) => ({ callId, output: shortenOutput(output, maxBytes) }));
  return short.some(({ output }, index) => output !== outputs[index]!.output) ? short : undefined;
}
