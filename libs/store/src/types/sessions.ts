/** A conversation of one owner with a bot. */
export interface Session {
  id: string;
  owner: string;
  /** What the server remembers: conversation, bot, user. */
  data: unknown;
  /** Id of the chat that runs, or ran last. */
  chatId: string | undefined;
  /** Unix time in milliseconds. */
  createdAt: number;
  /** Unix time in milliseconds. */
  modifiedAt: number;
}

/** One question to the bot and what came of it. */
export interface Chat {
  id: string;
  sessionId: string;
  owner: string;
  state: 'running' | 'succeeded' | 'failed';
  /** What the bot answered, or the error; `undefined` while it runs. */
  result: unknown;
  /** Unix time in milliseconds. */
  createdAt: number;
  /** Unix time in milliseconds. */
  modifiedAt: number;
}

/** Sessions and their chats, shared by all processes. With an owner, those of others are not there. */
export interface SessionStore {
  /** Keeps a new session; its id is made, and cannot be guessed. */
  create(options: { owner: string; data: unknown }): Promise<Session>;
  /** The session, or nothing when there is none. */
  get(id: string, owner?: string): Promise<Session | undefined>;
  /** Replaces what is remembered. @throws UserError SESSION_NOT_FOUND */
  update(id: string, data: unknown): Promise<Session>;
  /** Removes a session with its chats; false when there is none. */
  remove(id: string, owner?: string): Promise<boolean>;
  /** Newest first; `before` is `next` of the former page, or the id of its last session while that is there. */
  list(options: {
    owner?: string;
    limit: number;
    before?: string;
  }): Promise<{ sessions: Session[]; next?: string }>;

  /**
   * Begins a chat; a session has one at a time.
   *
   * @param options.chatId - Id of the chat; made when left out. Can be changed by {@link SessionStore.nameChat}.
   * @throws UserError SESSION_NOT_FOUND
   * @throws UserError SESSION_BUSY while another chat of the session runs.
   */
  beginChat(
    sessionId: string,
    options: { leaseMs: number; chatId?: string },
  ): Promise<{ chat: Chat; lease: string }>;
  /** Gives the chat the id that Coze made for it. */
  nameChat(chatId: string, lease: string, newChatId: string): Promise<Chat>;
  /** Sign of life; false when the chat is not ours any more. */
  renewChat(chatId: string, lease: string, leaseMs: number): Promise<boolean>;
  /** Ends a chat; a chat that is not ours any more stays as it is. */
  endChat(
    chatId: string,
    lease: string,
    end: { state: 'succeeded' | 'failed'; result: unknown },
  ): Promise<void>;
  /** The chat, or nothing when there is none. One whose process is gone has failed. */
  chat(chatId: string, owner?: string): Promise<Chat | undefined>;
}
