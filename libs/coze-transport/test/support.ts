import { type Emulator, type EmulatorOptions, type Scenario, startEmulator } from '@cozecut/coze-emulator';
import {
  type ChatEvent,
  type CozeClient,
  type CozeClientOptions,
  CozeError,
  createCozeClient,
} from '../src/index.ts';

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
export interface Outcome {
  events: ChatEvent[];
  error: unknown;
}

export async function collect(stream: AsyncIterable<ChatEvent>): Promise<Outcome> {
  const events: ChatEvent[] = [];
  try {
    for await (const event of stream) events.push(event);
    return { events, error: undefined };
  } catch (error) {
    return { events, error };
  }
}

export function typesOf(events: readonly ChatEvent[]): string[] {
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

/** The bytes of stream A, of the action of stream B, and of what follows the submit. */
export async function recordStreams(): Promise<Record<'answer' | 'action' | 'continuation', Uint8Array>> {
  const record = async (emulator: Emulator, path: string, body: unknown) => {
    const response = await fetch(emulator.url + path, {
      method: 'POST',
      headers: { authorization: `Bearer ${emulator.token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return new Uint8Array(await response.arrayBuffer());
  };
  const chat = { bot_id: 'b1', user_id: 'u1', stream: true };
  return withEmulator({ scenario: SCENARIO_A }, async (emulator) => {
    const answer = await record(emulator, '/v3/chat', chat);
    emulator.setScenario(SCENARIO_B);
    const action = await record(emulator, '/v3/chat', chat);
    const sent = Buffer.from(action).toString();
    const [, chatId] = /"id":"(\d+)","conversation_id":"(\d+)"/.exec(sent)!;
    const [, callId] = /"tool_calls":\[\{"id":"(\w+)"/.exec(sent)!;
    const conversationId = /"conversation_id":"(\d+)"/.exec(sent)![1];
    const path = `/v3/chat/submit_tool_outputs?conversation_id=${conversationId}&chat_id=${chatId}`;
    const outputs = [{ tool_call_id: callId, output: '{}' }];
    return {
      answer,
      action,
      continuation: await record(emulator, path, { stream: true, tool_outputs: outputs }),
    };
  });
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
