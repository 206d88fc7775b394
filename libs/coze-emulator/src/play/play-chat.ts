import { storeMessage } from '../conversations.ts';
import type { LiveStep, ScriptedCall } from '../scenario/types.ts';
import type { Frame } from '../wire/frame.ts';
import { chatObject, finishContent, messageObject, verboseContent } from '../wire/objects.ts';
import type { ChatRecord, World } from '../world.ts';
import { actionCall, announcement, isAnswerable } from './action.ts';
import { become, isOverdue, TOO_LONG } from './lifetime.ts';
import { chatHeartbeat, pause } from './pause.ts';

/**
 * Plays one step of the script: changes the chat and yields the frames that tell about it.
 * The chat changes whether or not anybody reads the frames, as on the real service.
 *
 * @param first - Whether the chat begins here; a submit continues it.
 */
export async function* play(
  world: World,
  chat: ChatRecord,
  answer: LiveStep | Promise<LiveStep>,
  first: boolean,
): AsyncGenerator<Frame> {
  const { settings } = world;
  const gap = () => pause(world, settings.interEventMs, chatHeartbeat);
  if (first) {
    yield chatFrame(world, chat, 'created');
    yield* gap();
  }
  become(chat, 'in_progress');
  yield chatFrame(world, chat, 'in_progress');
  yield* gap();
  if (!first) yield* pause(world, settings.thinkMs, chatHeartbeat);

  const step = await answer;
  if (isOverdue(chat, world)) yield* playFailure(world, chat, TOO_LONG);
  else if ('fail' in step) yield* playFailure(world, chat, step.fail);
  else if ('toolCalls' in step) yield* playAction(world, chat, step);
  else yield* playAnswer(world, chat, step);
}

/** The chat as it is when its stream says `status`. */
export function chatFrame(world: World, chat: ChatRecord, status: string): Frame {
  return { event: `conversation.chat.${status}`, data: chatObject(chat, status, world.now()) };
}

/** A message that is complete; the chat and, for questions and answers, the conversation keep it. */
export function completedMessage(
  world: World,
  chat: ChatRecord,
  message: { id: string; type: string; content: string },
): Frame {
  const data = messageObject(chat, message, world.now());
  chat.messages.push(data);
  if (chat.autoSaveHistory) {
    const { role, type, content, content_type } = data;
    const own = { id: data.id, bot_id: chat.botId, chat_id: chat.id };
    storeMessage(world, chat.conversation, { role, type, content, content_type, ...own });
  }
  return { event: 'conversation.message.completed', data };
}

/** The deltas of an answer and the whole of it. */
export async function* answerFrames(
  world: World,
  chat: ChatRecord,
  parts: readonly string[],
): AsyncGenerator<Frame> {
  const id = world.nextId();
  for (const content of parts) {
    const data = messageObject(chat, { id, type: 'answer', content }, world.now());
    yield { event: 'conversation.message.delta', data };
    yield* pause(world, world.settings.interEventMs, chatHeartbeat);
  }
  yield completedMessage(world, chat, { id, type: 'answer', content: parts.join('') });
}

async function* playFailure(
  world: World,
  chat: ChatRecord,
  error: { code: number; msg: string },
): AsyncGenerator<Frame> {
  chat.lastError = error;
  become(chat, 'failed');
  yield chatFrame(world, chat, 'failed');
  if (world.settings.doneAfterFailure) yield endFrame(world);
}

async function* playAction(
  world: World,
  chat: ChatRecord,
  step: Extract<LiveStep, { toolCalls: ScriptedCall[] }>,
): AsyncGenerator<Frame> {
  const action = chat.bendCalls(step.toolCalls).map((call) => actionCall(world, call));
  if (world.settings.announceCalls) {
    for (const call of action) {
      if (!call.function) continue;
      const content = announcement(call.function);
      yield completedMessage(world, chat, { id: world.nextId(), type: 'function_call', content });
    }
  }
  chat.action = action;
  chat.calls = step.toolCalls;
  chat.outputs = {};
  chat.actionSinceMs = world.clock.nowMs();
  chat.next = step.next;
  if (world.dialect.isStudio) return yield* playStudioInterrupt(world, chat);
  chat.pending = [...new Set(action.filter(isAnswerable).map((call) => call.id))];
  become(chat, 'requires_action');
  yield chatFrame(world, chat, 'requires_action');
  if (world.settings.doneAfterAction) yield endFrame(world);
}

/** A self-hosted service has no local plugins: the chat stops with a message and goes on with the next question. */
async function* playStudioInterrupt(world: World, chat: ChatRecord): AsyncGenerator<Frame> {
  chat.pending = [];
  become(chat, 'requires_action');
  const calls = chat.action.map((call) => ({ id: call.id, type: call.type, function: call.function }));
  const content = verboseContent('interrupt', JSON.stringify({ tool_calls: calls }));
  yield completedMessage(world, chat, { id: world.nextId(), type: 'verbose', content });
  yield completedMessage(world, chat, { id: world.nextId(), type: 'verbose', content: finishContent(1) });
  yield endFrame(world);
}

async function* playAnswer(
  world: World,
  chat: ChatRecord,
  step: Extract<LiveStep, { answer: string[] }>,
): AsyncGenerator<Frame> {
  for (const message of step.messages ?? []) {
    yield completedMessage(world, chat, { id: world.nextId(), ...message });
  }
  yield* answerFrames(world, chat, step.answer);
  if (isOverdue(chat, world)) return yield* playFailure(world, chat, TOO_LONG);
  yield completedMessage(world, chat, { id: world.nextId(), type: 'verbose', content: finishContent(0) });
  for (const content of step.followUps ?? []) {
    yield completedMessage(world, chat, { id: world.nextId(), type: 'follow_up', content });
  }
  become(chat, 'completed');
  yield chatFrame(world, chat, 'completed');
  const audioId = step.audio ? world.nextId() : '';
  for (const content of step.audio ?? []) {
    const audio = { id: audioId, type: 'answer', content, contentType: 'audio' };
    yield { event: 'conversation.audio.delta', data: messageObject(chat, audio, world.now()) };
  }
  yield endFrame(world);
}

function endFrame(world: World): Frame {
  return world.dialect.isStudio
    ? { event: 'conversation.stream.done', data: '' }
    : { event: 'done', data: '"[DONE]"' };
}
