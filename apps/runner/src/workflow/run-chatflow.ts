import type { CozeClient } from '@cozecut/coze-transport';
import type { WorkflowBinding } from '@cozecut/manifest';
import { UserError } from '@cozecut/problems';
import type { BotEvent } from '../bot-events.ts';
import { asError, describeFailure } from '../failure.ts';
import { untilAborted } from '../until-aborted.ts';

/** Options of {@link runChatflow}. */
export interface RunChatflowOptions {
  client: CozeClient;
  workflow: Pick<WorkflowBinding, 'name' | 'workflowId'>;
  /** Bot whose variables and data the chatflow uses. */
  botId: string;
  /** What the person says, turn after turn. */
  say: AsyncIterable<string>;
  /** Stop after the first turn. */
  once?: boolean;
  signal: AbortSignal;
  /** Told everything that happens, in order. */
  onEvent(event: BotEvent): void;
}

/**
 * Talks with a chatflow over its own endpoint, where Coze takes no outputs of local tools: a chatflow that asks for one
 * is told so, with what works instead.
 *
 * @returns Why the last turn failed, when it did.
 */
export async function runChatflow(options: RunChatflowOptions): Promise<Error | undefined> {
  let conversationId: string | undefined;
  let turn = 0;
  let failed: Error | undefined;
  for await (const text of untilAborted(options.say, options.signal)) {
    turn++;
    options.onEvent({ turn, type: 'turn.started', text });
    failed = undefined;
    const answers = new Map<string, string>();
    try {
      conversationId = await takeTurn(options, turn, text, conversationId, answers);
    } catch (caught) {
      failed = asError(caught);
      const said = [...answers.values()].join('\n');
      options.onEvent({ turn, type: 'turn.failed', ...describeFailure(failed), text: said });
    }
    if (options.once || options.signal.aborted) break;
  }
  return failed;
}

async function takeTurn(
  { client, workflow, botId, signal, onEvent }: RunChatflowOptions,
  turn: number,
  text: string,
  knownId: string | undefined,
  answers: Map<string, string>,
): Promise<string> {
  const stream = client.workflows.chat(
    {
      workflowId: workflow.workflowId,
      botId,
      messages: [{ role: 'user', content: text }],
      parameters: {},
      ...(knownId === undefined ? {} : { conversationId: knownId }),
    },
    { signal },
  );
  let chatId = '';
  let conversationId = knownId ?? '';
  let asks = false;
  const answer = () => [...answers.values()].join('\n');
  for await (const event of stream) {
    if ('chat' in event && event.chat && chatId === '') {
      chatId = event.chat.id;
      conversationId = event.chat.conversationId || conversationId;
      onEvent({ turn, type: 'chat.started', chatId, conversationId });
    }
    if (event.type === 'message.delta' && event.message.type === 'answer') {
      const { id, content } = event.message;
      answers.set(id, (answers.get(id) ?? '') + content);
      onEvent({ turn, type: 'answer.delta', messageId: id, text: content });
    } else if (event.type === 'message.completed' && event.message.type === 'answer') {
      answers.set(event.message.id, event.message.content);
    } else if (event.type === 'chat.failed') throw event.error;
    else if (event.type === 'chat.requires_action') {
      const tool = event.chat.toolCalls.find((call) => call.function)?.function?.name;
      if (tool !== undefined) throw localToolRefused(workflow.name, tool);
      asks = true;
    }
  }
  if (asks) onEvent({ turn, type: 'reply.requested', chatId, text: answer() });
  else onEvent({ turn, type: 'answer.completed', chatId, conversationId, text: answer(), rounds: 0 });
  return conversationId;
}

function localToolRefused(workflow: string, tool: string): UserError {
  const message = `the chatflow ${workflow} asks for the local tool "${tool}", and Coze takes no outputs of local tools over /v1/workflows/chat`;
  return new UserError('LOCAL_TOOLS_NOT_SUPPORTED', message, {
    hint: 'put the chatflow into a bot and listen to that (--bot), or run it as a workflow (--via stream)',
  });
}
