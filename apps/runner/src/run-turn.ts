import { type Chat, type ChatParams, type ChatRef, CozeError } from '@cozecut/coze-transport';
import { UserError, WireError } from '@cozecut/problems';
import { answerAction, type CallOutput } from './answer-action.ts';
import { answerText, type BotContext, type Turn } from './bot-context.ts';
import { follow, lookUp, noteChat, type StreamEnd } from './follow.ts';
import { release } from './leave-chat.ts';
import { failure, outputText } from './outputs.ts';
import { isParked, parkedError } from './park.ts';
import { type PickedCalls, pickCalls } from './pick-calls.ts';
import { submitOutputs } from './submit-outputs.ts';

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
  const { client, bot, userId, mode } = context;
  const { signal } = turn;
  const params: ChatParams = {
    botId: bot.botId,
    userId,
    conversationId,
    messages: [{ role: 'user', content: text }],
    // Without history the outputs of local tools are refused.
    autoSaveHistory: true,
  };
  if (mode === 'stream') {
    return goOn(context, turn, await follow(context, turn, client.chat.stream(params, { signal })));
  }
  await noteChat(context, turn, await client.chat.create(params, { signal }));
  await goOn(context, turn, await lookUp(context, turn));
}

/**
 * Goes on with a chat that was left open: what Coze waits for is answered from the journal, or run where it was not
 * begun.
 *
 * @throws CozeError also when the chat is over without an answer; and what {@link runTurn} throws.
 */
export async function resumeTurn(context: BotContext, turn: Turn, ref: ChatRef): Promise<void> {
  turn.chat = ref;
  await goOn(context, turn, await lookUp(context, turn));
}

async function goOn(context: BotContext, turn: Turn, first: StreamEnd): Promise<void> {
  const submitted = new Map<string, number>();
  let end = first;
  let round = 0;
  while (end.kind === 'action') {
    const { chat } = end;
    const picked = pickCalls(chat, turn);
    if (picked.functions.length === 0) {
      if (picked.wantsReply || picked.infos.length > 0) return askPerson(turn, chat, picked);
      // What came was not usable; what Coze says when it is asked may be.
      if (end.isConfirmed || !turn.chat) throw unanswerable();
      end = await lookUp(context, turn);
      continue;
    }
    const action = picked.functions.map(({ id }) => id).join('\n');
    const times = submitted.get(action) ?? 0;
    if (times > 0 && !end.isConfirmed) {
      // The same action again: it is only answered again when Coze, asked, still waits for it.
      end = await lookUp(context, turn);
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
    end = await submitOutputs(context, turn, chat, outputs, round);
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
  const { bot, host } = context;
  const { maxRounds } = bot.onRequiresAction;
  const ref = { chatId: chat.id, conversationId: chat.conversationId };
  if (round > maxRounds) {
    const message = `the bot asked for tools more than ${maxRounds} times in one turn`;
    const output = outputText(failure('TOO_MANY_ROUNDS', message));
    await release(
      context,
      turn,
      ref,
      functions.map(({ id }) => ({ callId: id, output })),
    );
    throw new UserError('TOO_MANY_ROUNDS', message, { hint: 'Check the prompt of the bot.' });
  }
  const actions = {
    ...context,
    allowed: bot.tools,
    signal: turn.signal,
    timeoutMs: bot.onRequiresAction.submitTimeoutMs,
    emit: turn.emit,
  };
  const outputs = await answerAction(actions, chat.id, functions);
  if (isParked(turn.signal)) throw parkedError();
  if (turn.signal.aborted) {
    await release(context, turn, ref, outputs);
    throw new CozeError('ABORTED', 'stopped by the person', { operation: 'tool calls', retry: 'never' });
  }
  const names = new Set(host.tools.map(({ name }) => name).filter((name) => bot.tools.includes(name)));
  const unknown = functions.find((call) => call.function && !names.has(call.function.name))?.function?.name;
  if (unknown !== undefined && bot.onRequiresAction.onUnknownTool === 'fail') {
    await release(context, turn, ref, outputs);
    throw new UserError('UNKNOWN_TOOL', `the bot called "${unknown}", which this device does not have`, {
      hint: `Tools of bot ${bot.name}: ${[...names].join(', ')}`,
    });
  }
  return outputs;
}

/** Ends a turn in which the person has the word. */
function askPerson(turn: Turn, chat: Chat, { wantsReply, infos }: PickedCalls): void {
  if (wantsReply) turn.emit({ type: 'reply.requested', chatId: chat.id, text: answerText(turn) });
  else turn.emit({ type: 'info.requested', chatId: chat.id, infos });
}

function unanswerable(): WireError {
  return new WireError('ACTION_UNANSWERABLE', 'Coze asked for tools, but no call has an id to answer to');
}
