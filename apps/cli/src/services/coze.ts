import { type CozeClient, createCozeClient, type WorkflowRun } from '@cozecut/coze-transport';
import {
  type CozeAuth,
  isUnresolved,
  type Plugin,
  type Region,
  type WorkflowBinding,
} from '@cozecut/manifest';
import type { WorkflowResult } from '@cozecut/plugin-host';
import { UserError } from '@cozecut/problems';
import { type Environment, setting } from '../settings.ts';
import { secretsOf } from './secrets.ts';

/** A client for the place that a bot or workflow lives in. The address of the environment wins over the manifest. */
export function cozeClient(
  plugin: Plugin,
  binding: { region: Region; baseUrl?: string },
  env: Environment,
): CozeClient {
  const baseUrl = setting(env, 'COZE_BASE_URL', 'COZE_API_URL') ?? binding.baseUrl;
  return createCozeClient({
    region: binding.region,
    token: cozeToken(plugin, env),
    ...(baseUrl === undefined ? {} : { baseUrl }),
  });
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

/** The token of the first way to call Coze that is possible here. */
function cozeToken(plugin: Plugin, env: Environment): string {
  for (let auth: CozeAuth | undefined = plugin.cozeAuth; auth !== undefined; auth = auth.fallback) {
    if (auth.type === 'pat') return secretsOf(plugin, env)(auth.secret);
  }
  const token = setting(env, 'COZE_API_TOKEN');
  if (token !== undefined) return token;
  throw new UserError('SECRET_MISSING', `${plugin.file} names no token for Coze that this version can use`, {
    hint: 'write auth.coze: { type: pat, secret: "secret:COZE_API_TOKEN" } and set COZE_API_TOKEN',
  });
}
