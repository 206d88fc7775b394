import { withoutPauses } from '../play/pause.ts';
import { debugUrl, interruptData, playWorkflow } from '../play/play-workflow.ts';
import { Refusal } from '../refusal.ts';
import type { RunRecord, World } from '../world.ts';
import type { Answer, Call } from './route.ts';

/** `GET /v1/workflows/:workflow/run_histories/:execution` */
export async function runHistory({ world, params }: Call): Promise<Answer> {
  return { kind: 'json', data: [await historyOf(world, params.workflow, params.execution)] };
}

/** `GET /v1/workflow/get_run_history`, the form of a self-hosted service */
export async function studioRunHistory({ world, query }: Call): Promise<Answer> {
  const ids = [query.get('workflow_id') ?? '', query.get('execute_id') ?? ''] as const;
  return { kind: 'json', data: [await historyOf(world, ...ids)] };
}

/** `GET /v1/workflows/:workflow/run_histories/:execution/execute_nodes/:node` */
export function nodeOutput({ world, params }: Call): Answer {
  const run = findRun(world, params.workflow, params.execution);
  const node = run.nodes.find(({ uuid }) => uuid === params.node);
  if (!node) throw new Refusal(4314, `node ${params.node} did not run`);
  return { kind: 'json', data: { is_finish: node.isFinished, node_output: node.content } };
}

async function historyOf(
  world: World,
  workflow: string | undefined,
  execution: string | undefined,
): Promise<object> {
  const run = findRun(world, workflow, execution);
  const { background } = run;
  if (background) {
    const waiting = historyObject(world, run);
    run.background = undefined;
    const frames = playWorkflow(withoutPauses(world), run, background, run.resumes > 0);
    while (!(await frames.next()).done);
    // The first look finds it running.
    return waiting;
  }
  return historyObject(world, run);
}

/** @throws Refusal 4314 */
function findRun(world: World, workflow: string | undefined, execution: string | undefined): RunRecord {
  const run = world.runs.get(execution ?? '');
  if (!run || run.workflowId !== workflow) throw new Refusal(4314, `there is no execution ${execution}`);
  return run;
}

function historyObject(world: World, run: RunRecord): object {
  const statuses = { running: 'Running', success: 'Success', fail: 'Fail' } as const;
  const status = run.status === 'interrupted' ? world.settings.asyncInterruptStatus : statuses[run.status];
  const interrupt = interruptData(run);
  return {
    execute_id: run.executeId,
    execute_status: status,
    run_mode: run.mode,
    create_time: run.createdAt,
    update_time: world.now(),
    output: run.status === 'success' ? JSON.stringify({ Output: run.output }) : '',
    error_code: String(run.error?.code ?? 0),
    error_message: run.error?.msg ?? '',
    debug_url: debugUrl(world, run),
    node_execute_status: Object.fromEntries(
      run.nodes.map(({ title, uuid, isFinished }, index) => [
        title,
        { node_id: String(100_000 + index), is_finish: isFinished, node_execute_uuid: uuid },
      ]),
    ),
    is_output_trimmed: false,
    ...(interrupt ? { interrupt_data: interrupt } : {}),
  };
}
