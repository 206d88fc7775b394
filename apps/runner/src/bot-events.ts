import type { Progress } from '@cozecut/plugin-host';

/**
 * What happens while a bot is listened to; every event is one JSON object for `--jsonl`. `turn` counts what the person
 * said, from 1; chats that a former run left open are 0. A turn begins with `turn.started` or `turn.resumed` and ends
 * with exactly one of `answer.completed`, `reply.requested`, `info.requested` or `turn.failed`.
 */
export type BotEvent = { turn: number } & (
  | { type: 'turn.started'; text: string }
  /** A chat that was left open goes on. */
  | { type: 'turn.resumed'; chatId: string; conversationId: string }
  /** Coze accepted the message. */
  | { type: 'chat.started'; chatId: string; conversationId: string }
  /** A piece of an answer; pieces of one `messageId` are joined. */
  | { type: 'answer.delta'; messageId: string; text: string }
  | ToolEvent
  /** All outputs of an action were sent; `round` counts the actions of the turn from 1. */
  | { type: 'outputs.submitted'; round: number; chatId: string; callIds: string[] }
  /** Something that did not stop the turn: a call that could not be used, a recovery, a new conversation. */
  | { type: 'notice'; code: NoticeCode; message: string }
  /** The turn is over; `rounds` = actions answered. */
  | { type: 'answer.completed'; chatId: string; conversationId: string; text: string; rounds: number }
  /** The bot waits for a message of the person: the next turn is the reply. */
  | { type: 'reply.requested'; chatId: string; text: string }
  /** The bot wants facts such as `location`, which this client cannot give. */
  | { type: 'info.requested'; chatId: string; infos: string[] }
  | ({
      type: 'turn.failed';
      /** What was answered before it failed. */
      text: string;
    } & Failure)
);

/** What is told of a tool call, in bots and in workflows. */
export type ToolEvent =
  /** A tool begins to run on this device. */
  | { type: 'tool.started'; callId: string; tool: string; input: unknown }
  | { type: 'tool.progress'; callId: string; tool: string; progress: Progress }
  /** A call has its output; `replayed` = taken from the journal, the tool did not run again. */
  | {
      type: 'tool.finished';
      callId: string;
      tool: string;
      durationMs: number;
      replayed: boolean;
      ok: boolean;
      /** With `ok`, unless replayed. */
      output?: unknown;
      /** Without `ok`, unless replayed. */
      error?: { code: string; message: string; hint?: string };
    }
  | { type: 'notice'; code: NoticeCode; message: string };

/** Why something ended. */
export interface Failure {
  code: string;
  message: string;
  hint?: string;
  /** Id of the request in Coze's logs. */
  logId?: string;
}

/** Codes of `notice` events. */
export type NoticeCode =
  | 'CALL_WITHOUT_ID'
  | 'CALL_REPEATED'
  | 'CALL_TYPE_UNKNOWN'
  | 'INFO_REQUESTED'
  | 'JOURNAL_FAILED'
  | 'OUTPUT_SHORTENED'
  | 'SUBMIT_RECONCILED'
  | 'STREAM_RECOVERED'
  | 'STREAM_GAP'
  | 'CHAT_CANCELLED'
  | 'CONVERSATION_BUSY'
  | 'CONVERSATION_REPLACED';
