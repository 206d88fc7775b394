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
export { PARKED } from './park.ts';
export { type BotRunResult, type RunBotOptions, runBot } from './run-bot.ts';
export {
  createLocalService,
  type LocalConnection,
  type LocalService,
  type LocalServicePorts,
} from './service/local-service.ts';
export type {
  LocalBinding,
  LocalQuestion,
  LocalState,
  LocalStatus,
  LocalTarget,
  ServiceEvent,
} from './service/local-state.ts';
export type { DraftEvent, ListenEvent } from './session/listen-event.ts';
export { createMessageQueue, type MessageQueue } from './session/message-queue.ts';
export { storedUploads } from './session/stored-uploads.ts';
export { readTranscript, recordTranscript, type TranscriptFile } from './session/transcript.ts';
export type { CallableTool, ToolCaller, ToolCallOptions, ToolResult } from './tool-caller.ts';
export type { Answer } from './workflow/ask-person.ts';
export { type RunChatflowOptions, runChatflow } from './workflow/run-chatflow.ts';
export type { RunEvent } from './workflow/run-events.ts';
export { type RunWorkflowOptions, runWorkflow, type WorkflowRunResult } from './workflow/run-workflow.ts';
export type { RunMode } from './workflow/stretch.ts';
