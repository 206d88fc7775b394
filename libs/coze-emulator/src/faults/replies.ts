import type { Frame } from '../wire/frame.ts';
import type { FaultEffect } from './effect.ts';
import type { Reply, ReplyFault } from './types.ts';

/** F09 to F15 and F22: another answer than that of the route. */
export function replyFault(fault: ReplyFault): FaultEffect {
  if (fault.reply) return { reply: fault.reply };
  switch (fault.id) {
    case 'F09':
      return fault.variant === 'scope'
        ? { reply: json(403, 4101, 'the token has no permission for this') }
        : { reply: json(401, 4100, 'authentication is invalid') };
    case 'F10':
      return { reply: limited(fault.variant ?? 'plain') };
    case 'F11':
      return { reply: broken(fault.variant ?? '503') };
    case 'F12':
      return { reply: layout(fault.variant ?? 'line') };
    case 'F13':
      return fault.variant === 'middle' ? { bendFrames: errorAfterDeltas } : { reply: errorStream() };
    case 'F14':
      return { reply: json(200, 4016, 'the conversation has a chat that is still running') };
    case 'F15':
      return { reply: submitRefusal(fault.variant ?? 'history') };
    case 'F22':
      return fault.variant === 'code4000'
        ? { reply: json(200, 4000, 'the output is too large') }
        : { reply: { status: 413, headers: { 'Content-Type': 'text/html' }, body: page('413') } };
  }
}

function json(status: number, code: number, msg: string, headers: Record<string, string> = {}): Reply {
  return { status, headers, body: JSON.stringify({ code, msg }) };
}

function page(title: string): string {
  return `<html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>\n`;
}

function limited(variant: NonNullable<Extract<ReplyFault, { id: 'F10' }>['variant']>): Reply {
  switch (variant) {
    case 'seconds':
      return json(429, 4020, 'too many requests', { 'Retry-After': '2' });
    case 'date':
      return json(429, 4020, 'too many requests', { 'Retry-After': 'Thu, 01 Jan 2026 00:00:30 GMT' });
    case '4009':
      return json(200, 4009, 'the system is busy');
    case '4020':
      return json(200, 4020, 'the rate per minute is exceeded');
    case '4008':
      return json(200, 4008, 'the quota of the day is used up');
    default:
      return json(429, 4020, 'too many requests');
  }
}

function broken(variant: NonNullable<Extract<ReplyFault, { id: 'F11' }>['variant']>): Reply {
  if (variant === '5000') return json(500, 5000, 'internal error');
  return { status: Number(variant), headers: { 'Content-Type': 'text/html' }, body: page(variant) };
}

function layout(variant: NonNullable<Extract<ReplyFault, { id: 'F12' }>['variant']>): Reply {
  const error = { code: 4000, msg: 'a parameter is not valid' };
  const body = JSON.stringify(error, null, variant === 'pretty' ? 2 : 0);
  return { status: 200, body: variant === 'line' ? body : `${body}\n` };
}

const ERROR_FRAME: Frame = { event: 'error', data: { code: 4013, msg: 'the model failed' } };

function errorStream(): Reply {
  const body = `event:error\ndata:${JSON.stringify(ERROR_FRAME.data)}\n\n`;
  return { status: 200, headers: { 'Content-Type': 'text/event-stream; charset=utf-8' }, body };
}

/** The chat itself goes on to its end, which nobody hears of. */
async function* errorAfterDeltas(frames: AsyncIterable<Frame>): AsyncIterable<Frame> {
  let isBroken = false;
  let hasDelta = false;
  for await (const frame of frames) {
    const isDelta = frame.event === 'conversation.message.delta';
    if (hasDelta && !isDelta && !isBroken) {
      isBroken = true;
      yield ERROR_FRAME;
    }
    hasDelta ||= isDelta;
    if (!isBroken) yield frame;
  }
}

function submitRefusal(variant: NonNullable<Extract<ReplyFault, { id: 'F15' }>['variant']>): Reply {
  switch (variant) {
    case 'history':
      return json(200, 5000, 'the chat was started without auto_save_history');
    case 'chat':
      return json(200, 4001, 'the chat does not exist or is not yours');
    case 'call':
      return json(200, 4000, 'tool_call_id is not pending');
    case 'state':
      return json(200, 4000, 'the chat waits for no tool outputs');
  }
}
