import { FAULTS, type TranscriptEntry } from '@cozecut/coze-emulator';
import type { ToolRun } from './life.ts';

/**
 * What a schedule must meet often enough for its rules to say something: every fault and every kind of step, each with
 * a tool that ran afterwards. Not among them: F30, which is about tokens that run out; chatflows (L, N), which have no
 * local tools. Other tests have those.
 */
export const WANTED: readonly string[] = [
  ...Object.keys(FAULTS).filter((id) => id !== 'F30'),
  'A answer',
  'A other message',
  'B one call',
  'C second round',
  'D several calls',
  'E blank arguments',
  'F file output',
  'G reply_message',
  'H require_info',
  'H require_info beside a tool',
  'I failure',
  'J audio',
  'K message',
  'K interrupt 1',
  'K interrupt 2',
  'K interrupt 5',
  'K interrupt 6',
  'K interrupt 7',
  'K several calls',
  'K without a stream',
  'M heartbeat of a chat',
  'M heartbeat of a workflow',
  'O without a stream',
];

/** What happened in a schedule before its last tool began. */
export function metBeforeTools(
  transcript: readonly TranscriptEntry[],
  runs: readonly ToolRun[],
): Set<string> {
  const end = Math.max(0, ...runs.map(({ at }) => at));
  const rounds = new Map<string, number>();
  return new Set(transcript.slice(0, end).flatMap((entry) => labelsOf(entry, rounds)));
}

function labelsOf(entry: TranscriptEntry, rounds: Map<string, number>): string[] {
  const { faults = [], frame, dir, chat = '' } = entry;
  if (dir === 'in') return [...faults];
  const body = entry.body as { data?: { status?: string }; interrupt_data?: { type: number; data: string } };
  if (body?.data?.status === 'requires_action') return ['O without a stream'];
  if (body?.interrupt_data) return ['K without a stream', ...interruptLabels(body.interrupt_data)];
  if (!frame) return [];
  if (frame.event === 'comment') return ['M heartbeat of a chat'];
  if (frame.event === 'PING') return ['M heartbeat of a workflow'];
  if (frame.event === 'conversation.chat.requires_action') {
    rounds.set(chat, (rounds.get(chat) ?? 0) + 1);
    return [...actionLabels(JSON.parse(frame.data)), ...(rounds.get(chat)! > 1 ? ['C second round'] : [])];
  }
  if (frame.event === 'Interrupt') return interruptLabels(JSON.parse(frame.data).interrupt_data);
  if (frame.event === 'conversation.message.completed') {
    return [/"type":"answer"/.test(frame.data) ? 'A answer' : 'A other message'];
  }
  return LABELS[frame.event] ?? [];
}

const LABELS: Readonly<Record<string, string[]>> = {
  'conversation.audio.delta': ['J audio'],
  'conversation.chat.failed': ['I failure'],
  Message: ['K message'],
};

interface Call {
  type: string;
  function: { arguments: string } | null;
}

function actionLabels(chat: {
  required_action?: { submit_tool_outputs: { tool_calls: Call[] | null } };
}): string[] {
  const calls = chat.required_action?.submit_tool_outputs.tool_calls ?? [];
  const tools = calls.filter(({ type }) => type === 'function');
  const hasInfo = calls.some(({ type }) => type === 'require_info');
  return [
    ...(tools.length === 1 ? ['B one call'] : []),
    ...(tools.length > 1 ? ['D several calls'] : []),
    ...(tools.some((call) => call.function?.arguments === '') ? ['E blank arguments'] : []),
    ...(tools.some((call) => call.function?.arguments.includes('.png')) ? ['F file output'] : []),
    ...(calls.some(({ type }) => type === 'reply_message') ? ['G reply_message'] : []),
    ...(hasInfo ? ['H require_info'] : []),
    ...(hasInfo && tools.length > 0 ? ['H require_info beside a tool'] : []),
  ];
}

function interruptLabels({ type, data }: { type: number; data: string }): string[] {
  const calls = data.match(/"function":/g) ?? [];
  return [`K interrupt ${type}`, ...(calls.length > 1 ? ['K several calls'] : [])];
}
