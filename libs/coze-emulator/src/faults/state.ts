import { nextOf } from '../play/action.ts';
import { expireAction } from '../play/lifetime.ts';
import { withoutPauses } from '../play/pause.ts';
import { play } from '../play/play-chat.ts';
import type { Frame } from '../wire/frame.ts';
import type { FaultContext, FaultEffect } from './effect.ts';
import type { StateFault } from './types.ts';

const TWO_HOURS_MS = 2 * 60 * 60 * 1000;

/** F16, F21, F23 and F30 to F33: what happens on the other side while a client is busy. */
export function stateFault(fault: StateFault): FaultEffect {
  switch (fault.id) {
    case 'F16':
      return fault.variant === 'again' ? { loseAnswer: true, forgetSubmit: true } : { loseAnswer: true };
    case 'F21':
      return { before: (context) => withChat(context, (chat) => expireAction(chat)) };
    case 'F23':
      return cancelledAfter(fault.afterFrames ?? 3);
    case 'F30':
      return fault.variant === 'mid-stream'
        ? { bendFrames: expireTokenInMidStream }
        : { before: ({ world }) => world.skewNext(fault.skewMs ?? TWO_HOURS_MS) };
    case 'F31':
      return studioWay(fault.variant ?? 'stream-done');
    case 'F32':
      return { before: answerFirst };
    case 'F33':
      return { connection: { how: fault.variant ?? 'reset', downMs: fault.downMs ?? 1000 } };
  }
}

type Chat = NonNullable<ReturnType<FaultContext['world']['chats']['get']>>;

function withChat({ world, query }: FaultContext, use: (chat: Chat) => void): void {
  const chat = world.chats.get(query.get('chat_id') ?? '');
  if (chat) use(chat);
}

function cancelledAfter(afterFrames: number): FaultEffect {
  return {
    async *bendFrames(frames, { chat }) {
      let count = 0;
      for await (const frame of frames) {
        yield frame;
        if (++count === afterFrames && chat) {
          chat.status = 'canceled';
          chat.conversation.active = undefined;
        }
      }
    },
  };
}

async function* expireTokenInMidStream(
  frames: AsyncIterable<Frame>,
  { world, token }: FaultContext,
): AsyncIterable<Frame> {
  for await (const frame of frames) {
    yield frame;
    if (token !== undefined) world.tokens.expire(token);
  }
}

/** The other runner gets the whole continuation. */
function answerFirst(context: FaultContext): void {
  withChat(context, (chat) => {
    const step = nextOf(chat);
    if (chat.status !== 'requires_action' || step === undefined) return;
    Object.assign(chat, { action: [], pending: [], outputs: {}, next: undefined, status: 'in_progress' });
    const frames = play(withoutPauses(context.world), chat, step, false);
    void (async () => {
      while (!(await frames.next()).done);
    })();
  });
}

function studioWay(variant: NonNullable<Extract<StateFault, { id: 'F31' }>['variant']>): FaultEffect {
  const headers = { 'Content-Type': 'application/json; charset=utf-8' };
  switch (variant) {
    case 'token':
      return { reply: { status: 200, headers, body: '{"code":700012006,"msg":"access token invalid"}' } };
    case 'no-submit':
      return {
        reply: { status: 404, headers: { 'Content-Type': 'text/plain' }, body: '404 page not found' },
      };
    case 'plain-error':
      return { bendFrames: plainError };
    case 'stream-done':
      return { bendFrames: streamDone };
  }
}

async function* streamDone(frames: AsyncIterable<Frame>): AsyncIterable<Frame> {
  for await (const frame of frames) {
    yield frame.event === 'done' ? { event: 'conversation.stream.done', data: '' } : frame;
  }
}

/** The first frame, then an error whose data is no JSON. */
async function* plainError(frames: AsyncIterable<Frame>): AsyncIterable<Frame> {
  let isFirst = true;
  for await (const frame of frames) {
    if (isFirst) {
      yield frame;
      yield { event: 'error', data: 'the workflow broke: node 100001' };
    }
    isFirst = false;
  }
}
