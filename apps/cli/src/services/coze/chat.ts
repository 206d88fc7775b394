import {
  type Chat,
  type ChatEvent,
  type ChatRef,
  type CozeClient,
  isLoss,
  type SubmitParams,
  type ToolCall,
} from '@cozecut/coze-transport';
import { UserError } from '@cozecut/problems';
import { unsaid } from '../unsaid.ts';
import type { CozeTarget } from './place.ts';

/** How a turn with a bot ended. */
export interface ChatTurn {
  conversation_id: string;
  chat_id: string;
  /** `asks`: the bot waits for what the person says next, in the same conversation. */
  status: 'completed' | 'asks';
  answer: string;
  /** Tools of this machine that the bot asked for and did not get. */
  refused_tools?: string[];
  /** Tokens of the model. */
  usage?: Chat['usage'];
}

/** What is said to a bot. */
export interface ChatRequest {
  client: CozeClient;
  bot: CozeTarget;
  say: string;
  conversation?: string | undefined;
  userId: string;
  signal: AbortSignal;
  /** Told of each piece of the answer. */
  onText(text: string): void;
}

/** The chat, once Coze has said which one it is. */
interface Seen {
  chat?: ChatRef;
}

/** A bot that asks for tools again and again, whatever it is told, is left. */
const MOST_REFUSALS = 5;

/**
 * Says something to a bot and reads what it answers. Where it asks for tools of this machine it is told that there are
 * none: a chat that waits for them cannot be cancelled and would keep the conversation busy.
 *
 * @throws CozeError
 * @throws UserError BOT_WANTS_TOOL when it goes on asking.
 */
export async function chatWithBot(request: ChatRequest): Promise<ChatTurn> {
  const { client, bot, say, conversation, userId, signal } = request;
  const answers = new Map<string, string>();
  const refused: string[] = [];
  const seen: Seen = {};
  let stream = client.chat.stream(
    {
      botId: bot.id,
      userId,
      messages: [{ role: 'user', content: say }],
      // A submit is refused where the chat keeps no history.
      autoSaveHistory: true,
      ...(conversation === undefined ? {} : { conversationId: conversation }),
    },
    { signal },
  );
  for (let round = 0; round <= MOST_REFUSALS; round++) {
    const chat = await endOf(stream, answers, request, seen);
    const calls = answerable(chat);
    if (calls.length === 0) return turnOf(chat, [...answers.values()], refused, request.onText);
    refused.push(...calls.map((call) => call.function?.name ?? ''));
    stream = client.chat.submitToolOutputs(refusalOf(chat, calls), { signal });
  }
  throw new UserError(
    'BOT_WANTS_TOOL',
    `the bot goes on asking for the tool ${refused.at(-1)} of this machine`,
    {
      hint: `\`cozecut listen --bot ${bot.name}\` runs the tools of the bot`,
    },
  );
}

/** The calls that wait for an output, each once; without an id nothing can be answered. */
function answerable({ toolCalls }: Chat): ToolCall[] {
  const calls = toolCalls.filter(({ type, id }) => type === 'function' && id !== '');
  return [...new Map(calls.map((call) => [call.id, call])).values()];
}

/** The end of a chat that its stream tells; where that was lost Coze is asked how the chat stands. */
async function endOf(
  stream: AsyncIterable<ChatEvent>,
  answers: Map<string, string>,
  { client, signal, onText }: ChatRequest,
  seen: Seen,
): Promise<Chat> {
  try {
    return await readStream(stream, answers, onText, seen);
  } catch (error) {
    if (seen.chat === undefined || !isLoss(error)) throw error;
    const { chat, messages } = await client.chat.recover(seen.chat, { signal }).catch(() => {
      throw error;
    });
    if (chat.status !== 'completed' && chat.status !== 'requires_action') throw error;
    for (const { type, id, content } of messages) {
      if (type !== 'answer') continue;
      onText(unsaid(answers.get(id) ?? '', content));
      answers.set(id, content);
    }
    return { ...chat, id: seen.chat.chatId, conversationId: seen.chat.conversationId };
  }
}

/** Reads one stream to its end, which is an answer or a question. */
async function readStream(
  stream: AsyncIterable<ChatEvent>,
  answers: Map<string, string>,
  onText: (text: string) => void,
  seen: Seen,
): Promise<Chat> {
  const whole = new Set<string>();
  for await (const event of stream) {
    switch (event.type) {
      case 'chat.created':
      case 'chat.in_progress':
        seen.chat = { chatId: event.chat.id, conversationId: event.chat.conversationId };
        break;
      case 'message.delta':
        if (event.message.type !== 'answer' || whole.has(event.message.id)) break;
        answers.set(event.message.id, (answers.get(event.message.id) ?? '') + event.message.content);
        onText(event.message.content);
        break;
      case 'message.completed': {
        const { type, id, content } = event.message;
        if (type !== 'answer') break;
        // A service may send the whole without its parts, or without some of them.
        onText(unsaid(answers.get(id) ?? '', content));
        answers.set(id, content);
        whole.add(id);
        break;
      }
      case 'chat.completed':
      case 'chat.requires_action':
        return event.chat;
      case 'chat.failed':
        throw event.error;
    }
  }
  throw new UserError('UPSTREAM_INVALID', 'the stream of the bot ended without an end of the chat');
}

function turnOf(
  chat: Chat,
  answers: readonly string[],
  refused: readonly string[],
  onText: (text: string) => void,
): ChatTurn {
  const asked = chat.toolCalls.flatMap(({ infos }) => infos).join(', ');
  if (asked !== '') onText(asked);
  return {
    conversation_id: chat.conversationId,
    chat_id: chat.id,
    status: chat.toolCalls.length === 0 ? 'completed' : 'asks',
    answer: [...answers, ...(asked === '' ? [] : [asked])].join('\n'),
    ...(refused.length === 0 ? {} : { refused_tools: [...new Set(refused)] }),
    ...(chat.usage === undefined ? {} : { usage: chat.usage }),
  };
}

function refusalOf({ conversationId, id: chatId }: Chat, calls: readonly ToolCall[]): SubmitParams {
  const error = { code: 'TOOL_UNAVAILABLE', message: 'this client has no tools; answer without them' };
  return {
    conversationId,
    chatId,
    outputs: calls.map(({ id: callId }) => ({ callId, output: JSON.stringify({ error }) })),
  };
}
