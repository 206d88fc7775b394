import type { LiveStep, ScriptedCall } from '../scenario/types.ts';
import type { ActionCall, ChatRecord, World } from '../world.ts';

/** Whether a call can be answered by a submit. */
export function isAnswerable(call: ActionCall): boolean {
  return call.type === 'function' && call.id !== '';
}

/** The call of an action, with an id of its own where the script has none. */
export function actionCall(world: World, call: ScriptedCall): ActionCall {
  const type = call.type ?? 'function';
  const isFunction = type === 'function' && call.function !== null;
  return {
    id: call.id ?? (type === 'reply_message' ? '' : world.nextCallId()),
    type,
    function: isFunction ? { name: call.name ?? '', arguments: argumentsText(call.arguments) } : null,
    requireInfo: call.infos ? { infos: call.infos } : null,
    fileOutputs: call.fileOutputs ?? [],
  };
}

function argumentsText(value: object | string | undefined): string {
  return typeof value === 'object' ? JSON.stringify(value) : (value ?? '');
}

/** Content of the message that announces a call; its ids are numbers beyond the safe range, as on the wire. */
export function announcement(call: { name: string; arguments: string }): string {
  const quoted = JSON.stringify;
  return `{"name":${quoted(call.name)},"arguments":${quoted(call.arguments)},"plugin_id":7400000000000000901,"api_id":7400000000000000902,"plugin_type":6}`;
}

/** What follows the action of a chat once it was answered. */
export function nextOf(chat: ChatRecord): LiveStep | undefined {
  const { next, action, outputs } = chat;
  return typeof next === 'function' ? next(action.map(({ id }) => outputs[id] ?? '')) : next;
}
