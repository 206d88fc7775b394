import type { HandlerRef, Plugin, Tool, WorkflowBinding } from '@cozecut/manifest';
import { UserError } from '@cozecut/problems';
import type { Answer, HandlerPorts, ToolContext, ToolHandler, WorkflowInterrupt } from '../types.ts';
import { compile } from './template.ts';

type WorkflowRef = Extract<HandlerRef, { kind: 'workflow' }>;

/** As much of a question as a message shows. */
const MAX_QUESTION_CHARS = 500;
/** Coze takes so many answers in one run. */
const MAX_ANSWERS = 3;
/** The kinds of questions that a text answers: a question, an input form. */
const ANSWERABLE: ReadonlySet<number> = new Set([2, 5]);

/**
 * Makes a handler that runs a workflow of Coze.
 *
 * The handler throws these errors:
 *
 * @throws UserError HANDLER_TEMPLATE, HANDLER_NOT_LOADED (at once) when the binding cannot be read or is not there.
 * @throws UserError WORKFLOW_INTERRUPTED when the workflow asks something and nobody answers, by `onInterrupt` of the
 * binding or because nobody is there.
 * @throws UserError UPSTREAM_FAILED, UPSTREAM_UNREACHABLE, UPSTREAM_INVALID when Coze does not run it, or answers
 * something that is no object and the binding does not say what to take of it.
 */
export function workflowHandler(
  tool: Tool,
  ref: WorkflowRef,
  plugin: Plugin,
  ports: HandlerPorts,
): ToolHandler<unknown> {
  const binding = plugin.workflows.find(({ name }) => name === ref.binding);
  if (binding === undefined) {
    throw new UserError('HANDLER_NOT_LOADED', `${tool.name}: there is no workflow "${ref.binding}"`, {
      hint: `add it to bindings.workflows of ${plugin.file}`,
    });
  }
  const place = `the workflow ${binding.name} of ${tool.name}`;
  const hasParameters = Object.keys(binding.parameters).length > 0;
  const parametersOf = compile(
    hasParameters ? binding.parameters : '$.input',
    { paths: ['input'], secrets: false },
    place,
  );
  const hasOutput = Object.keys(binding.output).length > 0;
  const outputOf = compile(
    hasOutput ? binding.output : '$.data',
    { paths: ['data', 'input'], secrets: false },
    place,
  );

  return async (input, context) => {
    const { workflows } = ports;
    if (workflows === undefined) {
      throw new UserError('HANDLER_NOT_LOADED', `${tool.name}: workflows of Coze cannot be run here`);
    }
    const parameters = parametersOf({ input }) as Record<string, unknown>;
    const { signal } = context;
    let result = await workflows.run(binding, parameters, { signal }).catch(throwUpstream);
    for (let answers = 0; 'interrupted' in result; answers += 1) {
      const { interrupted, resume } = result;
      const obstacle = obstacleTo(tool, binding, context, {
        interrupted,
        answers,
        canResume: resume !== undefined,
      });
      if (obstacle !== undefined) throw interruptedError(binding, interrupted, obstacle);
      const { question, parameters: fields = [] } = interrupted;
      const answer = await context.answerer!.ask({ text: question, fields }, signal);
      result = await resume!(resumeText(answer), { signal }).catch(throwUpstream);
    }
    const { data } = result;
    if (hasOutput || (typeof data === 'object' && data !== null && !Array.isArray(data))) {
      return outputOf({ input, data });
    }
    throw new UserError('UPSTREAM_INVALID', `${place} must answer an object (got ${excerpt(data)})`, {
      hint: `say what to take of it, such as output: { text: $.data } in the binding ${binding.name}`,
    });
  };
}

/** Why nobody answers, as the way out of it; `undefined` when somebody does. */
function obstacleTo(
  tool: Tool,
  { onInterrupt }: WorkflowBinding,
  { answerer }: ToolContext,
  state: { interrupted: WorkflowInterrupt; answers: number; canResume: boolean },
): string | undefined {
  const { interrupted, answers, canResume } = state;
  if (onInterrupt === 'fail') {
    return 'give the workflow everything it needs as parameters, or set onInterrupt of the binding to prompt or job';
  }
  if (interrupted.type === 7) return 'open the address, allow what it asks for, and call the tool again';
  if (!ANSWERABLE.has(interrupted.type)) return 'only a question and an input form can be answered here';
  if (!canResume) return 'a run cannot be gone on with here';
  if (answers >= MAX_ANSWERS) {
    return `Coze takes ${MAX_ANSWERS} answers in one run: give the workflow more of what it needs as parameters`;
  }
  if (answerer === undefined && onInterrupt === 'prompt') {
    return `run it where a person can answer: cozecut tool run ${tool.name} in a terminal`;
  }
  if (answerer === undefined) {
    return `call ${tool.name} over HTTP, where it becomes a job whose caller can answer, or in a terminal`;
  }
  if (onInterrupt === 'prompt' && answerer.who === 'caller') {
    return 'onInterrupt: job lets the caller of a job answer';
  }
  return undefined;
}

/** A form is answered with the JSON text of an object. */
function resumeText(answer: Answer): string {
  return typeof answer === 'string' ? answer : JSON.stringify(answer);
}

function interruptedError(
  binding: WorkflowBinding,
  { type, question }: WorkflowInterrupt,
  hint: string,
): UserError {
  const asked = question === '' ? '' : `: ${question.slice(0, MAX_QUESTION_CHARS)}`;
  return new UserError(
    'WORKFLOW_INTERRUPTED',
    `the workflow ${binding.name} asks before it goes on (kind ${type})${asked}`,
    { hint },
  );
}

const OUR_CODES: Readonly<Record<string, string>> = {
  NETWORK: 'UPSTREAM_UNREACHABLE',
  BAD_RESPONSE: 'UPSTREAM_INVALID',
};

/** What an error of the Coze client says besides its message. */
interface WireFields {
  code?: string;
  hint?: string;
  retry?: string;
  retryAfterMs?: number;
  remoteCode?: string;
}

/** A self-hosted studio says with this code that a run was interrupted, and not what it asks. */
const STUDIO_INTERRUPTED = '6039';

function throwUpstream(error: unknown): never {
  throw upstreamError(error);
}

/** What came over the wire as something that callers of tools understand; anything else stays what it is. */
function upstreamError(error: unknown): unknown {
  if (!(error instanceof Error) || error.name !== 'WireError') return error;
  const { code, hint, retry, retryAfterMs, remoteCode } = error as WireFields;
  if (remoteCode === STUDIO_INTERRUPTED) {
    const way = 'give the workflow everything it needs as parameters';
    return new UserError('WORKFLOW_INTERRUPTED', error.message, { cause: error, hint: way });
  }
  return new UserError(OUR_CODES[code ?? ''] ?? 'UPSTREAM_FAILED', error.message, {
    cause: error,
    retryable: retry === 'backoff',
    retryAfterMs,
    ...(hint === undefined ? {} : { hint }),
  });
}

function excerpt(data: unknown): string {
  return (JSON.stringify(data) ?? 'nothing').slice(0, 100);
}
