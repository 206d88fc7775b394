import { debugUrl, interruptData, playWorkflow } from '../play/play-workflow.ts';
import { Refusal } from '../refusal.ts';
import type { ScriptedWorkflow } from '../scenario/types.ts';
import type { Frame } from '../wire/frame.ts';
import type { RunRecord, World } from '../world.ts';
import { fieldsOf, isFields, optionalBoolean, requiredText } from './fields.ts';
import type { Answer, Call } from './route.ts';

/** `POST /v1/workflow/run` without a stream */
export function runWorkflow(call: Call): Promise<Answer> | Answer {
  const { world } = call;
  const isAsync = optionalBoolean(fieldsOf(call.body), 'is_async', false);
  const { run, script } = newRun(call, isAsync ? 2 : 0);
  if (!isAsync) return finishRun(world, run, playWorkflow(world, run, script, false));
  run.background = script;
  // The sample of this answer has no code.
  return { kind: 'raw', status: 200, body: { ...beside(world, run), msg: '' } };
}

/** `POST /v1/workflow/stream_run` */
export function streamWorkflow(call: Call): Answer {
  const { run, script } = newRun(call, 1);
  const frames = playWorkflow(call.world, run, script, false);
  return { kind: 'stream', frames, framing: 'workflow' };
}

/** `POST /v1/workflow/stream_resume` */
export function streamResume(call: Call): Answer {
  const { world } = call;
  const run = resumedRun(call);
  const error = resumeLimit(world, run);
  const frames = error ? errorFrame(error) : playWorkflow(world, run, nextOf(run), true);
  return { kind: 'stream', frames, framing: 'workflow' };
}

/** `POST /v1/workflows/resume` without a stream */
export function resumeWorkflow(call: Call): Promise<Answer> | Answer {
  const { world } = call;
  const run = resumedRun(call);
  const error = resumeLimit(world, run);
  if (error) throw new Refusal(error.code, error.msg);
  const script = nextOf(run);
  if (run.mode !== 2) return finishRun(world, run, playWorkflow(world, run, script, true));
  run.background = script;
  run.status = 'running';
  return { kind: 'raw', status: 200, body: { ...beside(world, run), msg: '' } };
}

/** Checks the request and begins a run. @throws Refusal 4000, 4200, 6003 */
function newRun(
  { world, body }: Call,
  mode: RunRecord['mode'],
): { run: RunRecord; script: ScriptedWorkflow } {
  const fields = fieldsOf(body);
  const workflowId = requiredText(fields, 'workflow_id');
  if (fields.bot_id && fields.app_id) throw new Refusal(4000, 'bot_id and app_id cannot be combined');
  // Some pages call it a text; every example sends an object.
  if (fields.parameters !== undefined && !isFields(fields.parameters)) {
    throw new Refusal(4000, 'parameters must be an object');
  }
  if (mode === 2 && !world.settings.asyncRuns) throw new Refusal(6003, 'this plan has no asynchronous runs');
  const script = world.workflow(workflowId);
  if (!script) throw new Refusal(4200, `workflow ${workflowId} does not exist or is not published`);
  const run: RunRecord = {
    executeId: world.nextId(),
    workflowId,
    mode,
    createdAt: world.now(),
    status: 'running',
    waiting: undefined,
    next: undefined,
    resumes: 0,
    output: '',
    error: undefined,
    background: undefined,
    nodes: [],
  };
  world.runs.set(run.executeId, run);
  return { run, script };
}

/** Plays to the end and answers it. */
async function finishRun(world: World, run: RunRecord, frames: AsyncIterable<Frame>): Promise<Answer> {
  for await (const _ of frames);
  if (run.error) throw new Refusal(run.error.code, run.error.msg);
  const interrupt = interruptData(run);
  if (interrupt && world.dialect.isStudio) throw new Refusal(6039, 'the run was interrupted');
  const more = interrupt ? { interrupt_data: interrupt } : {};
  return { kind: 'json', data: run.output, beside: { ...beside(world, run), ...more } };
}

function beside(world: World, run: RunRecord): { debug_url: string; execute_id: string } {
  return { debug_url: debugUrl(world, run), execute_id: run.executeId };
}

/** The run that a resume is for. @throws Refusal 4000, 4314, 4315 */
function resumedRun({ world, body }: Call): RunRecord {
  const fields = fieldsOf(body);
  const workflowId = requiredText(fields, 'workflow_id');
  const eventId = requiredText(fields, 'event_id');
  if (typeof fields.resume_data !== 'string') throw new Refusal(4000, 'resume_data must be a text');
  const run = world.runs.get(eventId.split('/')[0] ?? '');
  if (run?.workflowId !== workflowId) throw new Refusal(4314, `there is no execution for event ${eventId}`);
  if (!run.waiting) throw new Refusal(4315, `execution ${run.executeId} has ended`);
  if (run.waiting.eventId !== eventId) throw new Refusal(4000, `event_id ${eventId} is not the open one`);
  if (fields.interrupt_type !== run.waiting.type) {
    throw new Refusal(4000, `interrupt_type must be ${run.waiting.type}`);
  }
  return run;
}

/** What is said to one answer too many; it ends the run. */
function resumeLimit(world: World, run: RunRecord): { code: number; msg: string } | undefined {
  run.resumes++;
  if (run.resumes <= world.settings.maxResumes) return undefined;
  const error = { code: 4315, msg: `a question can be answered ${world.settings.maxResumes} times` };
  Object.assign(run, { status: 'fail', error, waiting: undefined, next: undefined });
  return error;
}

function nextOf(run: RunRecord): ScriptedWorkflow {
  const script = run.next ?? { output: {} };
  run.waiting = undefined;
  run.next = undefined;
  return script;
}

async function* errorFrame({ code, msg }: { code: number; msg: string }): AsyncIterable<Frame> {
  yield { id: 0, event: 'Error', data: { error_code: code, error_message: msg } };
}
