import type { EmulatorOptions } from '@cozecut/coze-emulator';
import type { CozeClient } from '../src/index.ts';
import { CHAT, SCENARIO_A, SCENARIO_B, SUBMIT, withEmulator } from './support.ts';

export const WORKFLOW = '7400000000000000042';
const run = { workflowId: WORKFLOW, parameters: {} };
const resume = { workflowId: WORKFLOW, eventId: '1/2', interruptType: 2, resumeData: 'x' };
const chatflow = { workflowId: WORKFLOW, botId: 'b1', messages: [{ role: 'user' as const, content: 'x' }] };

export interface AnyEvent {
  type: string;
}

/** How each kind of stream is asked for, and where its terminal event is complete. */
export const STREAMS = {
  answer: {
    open: (client: CozeClient) => client.chat.stream(CHAT),
    terminal: /event:conversation\.chat\.completed\ndata:.*/,
  },
  action: {
    open: (client: CozeClient) => client.chat.stream(CHAT),
    terminal: /event:conversation\.chat\.requires_action\ndata:.*/,
  },
  continuation: {
    open: (client: CozeClient) => client.chat.submitToolOutputs(SUBMIT),
    terminal: /event:conversation\.chat\.completed\ndata:.*/,
  },
  chatflow: {
    open: (client: CozeClient) => client.workflows.chat(chatflow),
    terminal: /event: conversation\.chat\.completed\ndata: .*/,
  },
  'chatflow question': {
    open: (client: CozeClient) => client.workflows.chat(chatflow),
    terminal: /event: conversation\.chat\.requires_action\ndata: .*/,
  },
  'chatflow question without an action': {
    open: (client: CozeClient) => client.workflows.chat(chatflow),
    terminal: /event: done\ndata: .*/,
  },
  workflow: {
    open: (client: CozeClient) => client.workflows.stream(run),
    terminal: /event: Done\ndata: .*/,
  },
  'workflow question': {
    open: (client: CozeClient) => client.workflows.stream(run),
    terminal: /event: Interrupt\ndata: .*/,
  },
  'workflow resumed': {
    open: (client: CozeClient) => client.workflows.streamResume(resume),
    terminal: /event: Done\ndata: .*/,
  },
} as const;

export type StreamName = keyof typeof STREAMS;
export const STREAM_NAMES = Object.keys(STREAMS) as StreamName[];

/** Opens a stream; what its events hold does not matter here. */
export function openStream(name: StreamName, client: CozeClient): AsyncIterable<AnyEvent> {
  return STREAMS[name].open(client);
}

/** Where the terminal event of a stream is complete, in bytes. */
export function settledAt(name: StreamName, bytes: Uint8Array): number {
  const match = STREAMS[name].terminal.exec(Buffer.from(bytes).toString('latin1'))!;
  return match.index + match[0].length;
}

const QUESTION = {
  messages: [{ title: '问', parts: ['Which ', '城市?'] }],
  interrupt: { type: 2, data: { content_type: 'text', content: '哪个城市 🎬' }, nodeTitle: 'Question' },
  next: { output: { output: 'sunny' } },
};

/** The bytes that the emulator sends for each stream. */
export async function recordStreams(): Promise<Record<StreamName, Uint8Array>> {
  const [answer] = await record({ scenario: SCENARIO_A }, [chatStart]);
  const [action, continuation] = await record({ scenario: SCENARIO_B }, [chatStart, submitFor]);
  const said = { turns: [], chatflows: { [WORKFLOW]: { answer: ['It is ', '晴 🎬'] } } };
  const asked = {
    turns: [],
    chatflows: { [WORKFLOW]: { ask: ['Which ', '城市?'], next: { answer: ['ok'] } } },
  };
  const [flow] = await record({ scenario: said }, [flowStart]);
  const [question] = await record({ scenario: asked }, [flowStart]);
  const [bare] = await record({ scenario: asked, chatflowAction: 'none' }, [flowStart]);
  const output = {
    messages: [{ title: '输出', parts: ['Look', '看 🎬', ' <up>'] }],
    output: { output: 'sunny', id: 1 },
  };
  const [workflow] = await record({ scenario: { turns: [], workflows: { [WORKFLOW]: output } } }, [runStart]);
  const [interrupted, resumed] = await record(
    { scenario: { turns: [], workflows: { [WORKFLOW]: QUESTION } } },
    [runStart, resumeFor],
  );
  return {
    answer: answer!,
    action: action!,
    continuation: continuation!,
    chatflow: flow!,
    'chatflow question': question!,
    'chatflow question without an action': bare!,
    workflow: workflow!,
    'workflow question': interrupted!,
    'workflow resumed': resumed!,
  };
}

type Request = { path: string; body: object };

const chatStart = (): Request => ({ path: '/v3/chat', body: { bot_id: 'b1', user_id: 'u1', stream: true } });
const flowStart = (): Request => ({
  path: '/v1/workflows/chat',
  body: {
    workflow_id: WORKFLOW,
    bot_id: 'b1',
    parameters: {},
    additional_messages: [{ role: 'user', content: 'x', content_type: 'text' }],
  },
});
const runStart = (): Request => ({
  path: '/v1/workflow/stream_run',
  body: { workflow_id: WORKFLOW, parameters: {} },
});

function submitFor(before: string): Request {
  const [, chatId, conversationId] = /"id":"(\d+)","conversation_id":"(\d+)"/.exec(before)!;
  const [, callId] = /"tool_calls":\[\{"id":"(\w+)"/.exec(before)!;
  return {
    path: `/v3/chat/submit_tool_outputs?conversation_id=${conversationId}&chat_id=${chatId}`,
    body: { stream: true, tool_outputs: [{ tool_call_id: callId, output: '{}' }] },
  };
}

function resumeFor(before: string): Request {
  const [, event_id] = /"event_id":"([\d/]+)"/.exec(before)!;
  return {
    path: '/v1/workflow/stream_resume',
    body: { workflow_id: WORKFLOW, event_id, interrupt_type: 2, resume_data: 'x' },
  };
}

/** Sends requests one after the other, each knowing the answer before. */
function record(options: EmulatorOptions, requests: readonly ((before: string) => Request)[]) {
  return withEmulator(options, async (emulator) => {
    const answers: Uint8Array[] = [];
    for (const request of requests) {
      const { path, body } = request(Buffer.from(answers.at(-1) ?? []).toString());
      const response = await fetch(emulator.url + path, {
        method: 'POST',
        headers: { authorization: `Bearer ${emulator.token}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      answers.push(new Uint8Array(await response.arrayBuffer()));
    }
    return answers;
  });
}
