import {
  type DocumentPart,
  flag,
  inPath,
  inQuery,
  list,
  object,
  oneOf,
  operation,
  PAGE,
  ref,
  type Schema,
  text,
  time,
} from './words.ts';

const tag = 'Sessions';
const ID = inPath('id', 'Id of the session');
const CHAT = inPath('id', 'Id of the chat');
const CHAT_STATES = ['running', 'succeeded', 'failed'];

/** The form of every answer of the session service. */
const result = (data: Schema): Schema =>
  object({
    success: flag('Whether it went well'),
    timestamp: time('When it was answered'),
    data: object({
      task_result: object({
        success: flag('Whether it went well'),
        timestamp: time('When it was answered'),
        data,
      }),
    }),
  });

/** An operation that tells failures in this form as well. */
const sessionOperation = (options: Parameters<typeof operation>[0]): object =>
  operation({
    ...options,
    failure: result(
      object({
        error_code: text('What went wrong'),
        message: text('The same in words'),
        'hint?': text('What to do about it'),
        'problems?': list(ref('Finding'), 'Each mistake'),
      }),
    ),
  });

/** `routes/sessions.ts` */
export const sessions: DocumentPart = {
  feature: 'sessions',
  schemas: {
    Session: object({
      session_id: text('Id'),
      conversation_id: text('Id of the conversation at Coze'),
      bot_id: text('Id of the bot'),
      'name?': text('Name'),
      'chat_id?': text('Chat that runs, or ran last'),
      'chat_status?': oneOf(CHAT_STATES, 'How far that chat is; only where one session is asked for'),
      created_at: time('When it was made'),
    }),
    Chat: object({
      session_id: text('Id of its session'),
      chat_id: text('Id'),
      status: oneOf(CHAT_STATES, 'How far it is'),
      'answer?': text('What the bot has answered'),
    }),
    Message: object({
      message_id: text('Id'),
      'coze_chat_id?': text(
        'Id that Coze has given the chat that it was said in, as the event `chat` tells it',
      ),
      role: text('`user` or `assistant`'),
      type: text('`question`, `answer` and others'),
      content: text('What was said'),
      content_type: text('`text` or what else it is'),
      'created_at?': time('When it was said'),
    }),
  },
  paths: {
    '/coze/sessions': {
      get: sessionOperation({
        id: 'listSessions',
        tag,
        summary: 'Sessions, the newest first',
        parameters: [...PAGE, inQuery('owner', text('Only those of this owner'))],
        answers: {
          200: result(
            object({
              sessions: list(ref('Session'), 'One page of them'),
              'next_cursor?': text('Where the next page begins'),
            }),
          ),
        },
      }),
      post: sessionOperation({
        id: 'createSession',
        tag,
        summary: 'Makes a session',
        body: object({
          'bot_id?': text('Id of the bot; that of the server when it is left out'),
          'name?': text('Name', { maxLength: 100 }),
        }),
        answers: { 200: result(ref('Session')) },
      }),
    },
    '/coze/sessions/{id}': {
      get: sessionOperation({
        id: 'getSession',
        tag,
        summary: 'One session',
        parameters: [ID],
        answers: { 200: result(ref('Session')) },
      }),
      delete: sessionOperation({
        id: 'deleteSession',
        tag,
        summary: 'Removes a session and its conversation',
        parameters: [ID],
        answers: {
          200: result(object({ session_id: text('Id'), deleted: flag('Whether it is gone') })),
        },
      }),
    },
    '/coze/sessions/{id}/messages': {
      get: sessionOperation({
        id: 'listMessages',
        tag,
        summary: 'What was said, the newest first',
        parameters: [ID, ...PAGE],
        answers: {
          200: result(
            object({
              messages: list(ref('Message'), 'One page of them'),
              'next_cursor?': text('Where the next page begins'),
            }),
          ),
        },
      }),
      post: sessionOperation({
        id: 'sendMessage',
        tag,
        summary: 'Asks the bot; a chat that takes long is answered with 202',
        parameters: [ID],
        body: object({
          message: text('What is said', { maxLength: 100_000 }),
          'stream?': flag('Whether events are wanted as the answer'),
        }),
        answers: { 200: result(ref('Chat')), 202: result(ref('Chat')) },
      }),
    },
    '/coze/chats/{id}/result': {
      get: sessionOperation({
        id: 'getChat',
        tag,
        summary: 'How a chat ended',
        parameters: [CHAT],
        answers: { 200: result(ref('Chat')), 202: result(ref('Chat')) },
      }),
    },
    '/coze/chats/{id}/events': {
      get: sessionOperation({
        id: 'watchChat',
        tag,
        summary: 'What happens in a chat, as server-sent events',
        parameters: [CHAT],
        answers: { 200: text('Events: `chat`, `delta`, `tool`, `completed`, `failed`') },
        type: 'text/event-stream',
      }),
    },
  },
};
