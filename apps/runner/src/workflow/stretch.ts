import {
  type CozeClient,
  isCozeError,
  isLoss,
  parseJson,
  type WorkflowEvent,
  type WorkflowInterrupt,
  type WorkflowResumeParams,
  type WorkflowRun,
} from '@cozecut/coze-transport';
import { WireError } from '@cozecut/problems';
import type { RunEvent } from './run-events.ts';

/** How a stretch of a run ended: a stretch is from the start, or from an answer, to the end or to a question. */
export type StretchEnd =
  | { kind: 'completed'; output: unknown; debugUrl: string | undefined }
  | { kind: 'interrupt'; interrupt: WorkflowInterrupt; node: string };

/** How a workflow is called: as a stream, or with one answer, which Coze cuts off after 90 s without a word. */
export type RunMode = 'stream' | 'sync';

/** What a stretch needs. */
export interface StretchContext {
  client: CozeClient;
  workflowId: string;
  mode: RunMode;
  signal: AbortSignal;
  /** What nodes have said, for the end. */
  said: string[];
  emit(event: RunEvent): void;
}

/** Begins a run. @throws CozeError */
export async function beginRun(
  context: StretchContext,
  parameters: Record<string, unknown>,
): Promise<StretchEnd> {
  const { client, workflowId, mode, signal } = context;
  if (mode === 'sync') return endOf(await client.workflows.run({ workflowId, parameters }, { signal }));
  return read(context, client.workflows.stream({ workflowId, parameters }, { signal }));
}

/**
 * Answers an interrupt and goes on. When what follows is lost, or when a former process has answered it already, the
 * history of the run tells how it ended.
 *
 * @throws CozeError
 */
export async function resumeRun(
  context: StretchContext,
  answer: Omit<WorkflowResumeParams, 'workflowId'>,
): Promise<StretchEnd> {
  const { client, workflowId, mode, signal } = context;
  const params = { workflowId, ...answer };
  try {
    if (mode === 'sync') return endOf(await client.workflows.resume(params, { signal }));
    return await read(context, client.workflows.streamResume(params, { signal }));
  } catch (error) {
    if (!isLoss(error) && !mayBeTaken(error)) throw error;
    const end = await lookUp(context, answer.eventId).catch(() => undefined);
    if (!end) throw error;
    const what = isLoss(error)
      ? 'the stream was lost'
      : 'the answer was refused, as it had been taken before';
    const message = `${what}; the history of the run says how it went on`;
    const code = isLoss(error) ? 'STREAM_RECOVERED' : 'SUBMIT_RECONCILED';
    context.emit({ type: 'notice', code, message });
    return end;
  }
}

/** Whether a refusal may mean that the same answer was taken before: the run has gone on since. */
function mayBeTaken(error: unknown): boolean {
  return isCozeError(error) && (error.code === 'COZE_EXECUTION_ENDED' || error.code === 'COZE_BAD_PARAMETER');
}

async function read(context: StretchContext, stream: AsyncIterable<WorkflowEvent>): Promise<StretchEnd> {
  const { emit, said } = context;
  let output: unknown;
  const pieces = new Map<string, string>();
  for await (const event of stream) {
    switch (event.type) {
      case 'gap': {
        const { of, node, expected, got } = event.gap;
        const where = of === 'node' ? `of node "${node}"` : 'of the stream';
        const message = `a piece ${where} is missing or came twice: expected number ${expected}, got ${got}`;
        emit({ type: 'notice', code: 'STREAM_GAP', message });
        break;
      }
      case 'message': {
        const { nodeTitle: node, nodeExecuteUuid, content: text, isLast } = event.message;
        const key = `${node} ${nodeExecuteUuid}`;
        const whole = (pieces.get(key) ?? '') + text;
        pieces.set(key, whole);
        const isEnd = node === '' || node === 'End';
        emit({ type: 'node.message', node, text, isLast });
        if (!isLast) break;
        if (isEnd) output = jsonOrText(whole);
        else said.push(whole);
        // A node in a loop speaks again.
        pieces.delete(key);
        break;
      }
      case 'interrupt':
        return { kind: 'interrupt', interrupt: event.interrupt, node: event.nodeTitle };
      case 'done':
        return { kind: 'completed', output, debugUrl: event.debugUrl };
    }
  }
  // The stream ends normally only after one of the two.
  throw new WireError('STREAM_TRUNCATED', 'the stream of the workflow ended without its end');
}

function endOf(run: WorkflowRun): StretchEnd {
  if (run.status === 'interrupted') return { kind: 'interrupt', interrupt: run.interrupt, node: '' };
  return { kind: 'completed', output: run.data, debugUrl: run.debugUrl };
}

/** The id of an interrupt begins with that of its run. */
async function lookUp(
  { client, workflowId, signal }: StretchContext,
  answeredId: string,
): Promise<StretchEnd | undefined> {
  const executeId = answeredId.split('/')[0] ?? '';
  const history = await client.workflows.recover({ workflowId, executeId }, { signal });
  if (history.interrupt && history.interrupt.eventId !== answeredId) {
    return { kind: 'interrupt', interrupt: history.interrupt, node: '' };
  }
  if (history.status !== 'success') return undefined;
  return { kind: 'completed', output: history.output, debugUrl: history.debugUrl };
}

/** Text stays text unless it is a JSON object or list. */
function jsonOrText(text: string): unknown {
  try {
    const value: unknown = parseJson(text);
    return typeof value === 'object' && value !== null ? value : text;
  } catch {
    return text;
  }
}

/** Whether Coze has ended the run, so that nothing of it can be answered any more. */
export function isRunOver(error: unknown): boolean {
  return !isCozeError(error) || error.retry === 'never';
}
