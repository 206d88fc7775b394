import type { RunHistory, WorkflowParameter, WorkflowRun } from '@cozecut/coze-transport';

/** A run of a workflow, as commands show it. */
export type RunOutput =
  | { status: 'completed'; execute_id: string; debug_url?: string; output: unknown }
  | { status: 'interrupted'; execute_id: string; interrupt: InterruptOutput };

/** A question of a workflow, with what its answer needs. */
export interface InterruptOutput {
  event_id: string;
  type: number;
  kind: string;
  question: string;
  parameters: WorkflowParameter[];
}

/** A run from its answer. */
export function runOutput(run: WorkflowRun): RunOutput {
  if (run.status === 'interrupted') {
    return { status: 'interrupted', execute_id: run.executeId, interrupt: interruptOutput(run.interrupt) };
  }
  return {
    status: 'completed',
    execute_id: run.executeId,
    ...(run.debugUrl === undefined ? {} : { debug_url: run.debugUrl }),
    output: run.data,
  };
}

/** What is known of a run afterwards. */
export function historyOutput(history: RunHistory) {
  const { executeId, status, mode, output, isOutputTrimmed, error, interrupt, debugUrl } = history;
  return {
    execute_id: executeId,
    status,
    mode,
    output,
    ...(isOutputTrimmed ? { output_trimmed: true } : {}),
    ...(error === undefined ? {} : { error }),
    ...(interrupt === undefined ? {} : { interrupt: interruptOutput(interrupt) }),
    ...(debugUrl === undefined ? {} : { debug_url: debugUrl }),
  };
}

function interruptOutput({
  eventId,
  type,
  kind,
  question,
  parameters,
}: Extract<WorkflowRun, { status: 'interrupted' }>['interrupt']): InterruptOutput {
  return { event_id: eventId, type, kind, question, parameters };
}
