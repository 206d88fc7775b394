import { type LiveBot, type LiveStep, parseExact } from '@cozecut/coze-emulator';
import type { Mode, Plugin, Tool } from '@cozecut/manifest';
import { closest } from '@cozecut/problems';

/** A tool that the bot of `dev` has called. */
export type BotToolEvent = { tool: string; callId: string; way: 'cloud' | 'local' } & (
  | { type: 'tool.started'; input: unknown }
  | { type: 'tool.finished'; ok: boolean; durationMs: number; output: unknown }
);

/** What the bot of `dev` needs. */
export interface DevBotOptions {
  /** The version that serves. */
  plugin(): Plugin | undefined;
  /** Calls a tool as a cloud plugin; rejects with what Coze would tell the bot. */
  callCloud(tool: string, input: object): Promise<unknown>;
  /** First line of the answer to what names no tool. */
  help: string;
  now(): number;
  onEvent(event: BotToolEvent): void;
}

/**
 * A bot that does what it is told: the first word names a tool, the rest is its input as JSON, the name of an example,
 * or a text for its first required text field; nothing stands for its first example. Where the deployment has the local
 * mode, tools that can be called in it are left to who started the chat; all others are called over HTTP.
 */
export function createDevBot(options: DevBotOptions): LiveBot {
  let calls = 0;
  return async ({ text }) => {
    const plugin = options.plugin();
    const tools = plugin === undefined ? [] : toolsOfBot(plugin);
    const [, name = '', rest = ''] = /^\s*(\S*)\s*(.*?)\s*$/s.exec(text) ?? [];
    const tool = tools.find((candidate) => candidate.name === name);
    if (tool === undefined) return { answer: [helpText(name, tools, options.help)] };
    const input = inputFor(tool, rest);
    if (input instanceof Error) return { answer: [`${name}: ${input.message}`] };
    const callId = `dev-${++calls}`;
    return wayOf(tool, plugin!) === 'local'
      ? callLocally(tool.name, callId, input, options)
      : callOverHttp(tool.name, callId, input, options);
  };
}

/** The tools of a plugin that a bot can call in the modes of its deployment. */
export function toolsOfBot(plugin: Plugin): Tool[] {
  return plugin.tools.filter((tool) => tool.enabled && wayOf(tool, plugin) !== undefined);
}

function wayOf({ modes }: Tool, { deployment }: Plugin): 'local' | 'cloud' | undefined {
  return (['local', 'cloud'] as const satisfies Mode[]).find(
    (mode) => modes.includes(mode) && deployment.modes.includes(mode),
  );
}

function callLocally(tool: string, callId: string, input: object, options: DevBotOptions): LiveStep {
  const startedMs = options.now();
  const call = { tool, callId, way: 'local' } as const;
  options.onEvent({ ...call, type: 'tool.started', input });
  return {
    toolCalls: [{ name: tool, arguments: input }],
    next: ([text = '']) => {
      const output = parsed(text);
      const durationMs = options.now() - startedMs;
      options.onEvent({ ...call, type: 'tool.finished', ok: !isFailure(output), durationMs, output });
      return { answer: answerOf(tool, output) };
    },
  };
}

async function callOverHttp(
  tool: string,
  callId: string,
  input: object,
  options: DevBotOptions,
): Promise<LiveStep> {
  const startedMs = options.now();
  const call = { tool, callId, way: 'cloud' } as const;
  options.onEvent({ ...call, type: 'tool.started', input });
  const outcome = await options.callCloud(tool, input).then(
    (output) => ({ ok: !isRefused(output), output }),
    (error: Error) => ({ ok: false, output: error.message }),
  );
  options.onEvent({ ...call, type: 'tool.finished', ...outcome, durationMs: options.now() - startedMs });
  const messages = [
    { type: 'function_call', content: JSON.stringify({ name: tool, arguments: input }) },
    { type: 'tool_response', content: JSON.stringify(outcome.output) },
  ];
  return { messages, answer: answerOf(tool, outcome.output) };
}

/** The input that was said, or why it is none. */
function inputFor({ examples, input }: Tool, said: string): object | Error {
  const example = said === '' ? examples[0] : examples.find(({ name }) => name === said);
  if (example !== undefined) return (example.input ?? {}) as object;
  if (said === '') return {};
  if (said.startsWith('{')) {
    try {
      return parseExact(said) as object;
    } catch (error) {
      return error as Error;
    }
  }
  const properties = Object.entries((input.properties ?? {}) as Record<string, { type?: unknown }>);
  const required = (input.required ?? []) as readonly string[];
  const texts = properties.filter(([, { type }]) => type === 'string').map(([name]) => name);
  const field = texts.find((name) => required.includes(name)) ?? texts[0];
  return field === undefined ? new Error('the input must be a JSON object') : { [field]: said };
}

/** Tools that an answer lists. */
const LISTED = 12;

function helpText(name: string, tools: readonly Tool[], help: string): string {
  const [suggestion] = closest(
    name,
    tools.map((tool) => tool.name),
  );
  const lines = tools
    .slice(0, LISTED)
    .map(({ name: tool, examples }) =>
      `  ${tool} ${examples[0] === undefined ? '' : JSON.stringify(examples[0].input)}`.trimEnd(),
    );
  const more = tools.length > LISTED ? [`  … +${tools.length - LISTED}`] : [];
  return [help, ...(suggestion === undefined ? [...lines, ...more] : [`  ${suggestion} ?`])].join('\n');
}

function answerOf(tool: string, output: unknown): string[] {
  const text = typeof output === 'string' ? output : JSON.stringify(output, null, 2);
  return [`${tool}: `, text];
}

/** A tool that failed in local mode answers with an `error`. */
function isFailure(output: unknown): boolean {
  return typeof output === 'object' && output !== null && 'error' in output;
}

/** The answers of a cloud plugin that say that the call failed. */
function isRefused(output: unknown): boolean {
  return (output as { success?: unknown } | null)?.success === false;
}

function parsed(text: string): unknown {
  try {
    return parseExact(text);
  } catch {
    return text;
  }
}
