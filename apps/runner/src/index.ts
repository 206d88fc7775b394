/**
 * Local mode: talks with a Coze bot and runs the tools it asks for on this device.
 *
 * @packageDocumentation
 */
export type { BotEvent, NoticeCode } from './bot-events.ts';
export {
  type CallJournal,
  type CallKey,
  type CallOutcome,
  type CallRecord,
  memoryJournal,
} from './journal.ts';
export { type BotRunResult, type RunBotOptions, runBot } from './run-bot.ts';
export type { ToolCaller, ToolCallOptions, ToolResult } from './tool-caller.ts';
