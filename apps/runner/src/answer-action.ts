import { type Clock, parseJson, type ToolCall } from '@cozecut/coze-transport';
import { didYouMean } from '@cozecut/problems';
import type { ToolEvent } from './bot-events.ts';
import { messageOf } from './failure.ts';
import { type FileUploads, uploadFiles } from './file-outputs.ts';
import type { CallJournal } from './journal.ts';
import { failure, outputText } from './outputs.ts';
import { isParked } from './park.ts';
import { shortenOutput } from './shorten.ts';
import type { CallableTool, ToolCaller, ToolResult } from './tool-caller.ts';

/** Output of one call. */
export interface CallOutput {
  callId: string;
  output: string;
}

/** What calls are answered with. */
export interface ActionContext {
  host: ToolCaller;
  /** Names of the tools that may be called; every tool of the host when absent. */
  allowed?: readonly string[] | undefined;
  journal: CallJournal;
  uploads: FileUploads;
  clock: Clock;
  /** Aborted when the person stops it. */
  signal: AbortSignal;
  /** Time in which the outputs must be there. */
  timeoutMs: number;
  /** Larger outputs are cut. */
  maxOutputBytes: number;
  emit(event: ToolEvent): void;
}

/**
 * Runs the calls of an action, all at once, and gives the outputs in the order of the calls. Every call gets one:
 * what cannot be run, fails, or takes too long becomes an output that says so.
 *
 * @param chatId - With the id of a call, what makes it the same call.
 * @param calls - Calls with different ids, see `pickCalls`.
 */
export async function answerAction(
  context: ActionContext,
  chatId: string,
  calls: readonly ToolCall[],
): Promise<CallOutput[]> {
  const deadline = deadlineSignal(context);
  try {
    return await Promise.all(calls.map((call) => answerCall(context, chatId, call, deadline.signal)));
  } finally {
    deadline.dispose();
  }
}

async function answerCall(
  context: ActionContext,
  chatId: string,
  call: ToolCall,
  signal: AbortSignal,
): Promise<CallOutput> {
  const { journal, clock, emit } = context;
  const key = { chatId, callId: call.id };
  const tool = call.function?.name ?? '';
  const startedMs = clock.nowMs();
  const finished = (facts: { replayed: boolean } & (ToolResult | { ok: boolean })): void =>
    emit({ type: 'tool.finished', callId: call.id, tool, durationMs: clock.nowMs() - startedMs, ...facts });

  const known = await journal.begin(key, tool).catch((error: unknown) => ({ state: 'lost' as const, error }));
  if (known.state === 'done') {
    finished({ ok: known.ok, replayed: true });
    return { callId: call.id, output: known.output };
  }
  const [result, output] = writeOutput(
    known.state === 'new' ? await runCall(context, call, signal) : notRun(tool, known),
    call.id,
    context,
  );
  // What a tool was stopped in when the program ends has no outcome that is known.
  const isKnown = result.ok || !isParked(signal);
  if (known.state !== 'lost' && isKnown) {
    await journal.finish(key, { ok: result.ok, output }).catch((error: unknown) => {
      const message = `the output of call ${call.id} was not written down: ${messageOf(error)}`;
      emit({ type: 'notice', code: 'JOURNAL_FAILED', message });
    });
  }
  finished({ ...result, replayed: false });
  return { callId: call.id, output };
}

async function runCall(context: ActionContext, call: ToolCall, signal: AbortSignal): Promise<ToolResult> {
  if (!call.function) return failure('INVALID_CALL', 'the call names no function');
  const name = call.function.name;
  const tools = allowedTools(context);
  const tool = tools.find((one) => one.name === name);
  if (!tool) {
    const names = tools.map((one) => one.name);
    return failure('UNKNOWN_TOOL', `this device has no tool "${name}"`, didYouMean(name, names));
  }
  let input: unknown = {};
  try {
    // Coze sends blank arguments for a tool without parameters.
    if (call.function.arguments.trim() !== '') input = parseJson(call.function.arguments);
  } catch (error) {
    return failure('INVALID_ARGUMENTS', `the arguments of ${name} are not JSON: ${messageOf(error)}`);
  }
  if (signal.aborted) return stopped(signal, name);
  context.emit({ type: 'tool.started', callId: call.id, tool: name, input });
  try {
    return await Promise.race([runTool(context, tool, call.id, input, signal), stopped(signal, name)]);
  } catch (error) {
    return failure('TOOL_FAILED', `${name} failed: ${messageOf(error)}`);
  }
}

async function runTool(
  { host, uploads, emit }: ActionContext,
  tool: CallableTool,
  callId: string,
  input: unknown,
  signal: AbortSignal,
): Promise<ToolResult> {
  const result = await host.call(tool.name, input, {
    mode: 'local',
    callId,
    signal,
    onProgress: (progress) => emit({ type: 'tool.progress', callId, tool: tool.name, progress }),
  });
  if (!result.ok) return result;
  try {
    return { ok: true, output: await uploadFiles(result.output, tool.output, uploads, signal) };
  } catch (error) {
    return failure('UPLOAD_FAILED', `${tool.name} ran, but its file was not uploaded: ${messageOf(error)}`);
  }
}

/** Tools that may be called and that this device has. */
function allowedTools({ host, allowed }: ActionContext): CallableTool[] {
  return host.tools.filter(({ name }) => allowed === undefined || allowed.includes(name));
}

/** Why a call is not run: it was begun before, or beginning it could not be written down. */
function notRun(tool: string, known: { state: 'begun' } | { state: 'lost'; error: unknown }): ToolResult {
  if (known.state === 'lost') {
    return failure('JOURNAL_FAILED', `${tool} was not run: ${messageOf(known.error)}`);
  }
  const message = `${tool} was interrupted; what it did is not known, and it was not run again`;
  return failure('OUTCOME_UNKNOWN', message);
}

/** The output as text, and the result it tells: an output that is not JSON is a failure, a large one is cut. */
function writeOutput(
  result: ToolResult,
  callId: string,
  { maxOutputBytes, emit }: ActionContext,
): [ToolResult, string] {
  try {
    const text = outputText(result);
    const short = shortenOutput(text, maxOutputBytes);
    if (short !== text) {
      const message = `the output of call ${callId} has ${Buffer.byteLength(text)} bytes and was cut to ${Buffer.byteLength(short)}`;
      emit({ type: 'notice', code: 'OUTPUT_SHORTENED', message });
    }
    return [result, short];
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
function deadlineSignal({ signal, clock, timeoutMs }: ActionContext): {
  signal: AbortSignal;
  dispose(): void;
} {
  const control = new AbortController();
  const stop = () => control.abort(signal.reason);
  const cancelTimer = clock.after(timeoutMs, () => control.abort(TOO_LATE));
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
