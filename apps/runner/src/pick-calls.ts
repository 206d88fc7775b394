import type { Chat, ToolCall } from '@cozecut/coze-transport';
import type { Turn } from './bot-context.ts';

/** The calls of an action, sorted by who answers them. */
export interface PickedCalls {
  /** For tools; their ids are different and not blank. */
  functions: ToolCall[];
  /** The bot waits for a message of the person. */
  wantsReply: boolean;
  /** Facts the bot wants. */
  infos: string[];
}

/** Sorts the calls of an action; calls that cannot be answered are told as notices. */
export function pickCalls(chat: Chat, turn: Turn): PickedCalls {
  const functions = new Map<string, ToolCall>();
  const picked: PickedCalls = { functions: [], wantsReply: false, infos: [] };
  for (const call of chat.toolCalls) {
    const name = call.function?.name ?? '';
    if (call.type === 'reply_message') {
      picked.wantsReply = true;
    } else if (call.type === 'require_info') {
      picked.infos.push(...call.infos);
    } else if (call.type !== 'function' && (call.type !== '' || !call.function)) {
      turn.emit({
        type: 'notice',
        code: 'CALL_TYPE_UNKNOWN',
        message: `skipped a call of type "${call.type}"`,
      });
    } else if (call.id === '') {
      turn.emit({
        type: 'notice',
        code: 'CALL_WITHOUT_ID',
        message: `skipped a call of "${name}" without id`,
      });
    } else if (functions.has(call.id)) {
      turn.emit({ type: 'notice', code: 'CALL_REPEATED', message: `call ${call.id} came more than once` });
    } else {
      functions.set(call.id, call);
    }
  }
  picked.functions = [...functions.values()];
  return picked;
}
