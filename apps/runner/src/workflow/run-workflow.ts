import {
  type Clock,
  type CozeClient,
  CozeError,
  systemClock,
  type ToolCall,
  type WorkflowInterrupt,
} from '@cozecut/coze-transport';
import type { WorkflowBinding } from '@cozecut/manifest';
import { UserError, WireError } from '@cozecut/problems';
import { answerAction } from '../answer-action.ts';
import { asError, describeFailure } from '../failure.ts';
import { clientUploads, type FileUploads } from '../file-outputs.ts';
import { type CallJournal, memoryJournal } from '../journal.ts';
import { isParked, parkedError } from '../park.ts';
import type { ToolCaller } from '../tool-caller.ts';
import { type Answer, answerNeeded, fillForm } from './ask-person.ts';
import { readLocalPluginCalls, writeLocalPluginOutputs } from './local-plugin-payload.ts';
import type { RunEvent } from './run-events.ts';
import {
  beginRun,
  isRunOver,
  type RunMode,
  resumeRun,
  type StretchContext,
  type StretchEnd,
} from './stretch.ts';

/** Options of {@link runWorkflow}. */
export interface RunWorkflowOptions {
  client: CozeClient;
  host: ToolCaller;
  workflow: Pick<WorkflowBinding, 'name' | 'workflowId'>;
  /** By the names that the start node gives them. */
  parameters: Record<string, unknown>;
  /** Default `stream`. */
  mode?: RunMode;
  /** Answers what the workflow asks; without it a question ends the run. */
  answer?: Answer;
  /** Remembers which calls have run; default: for this run only. Runs that it has as open are finished first. */
  journal?: CallJournal;
  /** Where files of outputs go; default: the files of Coze. */
  uploads?: FileUploads;
  /** Where files go that a person answers with; default: the files of Coze. */
  answerUploads?: FileUploads;
  /** Ends the run; a local plugin that it waits for is forgotten, unless the reason is `PARKED`. */
  signal: AbortSignal;
  /** Told everything that happens, in order. */
  onEvent(event: RunEvent): void;
  /** Time in which the output of a tool must be there; default 100 000 ms. */
  timeoutMs?: number;
  /** Larger outputs of a tool are cut; default 1 MiB. */
  maxOutputBytes?: number;
  /** Interrupts of local plugins that are answered in one run; default 10. */
  maxRounds?: number;
  clock?: Clock;
}

/** How a run went. */
export interface WorkflowRunResult {
  output: unknown;
  /** Why it failed, when it did; it has been told. */
  error: Error | undefined;
}

/** How many answers to questions Coze takes in one run. */
const MAX_ANSWERS = 3;
const MEBIBYTE = 1024 * 1024;

interface Context extends StretchContext {
  options: RunWorkflowOptions;
  journal: CallJournal;
  uploads: FileUploads;
}

/**
 * Runs a workflow: its questions are answered by `answer`, its local plugins by the tools of this device. A failure is
 * told as `run.failed` and returned.
 *
 * @example
 * ```ts
 * import { startEmulator } from '@cozecut/coze-emulator';
 * import { createCozeClient } from '@cozecut/coze-transport';
 * import { runWorkflow } from '@cozecut/runner';
 *
 * const workflowId = '7400000000000000042';
 * const workflows = {
 *   [workflowId]: { interrupt: { type: 2, data: 'Which city?' }, next: { output: { plan: 'Two days' } } },
 * };
 * const emulator = await startEmulator({ scenario: { turns: [], workflows } });
 * const { output } = await runWorkflow({
 *   client: createCozeClient({ region: 'cn', baseUrl: emulator.url, token: emulator.token }),
 *   host: { tools: [], call: async () => ({ ok: true, output: {} }) },
 *   workflow: { name: 'trip', workflowId },
 *   parameters: { days: 2 },
 *   answer: async () => 'Paris',
 *   signal: AbortSignal.timeout(30_000),
 *   onEvent: () => {},
 * });
 * console.log(output); // => { plan: 'Two days' }
 * await emulator.close();
 * ```
 */
export async function runWorkflow(options: RunWorkflowOptions): Promise<WorkflowRunResult> {
  const { workflow, onEvent, parameters } = options;
  const context = contextOf(options);
  await continueOpen(context);
  onEvent({ type: 'run.started', workflow: workflow.name, parameters });
  return tell(context, () => beginRun(context, parameters));
}

/** Goes on with the runs that the journal has as open, as {@link runWorkflow} does before it begins a new one. */
export function continueRuns(options: Omit<RunWorkflowOptions, 'parameters'>): Promise<void> {
  return continueOpen(contextOf({ ...options, parameters: {} }));
}

function contextOf(options: RunWorkflowOptions): Context {
  const { workflow, client, onEvent, signal } = options;
  return {
    options,
    client,
    signal,
    workflowId: workflow.workflowId,
    mode: options.mode ?? 'stream',
    journal: options.journal ?? memoryJournal(),
    uploads: options.uploads ?? clientUploads(client),
    said: [],
    emit: onEvent,
  };
}

async function continueOpen(context: Context): Promise<void> {
  const { options, signal, emit } = context;
  const { workflow } = options;
  for (const left of context.journal.openChats(ownerOf(workflow.workflowId))) {
    const { chatId: eventId, interrupt } = left;
    if (!interrupt || signal.aborted) continue;
    // From here on no other run takes it.
    await context.journal.openChat(left);
    emit({ type: 'run.continued', workflow: workflow.name, eventId });
    const stopped = { eventId, interruptType: interrupt.type };
    await tell({ ...context, said: [] }, (own) => runTools(own, stopped, interrupt.calls, 1));
  }
}

/** Goes on until the run is over, and tells how it ended. */
async function tell(
  context: Context,
  begin: (context: Context) => Promise<StretchEnd>,
): Promise<WorkflowRunResult> {
  const { emit, said } = context;
  const counts = { answers: 0, rounds: 0, resumes: 0 };
  try {
    let end = await begin(context);
    let heard = 0;
    while (end.kind === 'interrupt') {
      counts.resumes++;
      // A question may be said by its node, and be blank in what asks it.
      const words = said.slice(heard).at(-1) ?? '';
      heard = said.length;
      const { interrupt } = end;
      const asked = interrupt.kind === 'question' && interrupt.question === '' ? words : interrupt.question;
      end = await answerInterrupt(context, { ...interrupt, question: asked }, end.node, counts);
    }
    const { output, debugUrl } = end;
    const text = said.join('\n');
    emit({
      type: 'run.completed',
      output,
      text,
      resumes: counts.resumes,
      ...(debugUrl === undefined ? {} : { debugUrl }),
    });
    return { output, error: undefined };
  } catch (caught) {
    const error = isParked(context.signal) ? parkedError() : asError(caught);
    emit({ type: 'run.failed', ...describeFailure(error), text: said.join('\n') });
    return { output: undefined, error };
  }
}

async function answerInterrupt(
  context: Context,
  interrupt: WorkflowInterrupt,
  node: string,
  counts: { answers: number; rounds: number; resumes: number },
): Promise<StretchEnd> {
  const { client, emit, options, signal } = context;
  const { eventId, type: interruptType, kind, question, requiredParameters: parameters } = interrupt;
  // A person may take any time, and a run that is stopped does not wait for them.
  const answer: Answer = async (asked) => options.answer && orStopped(options.answer(asked), signal);
  const resume = (resumeData: string) => {
    emit({ type: 'run.resumed', eventId, interruptType, count: counts.resumes });
    return resumeRun(context, { eventId, interruptType, resumeData });
  };
  switch (kind) {
    case 'question':
    case 'input': {
      emit({ type: 'question.asked', kind, node, question, parameters });
      if (++counts.answers > MAX_ANSWERS) {
        throw new UserError(
          'TOO_MANY_ANSWERS',
          `Coze takes ${MAX_ANSWERS} answers in one run; it asks: ${question}`,
          {
            hint: 'start the run again',
          },
        );
      }
      if (kind === 'input') {
        const uploads = options.answerUploads ?? clientUploads(client);
        return resume(await fillForm(interrupt, answer, uploads, signal));
      }
      const text = await answer({ kind, text: question });
      if (text === undefined) throw answerNeeded(question);
      return resume(text);
    }
    case 'authorization': {
      const url = /https?:\/\/[^\s"'<>\\]+/.exec(interrupt.data)?.[0] ?? '';
      emit({ type: 'authorization.requested', node, url, text: question });
      const isGranted = (await answer({ kind, text: url || question })) !== undefined;
      if (isGranted) return resume('');
      throw new UserError(
        'AUTHORIZATION_NEEDED',
        `a plugin of the workflow needs an authorization: ${url || question}`,
        {
          hint: 'open the address, agree, and run the workflow again',
        },
      );
    }
    case 'local_plugin': {
      const calls = readLocalPluginCalls(interrupt.data);
      if (!calls) break;
      const maxRounds = options.maxRounds ?? 10;
      if (++counts.rounds > maxRounds) {
        throw new UserError(
          'TOO_MANY_ROUNDS',
          `the workflow called tools more than ${maxRounds} times in one run`,
        );
      }
      await context.journal.openChat({
        chatId: eventId,
        conversationId: '',
        botId: ownerOf(context.workflowId),
        interrupt: { type: interruptType, calls },
      });
      return runTools(context, { eventId, interruptType }, calls, counts.resumes);
    }
  }
  const { data, raw } = interrupt;
  emit({ type: 'interrupt.unknown', node, interruptType, data, raw });
  const what =
    kind === 'local_plugin' ? 'a local plugin in a form that is not known' : `interrupt ${interruptType}`;
  throw new WireError(
    'INTERRUPT_UNKNOWN',
    `the workflow stopped for ${what}: ${data.slice(0, 500) || '(no data)'}`,
  );
}

/** Runs the calls of an interrupt and resumes with their outputs; what is in the journal does not run again. */
async function runTools(
  context: Context,
  interrupt: { eventId: string; interruptType: number },
  calls: readonly ToolCall[],
  count: number,
): Promise<StretchEnd> {
  const { options, journal, uploads, signal, emit } = context;
  const { eventId } = interrupt;
  const actions = {
    host: options.host,
    journal,
    uploads,
    signal,
    emit,
    clock: options.clock ?? systemClock,
    timeoutMs: options.timeoutMs ?? 100_000,
    maxOutputBytes: options.maxOutputBytes ?? MEBIBYTE,
  };
  const outputs = await answerAction(actions, eventId, calls);
  if (isParked(signal)) {
    journal.leaveChat(eventId);
    throw parkedError();
  }
  if (signal.aborted) {
    // Who stops a run does not want it to go on by itself later.
    await journal.endChat(eventId).catch(() => {});
    throw new CozeError('ABORTED', 'stopped by the person', { operation: 'tool calls', retry: 'never' });
  }
  emit({ type: 'run.resumed', ...interrupt, count });
  try {
    const end = await resumeRun(context, { ...interrupt, resumeData: writeLocalPluginOutputs(outputs) });
    await journal.endChat(eventId).catch(() => {});
    return end;
  } catch (error) {
    if (!isParked(signal) && isRunOver(error)) await journal.endChat(eventId).catch(() => {});
    else journal.leaveChat(eventId);
    throw error;
  }
}

/** What the promise gives. @throws CozeError ABORTED when the signal is aborted first. */
async function orStopped<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  const { promise: stopped, reject } = Promise.withResolvers<never>();
  const stop = () =>
    reject(new CozeError('ABORTED', 'stopped by the person', { operation: 'question', retry: 'never' }));
  if (signal.aborted) stop();
  signal.addEventListener('abort', stop, { once: true });
  try {
    return await Promise.race([promise, stopped]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

/** Whose open runs are whose, in a journal that bots write to as well. */
function ownerOf(workflowId: string): string {
  return `workflow ${workflowId}`;
}
