import {
  type CozeClient,
  type CozeClientOptions,
  createCozeClient,
  type WorkflowRun,
} from '@cozecut/coze-transport';
import { isUnresolved, type Plugin, type WorkflowBinding } from '@cozecut/manifest';
import type { WorkflowResult } from '@cozecut/plugin-host';
import { UserError } from '@cozecut/problems';
import type { Environment } from '../settings.ts';
import { cozeTokens } from './coze/token-source.ts';
import { addressOf, type CozePlace } from './coze/ways.ts';

/** A client for the place that a bot or workflow lives in. The address of the environment wins over the manifest. */
export function cozeClient(
  plugin: Plugin,
  binding: CozePlace,
  env: Environment,
  more: Pick<CozeClientOptions, 'fetch' | 'retry'> = {},
): CozeClient {
  const baseUrl = addressOf(binding, env);
  const token = cozeTokens(plugin, baseUrl, env);
  return createCozeClient({ ...more, region: binding.region, token, baseUrl });
}

/** Runs the workflow of a binding, until it ends or asks. */
export async function runWorkflow(
  plugin: Plugin,
  binding: WorkflowBinding,
  env: Environment,
  parameters: Record<string, unknown>,
  signal: AbortSignal,
): Promise<WorkflowResult> {
  const { name, workflowId } = binding;
  if (isUnresolved(workflowId)) {
    throw new UserError('WORKFLOW_ID_MISSING', `the workflow ${name} has no id: ${workflowId} is not set`, {
      hint: 'set the variable to the id of a published workflow',
    });
  }
  const { workflows } = cozeClient(plugin, binding, env);
  const resultOf = (run: WorkflowRun): WorkflowResult => {
    if (run.status === 'completed') return { data: run.data };
    const { interrupt } = run;
    return {
      interrupted: interrupt,
      resume: async (answer, options) => {
        const { eventId, type: interruptType } = interrupt;
        const resumed = { workflowId, eventId, interruptType, resumeData: answer };
        return resultOf(await workflows.resume(resumed, options));
      },
    };
  };
  return resultOf(await workflows.run({ workflowId, parameters }, { signal }));
}
