import { nextOf } from '../play/action.ts';
import { expireOld } from '../play/lifetime.ts';
import { play } from '../play/play-chat.ts';
import { Refusal } from '../refusal.ts';
import type { Step } from '../scenario/types.ts';
import type { ChatRecord, World } from '../world.ts';
import { chatAnswer, findChat } from './find-chat.ts';
import type { Answer, Call } from './route.ts';

/** `POST /v3/chat/submit_tool_outputs` */
export function submitToolOutputs(call: Call): Answer {
  const { world } = call;
  const chat = findChat(call);
  expireOld(chat, world);
  if (!chat.autoSaveHistory) throw new Refusal(5000, 'the chat was started without auto_save_history');
  if (chat.status !== 'requires_action' || !chat.next) {
    throw new Refusal(4000, `chat ${chat.id} is ${chat.status} and waits for no tool outputs`);
  }
  const body = call.body as { stream?: unknown; tool_outputs?: unknown } | undefined;
  const outputs = readOutputs(body?.tool_outputs, chat, world);
  Object.assign(chat.outputs, outputs);
  chat.pending = chat.pending.filter((id) => !(id in outputs));
  if (chat.pending.length > 0) return chatAnswer(world, chat);
  const step = brokenFile(chat, world) ?? nextOf(chat)!;
  closeAction(chat);
  chat.bendCalls = call.bendCalls;
  if (body?.stream === true) {
    return { kind: 'stream', frames: play(world, chat, step, false), framing: 'chat', chat };
  }
  chat.background = { step, first: false, pollsLeft: world.settings.pollsUntilReady };
  return chatAnswer(world, chat);
}

/** Forgets a submit: the action stays open, and the next submit is followed by the same action with other ids. */
export function forgetSubmit(chat: ChatRecord): void {
  if (chat.status !== 'requires_action' || !chat.next) return;
  chat.next = { toolCalls: chat.calls, next: chat.next };
}

function closeAction(chat: ChatRecord): void {
  Object.assign(chat, { action: [], calls: [], pending: [], outputs: {}, next: undefined });
  chat.status = 'in_progress';
}

/** @throws Refusal 4000, and 413 for an output that is too large. */
function readOutputs(value: unknown, chat: ChatRecord, world: World): Record<string, string> {
  if (!Array.isArray(value) || value.length === 0) throw new Refusal(4000, 'tool_outputs is required');
  const outputs: Record<string, string> = Object.create(null);
  for (const item of value as { tool_call_id?: unknown; output?: unknown }[]) {
    const id = item?.tool_call_id;
    if (typeof id !== 'string' || !chat.pending.includes(id)) {
      throw new Refusal(4000, `tool_call_id ${JSON.stringify(id)} is not pending`);
    }
    if (id in outputs) throw new Refusal(4000, `tool_call_id ${id} is answered twice`);
    if (typeof item.output !== 'string') throw new Refusal(4000, `the output of ${id} must be a string`);
    checkSize(id, item.output, world);
    outputs[id] = item.output;
  }
  const missing = chat.pending.filter((id) => !(id in outputs));
  if (missing.length > 0 && !world.settings.partialSubmit) {
    throw new Refusal(4000, `no output for tool_call_id ${missing.join(', ')}`);
  }
  return outputs;
}

function checkSize(id: string, output: string, { settings }: World): void {
  if (Buffer.byteLength(output) <= settings.maxOutputBytes) return;
  const message = `the output of ${id} is larger than ${settings.maxOutputBytes} bytes`;
  throw new Refusal(4000, message, settings.oversizeStyle === 'http413' ? 413 : undefined);
}

/** The failure that follows when an output names no file where it has to. */
function brokenFile(chat: ChatRecord, world: World): Step | undefined {
  for (const { id, fileOutputs } of chat.action) {
    if (fileOutputs.length === 0) continue;
    const output = parseObject(chat.outputs[id] ?? '');
    const wrong = fileOutputs.find((key) => !isFileValue(output?.[key], world));
    if (wrong !== undefined) return { fail: { code: 4000, msg: `output ${wrong} of ${id} is no file` } };
  }
  return undefined;
}

function isFileValue(value: unknown, world: World): boolean {
  if (typeof value !== 'string') return false;
  return world.files.has(value) || (URL.canParse(value) && /^https?:$/.test(new URL(value).protocol));
}

function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
