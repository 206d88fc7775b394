import { type Emulator, type EmulatorOptions, type Scenario, startEmulator } from '@cozecut/coze-emulator';
import { type CozeClient, type CozeClientOptions, CozeError, createCozeClient } from '../src/index.ts';

export const CHAT = { botId: 'b1', userId: 'u1', autoSaveHistory: true };
export const SUBMIT = { conversationId: 'v', chatId: 'c', outputs: [{ callId: 'x', output: '{}' }] };

export const SCENARIO_A: Scenario = { turns: [{ answer: ['Hel', 'lo 世界 🎬', ' <end>'] }] };
export const SCENARIO_B: Scenario = {
  turns: [
    {
      toolCalls: [{ name: 'read_file', arguments: { path: 'a.txt' } }],
      next: { answer: ['It says ', '你好'] },
    },
  ],
};

/** Everything that iterating gave: the events, and the error that ended it. */
export interface Outcome<E> {
  events: E[];
  error: unknown;
}

export async function collect<E>(stream: AsyncIterable<E>): Promise<Outcome<E>> {
  const events: E[] = [];
  try {
    for await (const event of stream) events.push(event);
    return { events, error: undefined };
  } catch (error) {
    return { events, error };
  }
}

export function typesOf(events: readonly { type: string }[]): string[] {
  return events.map(({ type }) => type);
}

export async function withEmulator<T>(
  options: EmulatorOptions,
  use: (emulator: Emulator, client: CozeClient) => Promise<T>,
): Promise<T> {
  const emulator = await startEmulator(options);
  try {
    return await use(emulator, createCozeClient({ baseUrl: emulator.url, token: emulator.token }));
  } finally {
    await emulator.close();
  }
}

/** How a played stream ends. */
export type Ending = 'eof' | 'reset' | 'open';

/** A client whose every stream is made of these chunks; it plays the cloud without a network. */
export function playing(
  chunks: readonly (Uint8Array | string)[],
  ending: Ending = 'eof',
  options: Partial<CozeClientOptions> & { contentType?: string; status?: number } = {},
): CozeClient {
  const { contentType = 'text/event-stream; charset=utf-8', status = 200, ...rest } = options;
  const answer = async (): Promise<Response> => {
    let at = 0;
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        const chunk = chunks[at++];
        if (chunk !== undefined) controller.enqueue(typeof chunk === 'string' ? Buffer.from(chunk) : chunk);
        else if (ending === 'eof') controller.close();
        else if (ending === 'reset') controller.error(new TypeError('terminated'));
        else return new Promise(() => {});
        return undefined;
      },
    });
    return new Response(body, { status, headers: { 'content-type': contentType, 'x-tt-logid': 'log-1' } });
  };
  const retry = { maxAttempts: 1 };
  return createCozeClient({ baseUrl: 'http://coze.test/', token: 't', fetch: answer, retry, ...rest });
}

/** What may end a cut stream: nothing after the terminal event, one typed error before it. */
export function isTruncation(error: unknown, bytes: number): boolean {
  return error instanceof CozeError && error.code === 'STREAM_TRUNCATED' && error.bytesRead === bytes;
}
