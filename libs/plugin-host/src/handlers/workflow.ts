import type { HandlerRef, Plugin, Tool, WorkflowBinding } from '@cozecut/manifest';
import { UserError } from '@cozecut/problems';
import type { HandlerPorts, ToolHandler, WorkflowInterrupt } from '../types.ts';
import { compile } from './template.ts';

type WorkflowRef = Extract<HandlerRef, { kind: 'workflow' }>;

/** As much of a question as a message shows. */
const MAX_QUESTION_CHARS = 500;

/**
 * Makes a handler that runs a workflow of Coze.
 *
 * The handler throws these errors:
 *
 * @throws UserError HANDLER_TEMPLATE, HANDLER_NOT_LOADED (at once) when the binding cannot be read or is not there.
 * @throws UserError WORKFLOW_INTERRUPTED when the workflow asks something.
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
    const result = await workflows
      .run(binding, parameters, { signal: context.signal })
      .catch((error: unknown) => {
        throw upstreamError(error);
      });
    if ('interrupted' in result) throw interrupted(binding, result.interrupted);
    const { data } = result;
    if (hasOutput || (typeof data === 'object' && data !== null && !Array.isArray(data))) {
      return outputOf({ input, data });
    }
    throw new UserError('UPSTREAM_INVALID', `${place} must answer an object (got ${excerpt(data)})`, {
      hint: `say what to take of it, such as output: { text: $.data } in the binding ${binding.name}`,
    });
  };
}

function interrupted(binding: WorkflowBinding, { type, question }: WorkflowInterrupt): UserError {
  const asked = question === '' ? '' : `: ${question.slice(0, MAX_QUESTION_CHARS)}`;
  const hint =
    binding.onInterrupt === 'fail'
      ? 'give the workflow everything it needs as parameters'
      : `onInterrupt: ${binding.onInterrupt} is not supported by this version, the call fails instead`;
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
}

/** What came over the wire as something that callers of tools understand; anything else stays what it is. */
function upstreamError(error: unknown): unknown {
  if (!(error instanceof Error) || error.name !== 'WireError') return error;
  const { code, hint, retry, retryAfterMs } = error as WireFields;
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
