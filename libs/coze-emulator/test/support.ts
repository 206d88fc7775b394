import { onTestFinished } from 'vitest';
import {
  type Emulator,
  type EmulatorOptions,
  type Fault,
  type Scenario,
  shippedScenario,
  startEmulator,
} from '../src/index.ts';

/** An emulator that is closed after the test. */
export async function start(options?: EmulatorOptions): Promise<Emulator> {
  const emulator = await startEmulator(options);
  onTestFinished(() => emulator.close());
  return emulator;
}

/** One event of a stream as a client by the SSE specification sees it. */
export interface Event {
  id?: string;
  event: string;
  data: string;
}

export const WORKFLOW = '7400000000000000042';
export const ONE_TOOL: Scenario = shippedScenario('b-one-tool');
export const CHAT = {
  bot_id: 'b1',
  user_id: 'u1',
  stream: true,
  auto_save_history: true,
  additional_messages: [{ role: 'user', content: 'hi', content_type: 'text' }],
};

/** Plain HTTP to an emulator. */
export function client(emulator: Emulator, token = emulator.token) {
  const request = (method: string, path: string, body?: unknown) =>
    fetch(emulator.url + path, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  const json = async (method: string, path: string, body?: unknown) =>
    // biome-ignore lint/suspicious/noExplicitAny: the shape is what the tests are about
    (await (await request(method, path, body)).json()) as any;
  const events = async (path: string, body: unknown) =>
    parseEvents(await (await request('POST', path, body)).text());
  /** The chat that the events are about. */
  const chatOf = (list: readonly Event[]) => {
    const found = list.find(({ event }) => event === 'conversation.chat.created')!;
    const { id, conversation_id: conversation } = JSON.parse(found.data) as Record<string, string>;
    return { id: id!, conversation: conversation!, query: `conversation_id=${conversation}&chat_id=${id}` };
  };
  return {
    request,
    json,
    events,
    chatOf,
    chat: (body: object = {}, query = '') => events(`/v3/chat${query}`, { ...CHAT, ...body }),
    submit: (query: string, outputs: Record<string, string>, stream = true) =>
      request('POST', `/v3/chat/submit_tool_outputs?${query}`, {
        stream,
        tool_outputs: Object.entries(outputs).map(([id, output]) => ({ tool_call_id: id, output })),
      }),
    run: (path: string, body: object = {}) =>
      events(path, { workflow_id: WORKFLOW, parameters: {}, ...body }),
  };
}

/** Events by the SSE specification: any line ends, comments, several data lines, no last blank line needed here. */
export function parseEvents(text: string): Event[] {
  const found: Event[] = [];
  let fields: { id?: string; event?: string; data: string[] } = { data: [] };
  const flush = () => {
    const { id, event, data } = fields;
    if (event !== undefined || data.length > 0) {
      found.push({ ...(id === undefined ? {} : { id }), event: event ?? 'message', data: data.join('\n') });
    }
    fields = { data: [] };
  };
  for (const line of text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/)) {
    if (line === '') {
      flush();
      continue;
    }
    if (line.startsWith(':')) continue;
    const [, name, value = ''] = /^([^:]*):? ?(.*)$/s.exec(line)!;
    if (name === 'data') fields.data.push(value);
    else if (name === 'event') fields.event = value;
    else if (name === 'id') fields.id = value;
  }
  flush();
  return found;
}

/** Names of events. */
export function names(events: readonly Event[]): string[] {
  return events.map(({ event }) => event);
}

/** Id of the first call of an action. */
export function callIds(events: readonly Event[]): string[] {
  const action = events.find(({ event }) => event === 'conversation.chat.requires_action');
  const chat = JSON.parse(action?.data ?? '{}');
  return (chat.required_action?.submit_tool_outputs.tool_calls ?? []).map(({ id }: { id: string }) => id);
}

/** Raw answer of one chat with a fault: bytes, what the socket did. */
export async function bentChat(fault: Fault, options: EmulatorOptions = {}) {
  const emulator = await start({ scenario: shippedScenario('a-answer'), ...options, faults: [fault] });
  return { emulator, ...(await rawPost(emulator, '/v3/chat', CHAT)) };
}

/** A POST that keeps what came before an error. */
export async function rawPost(emulator: Emulator, path: string, body: unknown) {
  const chunks: Uint8Array[] = [];
  let response: Response | undefined;
  let error: unknown;
  try {
    response = await client(emulator).request('POST', path, body);
    for await (const chunk of response.body!) chunks.push(chunk);
  } catch (caught) {
    error = caught;
  }
  const bytes = Buffer.concat(chunks);
  return { response, bytes, text: bytes.toString('utf8'), chunks: chunks.length, error };
}
