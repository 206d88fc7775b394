import { type Chat, CozeError, isCozeError } from '@cozecut/coze-transport';
import { UserError, WireError } from '@cozecut/problems';
import { answerAction, type CallOutput } from './answer-action.ts';
import { answerText, type BotContext, type Turn } from './bot-context.ts';
import { follow, lookUp, type StreamEnd } from './follow.ts';
import { failure, outputText } from './outputs.ts';
import { type PickedCalls, pickCalls } from './pick-calls.ts';

/** How long an action is answered after the run was stopped, in milliseconds. */
const RELEASE_MS = 5_000;

/**
 * One turn: sends what the person said, answers every action of the bot, ends with the answer or with what the bot
 * wants from the person.
 *
 * @throws CozeError, WireError ACTION_UNANSWERABLE | ACTION_REPEATED
 * @throws UserError UNKNOWN_TOOL when the binding says so, TOO_MANY_ROUNDS
 */
export async function runTurn(
  context: BotContext,
  turn: Turn,
  text: string,
  conversationId: string | undefined,
): Promise<void> {
  const { client, bot, userId, signal } = context;
  const stream = client.chat.stream(
    {
      botId: bot.botId,
      userId,
      conversationId,
      messages: [{ role: 'user', content: text }],
      // Without history the outputs of local tools are refused.
      autoSaveHistory: true,
    },
    { signal },
  );
  const submitted = new Map<string, number>();
  let end: StreamEnd = await follow(context, turn, stream);
  let round = 0;
  while (end.kind === 'action') {
    const { chat } = end;
    const picked = pickCalls(chat, turn);
    if (picked.functions.length === 0) return askPerson(turn, chat, picked);
    const action = picked.functions.map(({ id }) => id).join('\n');
    const times = submitted.get(action) ?? 0;
    if (times > 0 && !end.isConfirmed) {
      // The same action again: it is only answered again when Coze, asked, still waits for it.
      end = await confirm(context, turn);
      continue;
    }
    if (times > 1) throw new WireError('ACTION_REPEATED', 'Coze keeps asking for outputs that it got twice');
    if (picked.infos.length > 0) {
      const message = `the bot also wants: ${picked.infos.join(', ')}`;
      turn.emit({ type: 'notice', code: 'INFO_REQUESTED', message });
    }
    round++;
    const outputs = await outputsFor(context, turn, chat, picked, round);
    submitted.set(action, times + 1);
    turn.answers.clear();
    end = await submit(context, turn, chat, outputs, round);
  }
  turn.emit({ type: 'answer.completed', ...turn.chat!, text: answerText(turn), rounds: round });
}

/** Runs the tools of an action. When the turn cannot go on, the action is answered and the reason thrown. */
async function outputsFor(
  context: BotContext,
  turn: Turn,
  chat: Chat,
  { functions }: PickedCalls,
  round: number,
): Promise<CallOutput[]> {
  const { bot, host, maxRounds, signal } = context;
  if (round > maxRounds) {
    const message = `the bot asked for tools more than ${maxRounds} times in one turn`;
    const output = outputText(failure('TOO_MANY_ROUNDS', message));
    await release(
      context,
      chat,
      functions.map(({ id }) => ({ callId: id, output })),
    );
    throw new UserError('TOO_MANY_ROUNDS', message, { hint: 'Check the prompt of the bot.' });
  }
  const outputs = await answerAction(context, turn, chat, functions);
  if (signal.aborted) {
    await release(context, chat, outputs);
    throw new CozeError('ABORTED', 'stopped by the person', { operation: 'tool calls', retry: 'never' });
  }
  const names = new Set(host.tools.map(({ name }) => name).filter((name) => bot.tools.includes(name)));
  const unknown = functions.find((call) => call.function && !names.has(call.function.name))?.function?.name;
  if (unknown !== undefined && bot.onRequiresAction.onUnknownTool === 'fail') {
    await release(context, chat, outputs);
    throw new UserError('UNKNOWN_TOOL', `the bot called "${unknown}", which this device does not have`, {
      hint: `Tools of bot ${bot.name}: ${[...names].join(', ')}`,
    });
  }
  return outputs;
}

async function submit(
  context: BotContext,
  turn: Turn,
  chat: Chat,
  outputs: CallOutput[],
  round: number,
): Promise<StreamEnd> {
  const stream = context.client.chat.submitToolOutputs(
    { conversationId: chat.conversationId, chatId: chat.id, outputs },
    { signal: context.signal },
  );
  turn.emit({
    type: 'outputs.submitted',
    round,
    chatId: chat.id,
    callIds: outputs.map(({ callId }) => callId),
  });
  return follow(context, turn, stream);
}

async function confirm(context: BotContext, turn: Turn): Promise<StreamEnd> {
  const end = await lookUp(context, turn);
  if (end) return end;
  throw new WireError('ACTION_REPEATED', 'Coze repeated an action that it does not wait for any more');
}

/** Answers an action of a turn that is given up, so that the conversation is not blocked; failures do not matter. */
async function release(context: BotContext, chat: Chat, outputs: CallOutput[]): Promise<void> {
  const control = new AbortController();
  const cancelTimer = context.clock.after(RELEASE_MS, () => control.abort());
  const ref = { conversationId: chat.conversationId, chatId: chat.id };
  const stream = context.client.chat.submitToolOutputs({ ...ref, outputs }, { signal: control.signal });
  try {
    await stream.next();
  } catch (error) {
    if (!isCozeError(error)) throw error;
  } finally {
    cancelTimer();
    await stream.return?.();
  }
}

/** Ends a turn in which nothing can be submitted. @throws WireError ACTION_UNANSWERABLE */
function askPerson(turn: Turn, chat: Chat, { wantsReply, infos }: PickedCalls): void {
  if (wantsReply) {
    turn.emit({ type: 'reply.requested', chatId: chat.id, text: answerText(turn) });
  } else if (infos.length > 0) {
    turn.emit({ type: 'info.requested', chatId: chat.id, infos });
  } else {
    throw new WireError('ACTION_UNANSWERABLE', 'Coze asked for tools, but no call has an id to answer to');
  }
}
