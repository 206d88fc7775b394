import type { ChatRecord, World } from '../world.ts';

/** Changes the status; a cancelled chat stays cancelled although its stream goes on. */
export function become(chat: ChatRecord, status: ChatRecord['status']): void {
  if (chat.status === 'canceled') return;
  chat.status = status;
  const isOver = status === 'completed' || status === 'failed';
  if (isOver && chat.conversation.active === chat) chat.conversation.active = undefined;
}

/** Fails a chat whose action or whose whole life is too old by now. */
export function expireOld(chat: ChatRecord, world: World): void {
  const nowMs = world.clock.nowMs();
  const { actionTtlMs } = world.settings;
  const isWaiting = chat.status === 'requires_action';
  if ((isWaiting && nowMs - chat.actionSinceMs >= actionTtlMs) || (isWaiting && isOverdue(chat, world))) {
    expireAction(chat);
  }
}

/** Whether a chat has taken longer than a chat may. */
export function isOverdue(chat: ChatRecord, world: World): boolean {
  return world.clock.nowMs() - chat.startedMs >= world.settings.chatOverallMs;
}

/** What the service says about a chat that took too long. */
export const TOO_LONG = { code: 5000, msg: 'event interval error' };

/** Ends the open action of a chat as failed. */
export function expireAction(chat: ChatRecord): void {
  if (chat.status !== 'requires_action') return;
  chat.lastError = TOO_LONG;
  Object.assign(chat, { action: [], calls: [], pending: [], outputs: {}, next: undefined });
  become(chat, 'failed');
}
