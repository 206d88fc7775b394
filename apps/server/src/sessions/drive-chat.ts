import type { Caller } from '@cozecut/auth';
import {
  type ChatEvent,
  type ChatRef,
  type Chat as CozeChat,
  type CozeClient,
  isCozeError,
  parseJson,
} from '@cozecut/coze-transport';
import type { Log, ToolError } from '@cozecut/plugin-host';
import { UserError } from '@cozecut/problems';
import type { Calls } from '../calls.ts';

/** More rounds of tool calls than this are a bot that goes in circles. */
const MAX_ROUNDS = 16;
/** Pieces of an answer are told together when they come faster than this. */
const DELTA_MS = 80;

/** What a chat is driven with. */
export interface DriveOptions {
  client: CozeClient;
  botId: string;
  conversationId: string;
  /** Separates the memory of the bot per person. */
  userId: string;
  text: string;
  caller: Caller;
  calls: Calls;
  /** Whether tool calls of the bot are answered here; else they end the chat with what was asked for. */
  runsTools: boolean;
  signal: AbortSignal;
  log: Log;
  /** Told of everything that happens, in order. */
  emit(type: string, data: Record<string, unknown>): Promise<void>;
}

/** How a chat ended. */
export interface ChatResult {
  /** Id that Coze has given the chat. */
  coze_chat_id: string | undefined;
  answer: string;
}

/**
 * Asks the bot one question and goes on until it has answered. A stream that is lost is made up for by asking for the
 * state of the chat.
 *
 * @throws CozeError when Coze refuses or fails.
 * @throws UserError ACTION_REQUIRED when the bot calls tools and nobody here answers them.
 */
export async function driveChat(options: DriveOptions): Promise<ChatResult> {
  const { client, signal, conversationId } = options;
  const teller = createTeller(options.emit);
  const answers: string[] = [];
  let ref: ChatRef | undefined;

  async function follow(stream: AsyncIterable<ChatEvent>): Promise<CozeChat | undefined> {
    for await (const event of stream) {
      switch (event.type) {
        case 'chat.created':
        case 'chat.in_progress':
          if (ref === undefined) await teller.tell('chat', { coze_chat_id: event.chat.id });
          ref = { conversationId: event.chat.conversationId || conversationId, chatId: event.chat.id };
          break;
        case 'message.delta':
          if (event.message.type === 'answer') teller.delta(event.message.content);
          break;
        case 'message.completed':
          if (event.message.type === 'answer') answers.push(event.message.content);
          break;
        case 'chat.failed':
          throw event.error;
        case 'chat.requires_action':
          return event.chat;
      }
    }
    return undefined;
  }

  /** Follows a stream; what it lost is asked for. */
  async function followOrRecover(stream: AsyncIterable<ChatEvent>): Promise<CozeChat | undefined> {
    try {
      return await follow(stream);
    } catch (error) {
      if (ref === undefined || signal.aborted || !isCozeError(error) || !LOST.has(error.code)) throw error;
      options.log.warn('a stream was lost and is made up for', { chat: ref.chatId, code: error.code });
      const { chat, answer } = await client.chat.recover(ref, { signal });
      if (chat.status === 'requires_action') return chat;
      if (chat.status !== 'completed') throw error;
      answers.splice(0, answers.length, answer);
      return undefined;
    }
  }

  /** What was submitted: a submit that was lost is made up for without running a tool again. */
  const done = new Map<string, string>();
  let asked = await followOrRecover(
    client.chat.stream(
      {
        botId: options.botId,
        userId: options.userId,
        conversationId,
        messages: [{ role: 'user', content: options.text }],
        autoSaveHistory: true,
      },
      { signal },
    ),
  );
  for (let round = 0; asked !== undefined; round++) {
    if (round === MAX_ROUNDS)
      throw new UserError('TOO_MANY_ROUNDS', `the bot called tools ${MAX_ROUNDS} times in a row`);
    const outputs = await answerCalls(asked, options, teller, done);
    asked = await followOrRecover(
      client.chat.submitToolOutputs(
        { conversationId: asked.conversationId || conversationId, chatId: asked.id, outputs },
        { signal },
      ),
    );
  }
  await teller.flush();
  return { coze_chat_id: ref?.chatId, answer: answers.join('\n') };
}

const LOST: ReadonlySet<string> = new Set([
  'STREAM_TRUNCATED',
  'STREAM_IDLE',
  'STREAM_TOO_LARGE',
  'NETWORK',
  'BAD_EVENT',
]);

async function answerCalls(chat: CozeChat, options: DriveOptions, teller: Teller, done: Map<string, string>) {
  const functions = chat.toolCalls.filter((call) => call.function !== undefined);
  if (!options.runsTools || functions.length === 0) {
    const names = functions.map((call) => call.function!.name);
    throw new UserError(
      'ACTION_REQUIRED',
      names.length > 0 ? `the bot waits for the tools ${names.join(', ')}` : 'the bot waits for a reply',
      { hint: 'set APP_MODE=local to let this server answer with its own tools' },
    );
  }
  return Promise.all(
    functions.map(async ({ id, function: called }) => {
      const known = done.get(id);
      if (known !== undefined) return { callId: id, output: known };
      const about = { call_id: id, tool: called!.name };
      await teller.tell('tool', { ...about, status: 'running' });
      const { output, error } = await callTool(called!, options);
      await teller.tell(
        'tool',
        error === undefined ? { ...about, status: 'done' } : { ...about, status: 'failed', error },
      );
      const text = JSON.stringify(output);
      done.set(id, text);
      return { callId: id, output: text };
    }),
  );
}

/** The output that goes back to the bot; a failure is one as well, so that the chat is not left hanging. */
async function callTool(
  called: { name: string; arguments: string },
  { calls, caller, signal, log }: DriveOptions,
): Promise<{ output: unknown; error?: Pick<ToolError, 'code' | 'message' | 'hint'> }> {
  let input: unknown = {};
  try {
    if (called.arguments.trim() !== '') input = parseJson(called.arguments);
  } catch (error) {
    return asOutput({ code: 'INPUT_INVALID', message: (error as Error).message });
  }
  const result = await calls.call({ tool: called.name, input, mode: 'local', caller, signal, log });
  if (result.ok) return { output: result.output };
  const { code, message, hint } = result.error;
  return asOutput({ code, message, ...(hint === undefined ? {} : { hint }) });
}

function asOutput(error: Pick<ToolError, 'code' | 'message' | 'hint'>) {
  return { error, output: { error } };
}

interface Teller {
  tell(type: string, data: Record<string, unknown>): Promise<void>;
  delta(text: string): void;
  flush(): Promise<void>;
}

/** Tells events one after the other, and pieces of text together. */
function createTeller(emit: DriveOptions['emit']): Teller {
  let text = '';
  let timer: NodeJS.Timeout | undefined;
  let told: Promise<void> = Promise.resolve();
  const then = (type: string, data: Record<string, unknown>) => {
    told = told.then(() => emit(type, data)).catch(() => undefined);
    return told;
  };
  const flushText = () => {
    clearTimeout(timer);
    timer = undefined;
    if (text !== '') void then('delta', { content: text });
    text = '';
  };
  return {
    tell(type, data) {
      flushText();
      return then(type, data);
    },
    delta(piece) {
      text += piece;
      timer ??= setTimeout(flushText, DELTA_MS);
    },
    flush() {
      flushText();
      return told;
    },
  };
}
