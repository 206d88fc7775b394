import { Refusal } from '../refusal.ts';
import type { World } from '../world.ts';
import { checkMetaData, type Fields, isFields, optionalBoolean, requiredText } from './fields.ts';

/** The parts of a chat request that the emulator uses. */
export interface ChatRequest {
  botId: string;
  stream: boolean;
  autoSaveHistory: boolean;
  /** What the user and the bot said before; the last one is the question. */
  messages: InputMessage[];
}

/** A message as a client sends it. */
export interface InputMessage {
  role: 'user' | 'assistant';
  type?: string;
  content: string;
  content_type?: string;
  meta_data?: Record<string, string>;
}

/**
 * Checks the body of a chat request.
 *
 * @throws Refusal 4000, 4003, 4004, 4005, 4006, 4007, 4015
 */
export function validateChat(body: unknown, world: World): ChatRequest {
  if (!isFields(body)) throw new Refusal(4000, 'the body must be a JSON object');
  const botId = requiredText(body, 'bot_id');
  requiredText(body, 'user_id');
  const stream = optionalBoolean(body, 'stream', false);
  const autoSaveHistory = optionalBoolean(body, 'auto_save_history', true);
  if (body.publish_status === 'unpublished_draft' && body.bot_version !== undefined) {
    throw new Refusal(4000, 'bot_version cannot be combined with publish_status unpublished_draft');
  }
  checkOptions(body);
  checkMetaData(body.meta_data);
  const types = world.dialect.isStudio || autoSaveHistory ? INPUT_TYPES : INPUT_TYPES_WITHOUT_HISTORY;
  const messages = checkMessages(body.additional_messages, types);
  if (body.parameters !== undefined && !isFields(body.parameters)) {
    throw new Refusal(4000, 'parameters must be an object');
  }
  if (!stream && !autoSaveHistory) {
    throw new Refusal(4007, 'auto_save_history must be true when stream is false');
  }
  checkBot(botId, world);
  return { botId, stream, autoSaveHistory, messages };
}

/** Which code refuses these is not known; 4000 stands for a bad parameter. @throws Refusal 4000 */
function checkOptions(body: Fields): void {
  optionalBoolean(body, 'enable_card', false);
  const { publish_status: publish = 'published_online', custom_variables: variables = {} } = body;
  if (publish !== 'published_online' && publish !== 'unpublished_draft') {
    throw new Refusal(4000, 'publish_status must be published_online or unpublished_draft');
  }
  const isVariable = ([name, value]: [string, unknown]) =>
    /^[A-Za-z_]+$/.test(name) && typeof value === 'string';
  if (!isFields(variables) || !Object.entries(variables).every(isVariable)) {
    throw new Refusal(4000, 'custom_variables must be a map of texts, names of letters and _');
  }
  const { extra_params: extra = {} } = body;
  if (!isFields(extra) || !Object.keys(extra).every((name) => /^(?:latitude|longitude)$/.test(name))) {
    throw new Refusal(4000, 'extra_params must be a map of latitude and longitude');
  }
}

function checkBot(botId: string, world: World): void {
  const { bots } = world;
  if (bots === undefined) return;
  const bot = bots.find(({ id }) => id === botId);
  if (!bot) throw new Refusal(4006, `bot ${botId} does not exist`);
  if (bot.published === false) throw new Refusal(4015, `bot ${botId} is not published to the API channel`);
}

/** Types that a stored message may have. */
export const INPUT_TYPES = ['question', 'answer'];
const INPUT_TYPES_WITHOUT_HISTORY = [...INPUT_TYPES, 'function_call', 'tool_output', 'tool_response'];

/** @throws Refusal 4000, 4004, 4005 */
function checkMessages(value: unknown, types: readonly string[]): InputMessage[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) throw new Refusal(4000, 'additional_messages must be an array');
  if (value.length > 100) throw new Refusal(4004, 'additional_messages takes up to 100 messages');
  const messages = value.map((message, index) => {
    const place = `additional_messages[${index}]`;
    if (!isFields(message)) throw new Refusal(4005, `${place} must be an object`);
    checkMessage(message, place, types);
    return message;
  });
  const isMediaOnly = (message: Fields) =>
    message.content_type === 'object_string' && itemTypes(message.content).every((type) => type !== 'text');
  messages.forEach((message, index) => {
    const neighbours = [messages[index - 1], messages[index + 1]];
    if (
      isMediaOnly(message) &&
      !neighbours.some((other) => other && other.content_type !== 'object_string')
    ) {
      throw new Refusal(4000, `additional_messages[${index}] needs a text message beside it`);
    }
  });
  return messages as unknown as InputMessage[];
}

/** @throws Refusal 4000, 4005 */
export function checkMessage(message: Fields, place: string, types: readonly string[]): void {
  const { role, type, content, content_type: contentType = 'text' } = message;
  if (role !== 'user' && role !== 'assistant') throw new Refusal(4005, `${place}.role is not valid`);
  if (type !== undefined && (typeof type !== 'string' || !types.includes(type))) {
    throw new Refusal(4005, `${place}.type is not valid`);
  }
  if (type === 'question' && role !== 'user')
    throw new Refusal(4005, `${place} is a question not by the user`);
  if (typeof content !== 'string') throw new Refusal(4005, `${place}.content must be text`);
  if (contentType === 'text') return;
  if (contentType !== 'object_string') throw new Refusal(4005, `${place}.content_type is not valid`);
  const items = itemTypes(content);
  const texts = items.filter((item) => item === 'text').length;
  if (items.length === 0 || texts > 1 || texts === items.length) {
    throw new Refusal(4000, `${place}.content needs a file or image and at most one text`);
  }
}

/** Types of the items of an `object_string`; empty when it is not one. */
function itemTypes(content: unknown): string[] {
  try {
    const items: unknown = JSON.parse(String(content));
    return Array.isArray(items) ? items.map((item) => (isFields(item) ? String(item.type) : '')) : [];
  } catch {
    return [];
  }
}
