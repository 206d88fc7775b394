import { UserError } from '@cozecut/problems';

/** A conversation with the bot of the server, which goes on when another version of the server takes over. */
export interface DevChat {
  /** @throws UserError what the session service answers, CHAT_FAILED when it cannot be reached. */
  say(text: string, server: { url: string; token: string | undefined }): Promise<string>;
}

/** What the session service answers. */
interface TaskResult {
  success: boolean;
  data: {
    session_id?: string;
    chat_id?: string;
    status?: string;
    answer?: string;
    error_code?: string;
    message?: string;
    hint?: string;
  };
}

/** How often the end of a long chat is asked for. */
const POLL_MS = 250;

/** Talks through the session service of a server, as its page does. */
export function createDevChat(wait: (ms: number) => Promise<void>): DevChat {
  let session: string | undefined;

  async function ask(
    { url, token }: { url: string; token: string | undefined },
    path: string,
    body?: object,
  ): Promise<TaskResult['data']> {
    const response = await fetch(`${url}${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        'content-type': 'application/json',
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }).catch((cause) => {
      throw new UserError('CHAT_FAILED', `the server ${url} does not answer`, { cause });
    });
    const answer = (await response.json()) as { data?: { task_result?: TaskResult }; detail?: string };
    const result = answer.data?.task_result;
    if (result?.success) return result.data;
    const { error_code: code, message, hint } = result?.data ?? {};
    throw new UserError(code ?? 'CHAT_FAILED', message ?? answer.detail ?? `HTTP ${response.status}`, {
      ...(hint === undefined ? {} : { hint }),
    });
  }

  return {
    async say(text, server) {
      const begin = async () => {
        session ??= (await ask(server, '/coze/sessions', {})).session_id!;
        return ask(server, `/coze/sessions/${session}/messages`, { message: text });
      };
      let chat = await begin().catch((error) => {
        if ((error as UserError).code !== 'SESSION_NOT_FOUND') throw error;
        session = undefined;
        return begin();
      });
      while (chat.status === 'running') {
        await wait(POLL_MS);
        chat = await ask(server, `/coze/chats/${chat.chat_id}/result`);
      }
      return chat.answer ?? '';
    },
  };
}
