import { type Chat, parseJson, type ToolCall } from '@cozecut/coze-transport';
import { didYouMean } from '@cozecut/problems';
import type { BotContext, Turn } from './bot-context.ts';
import { failure, outputText } from './outputs.ts';
import type { ToolResult } from './tool-caller.ts';

/** Output of one call. */
export interface CallOutput {
  callId: string;
  output: string;
}

/**
 * Runs the calls of an action, all at once, and gives the outputs in the order of the calls. Every call gets one:
 * what cannot be run, fails, or takes too long becomes an output that says so.
 *
 * @param calls - Calls with different ids, see `pickCalls`.
 */
export async function answerAction(
  context: BotContext,
  turn: Turn,
  chat: Chat,
  calls: readonly ToolCall[],
): Promise<CallOutput[]> {
  const deadline = deadlineSignal(context);
  try {
    return await Promise.all(calls.map((call) => answerCall(context, turn, chat.id, call, deadline.signal)));
  } finally {
    deadline.dispose();
  }
}

async function answerCall(
  context: BotContext,
  turn: Turn,
  chatId: string,
  call: ToolCall,
  signal: AbortSignal,
): Promise<CallOutput> {
  const { journal, clock } = context;
  const key = { chatId, callId: call.id };
  const tool = call.function?.name ?? '';
  const startedMs = clock.nowMs();
  const finished = (facts: { replayed: boolean } & (ToolResult | { ok: boolean })): void =>
    turn.emit({
      type: 'tool.finished',
      callId: call.id,
      tool,
      durationMs: clock.nowMs() - startedMs,
      ...facts,
    });

  const known = await journal.begin(key, tool).catch((error: unknown) => ({ state: 'lost' as const, error }));
  if (known.state === 'done') {
    finished({ ok: known.ok, replayed: true });
    return { callId: call.id, output: known.output };
  }
  const [result, output] = writeOutput(
    known.state === 'new' ? await runCall(context, turn, call, signal) : notRun(tool, known),
  );
  if (known.state !== 'lost') {
    await journal.finish(key, { ok: result.ok, output }).catch((error: unknown) => {
      const message = `the output of call ${call.id} was not written down: ${messageOf(error)}`;
      turn.emit({ type: 'notice', code: 'JOURNAL_FAILED', message });
    });
  }
  finished({ ...result, replayed: false });
  return { callId: call.id, output };
}

async function runCall(
  context: BotContext,
  turn: Turn,
  call: ToolCall,
  signal: AbortSignal,
): Promise<ToolResult> {
  if (!call.function) return failure('INVALID_CALL', 'the call names no function');
  const tool = call.function.name;
  const allowed = allowedTools(context);
  if (!allowed.includes(tool)) {
    return failure('UNKNOWN_TOOL', `this device has no tool "${tool}"`, didYouMean(tool, allowed));
  }
  let input: unknown = {};
  try {
    // Coze sends blank arguments for a tool without parameters.
    if (call.function.arguments.trim() !== '') input = parseJson(call.function.arguments);
  } catch (error) {
    return failure('INVALID_ARGUMENTS', `the arguments of ${tool} are not JSON: ${messageOf(error)}`);
  }
  if (signal.aborted) return stopped(signal, tool);
  turn.emit({ type: 'tool.started', callId: call.id, tool, input });
  try {
    const running = context.host.call(tool, input, {
      mode: 'local',
      callId: call.id,
      signal,
      onProgress: (progress) => turn.emit({ type: 'tool.progress', callId: call.id, tool, progress }),
    });
    return await Promise.race([running, stopped(signal, tool)]);
  } catch (error) {
    return failure('TOOL_FAILED', `${tool} failed: ${messageOf(error)}`);
  }
}

/** Tools that the bot may call and this device has. */
function allowedTools(context: BotContext): string[] {
  return context.host.tools.map(({ name }) => name).filter((name) => context.bot.tools.includes(name));
}

/** Why a call is not run: it was begun before, or beginning it could not be written down. */
function notRun(tool: string, known: { state: 'begun' } | { state: 'lost'; error: unknown }): ToolResult {
  if (known.state === 'lost') {
    return failure('JOURNAL_FAILED', `${tool} was not run: ${messageOf(known.error)}`);
  }
  const message = `${tool} was begun before and its outcome is not known; it was not run again`;
  return failure('OUTCOME_UNKNOWN', message);
}

/** The output as text, and the result it tells: an output that is not JSON is a failure. */
function writeOutput(result: ToolResult): [ToolResult, string] {
  try {
    return [result, outputText(result)];
  } catch (error) {
    const told = failure('OUTPUT_NOT_JSON', `the output is not JSON: ${messageOf(error)}`);
    return [told, outputText(told)];
  }
}

/** Resolves when the signal is aborted: tools that do not listen to it are not waited for. */
function stopped(signal: AbortSignal, tool: string): Promise<ToolResult> {
  return new Promise((resolve) => {
    const stop = () => {
      const isLate = signal.reason === TOO_LATE;
      resolve(
        isLate
          ? failure('TOOL_TIMEOUT', `${tool} took longer than Coze waits`)
          : failure('CANCELLED', `${tool} was stopped by the person`),
      );
    };
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
  });
}

const TOO_LATE = 'too late';

/** Aborted with the run, or when an answer would come too late. */
function deadlineSignal({ signal, clock, bot }: BotContext): { signal: AbortSignal; dispose(): void } {
  const control = new AbortController();
  const stop = () => control.abort(signal.reason);
  const cancelTimer = clock.after(bot.onRequiresAction.submitTimeoutMs, () => control.abort(TOO_LATE));
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  return {
    signal: control.signal,
    dispose() {
      cancelTimer();
      signal.removeEventListener('abort', stop);
    },
  };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
