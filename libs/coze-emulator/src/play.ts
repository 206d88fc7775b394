import type { ScriptedCall, Step } from './scenario.ts';
import { chatObject, type Frame, finishContent, messageObject } from './wire.ts';
import type { ActionCall, ChatRecord, World } from './world.ts';

/**
 * Plays one step of the script: changes the chat and yields the frames that tell about it.
 * The chat changes whether or not anybody reads the frames, as on the real service.
 *
 * @param first - Whether the chat begins here; a submit continues it.
 */
export async function* play(
  world: World,
  chat: ChatRecord,
  step: Step,
  first: boolean,
): AsyncGenerator<Frame> {
  const { clock, settings } = world;
  const chatFrame = (status: string): Frame => ({
    event: `conversation.chat.${status}`,
    data: chatObject(chat, status, world.now()),
  });
  const completed = (id: string, type: string, content: string): Frame => {
    const message = messageObject(chat, { id, type, content }, world.now());
    chat.messages.push(message);
    return { event: 'conversation.message.completed', data: message };
  };

  if (first) {
    yield chatFrame('created');
    await clock.sleep(settings.interEventMs);
  }
  become(chat, 'in_progress');
  yield chatFrame('in_progress');
  await clock.sleep(settings.interEventMs);

  if ('fail' in step) {
    chat.lastError = step.fail;
    become(chat, 'failed');
    yield chatFrame('failed');
    return;
  }

  if ('toolCalls' in step) {
    const action = step.toolCalls.map((call) => actionCall(world, call));
    if (settings.announceCalls) {
      for (const call of action) {
        if (call.function) yield completed(world.nextId(), 'function_call', announcement(call.function));
      }
    }
    chat.action = action;
    chat.pending = [...new Set(action.filter(isAnswerable).map((call) => call.id))];
    chat.next = step.next;
    become(chat, 'requires_action');
    yield chatFrame('requires_action');
    if (settings.doneAfterAction) yield { event: 'done', data: '"[DONE]"' };
    return;
  }

  const id = world.nextId();
  for (const part of step.answer) {
    const data = messageObject(chat, { id, type: 'answer', content: part }, world.now());
    yield { event: 'conversation.message.delta', data };
    await clock.sleep(settings.interEventMs);
  }
  yield completed(id, 'answer', step.answer.join(''));
  yield completed(world.nextId(), 'verbose', finishContent(0));
  become(chat, 'completed');
  yield chatFrame('completed');
  yield { event: 'done', data: '"[DONE]"' };
}

/** Changes the status; a cancelled chat stays cancelled although its stream goes on. */
function become(chat: ChatRecord, status: ChatRecord['status']): void {
  if (chat.status === 'canceled') return;
  chat.status = status;
  if (status === 'completed' || status === 'failed') chat.conversation.active = undefined;
}

function isAnswerable(call: ActionCall): boolean {
  return call.type === 'function' && call.id !== '';
}

function actionCall(world: World, call: ScriptedCall): ActionCall {
  const type = call.type ?? 'function';
  const isFunction = type === 'function' && call.function !== null;
  return {
    id: call.id ?? (type === 'reply_message' ? '' : world.nextCallId()),
    type,
    function: isFunction ? { name: call.name ?? '', arguments: argumentsText(call.arguments) } : null,
    requireInfo: call.infos ? { infos: call.infos } : null,
  };
}

function argumentsText(value: object | string | undefined): string {
  return typeof value === 'object' ? JSON.stringify(value) : (value ?? '');
}

/** Content of the message that announces a call; its ids are numbers beyond the safe range, as on the wire. */
function announcement(call: { name: string; arguments: string }): string {
  const quoted = JSON.stringify;
  return `{"name":${quoted(call.name)},"arguments":${quoted(call.arguments)},"plugin_id":7400000000000000901,"api_id":7400000000000000902,"plugin_type":6}`;
}
