/**
 * Local mode: talks with a Coze bot and runs the tools it asks for on this device.
 *
 * @packageDocumentation
 */
export type { BotEvent, Failure, NoticeCode, ToolEvent } from './bot-events.ts';
export type { FileUploads } from './file-outputs.ts';
export {
  type CallJournal,
  type CallKey,
  type CallOutcome,
  type CallRecord,
  journalOver,
  memoryJournal,
  type OpenChat,
} from './journal.ts';
export { type FileJournal, type JournalOwner, openJournal } from './journal-file.ts';
export { createJournalState, type JournalEntry, type JournalState, parseEntry } from './journal-state.ts';
export { type BotRunResult, type RunBotOptions, runBot } from './run-bot.ts';
export type { CallableTool, ToolCaller, ToolCallOptions, ToolResult } from './tool-caller.ts';
export type { Answer } from './workflow/ask-person.ts';
export { type RunChatflowOptions, runChatflow } from './workflow/run-chatflow.ts';
export type { RunEvent } from './workflow/run-events.ts';
export { type RunWorkflowOptions, runWorkflow, type WorkflowRunResult } from './workflow/run-workflow.ts';
export type { RunMode } from './workflow/stretch.ts';
