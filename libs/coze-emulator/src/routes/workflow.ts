import { Refusal } from '../refusal.ts';
import type { Answer, Call } from './route.ts';

/** `POST /v1/workflow/run` without a stream */
export function runWorkflow({ world, body }: Call): Answer {
  const fields = (body ?? {}) as Record<string, unknown>;
  const { workflow_id: id, parameters, bot_id: botId, app_id: appId, is_async: isAsync } = fields;
  if (typeof id !== 'string' || id === '') throw new Refusal(4000, 'workflow_id is required');
  if (botId && appId) throw new Refusal(4000, 'bot_id and app_id cannot be combined');
  // Some pages call it a text; every example sends an object.
  if (parameters !== undefined && !isObject(parameters)) {
    throw new Refusal(4000, 'parameters must be an object');
  }
  if (isAsync === true) throw new Refusal(6003, 'this plan has no asynchronous runs');
  const script = world.workflow(id);
  if (script === undefined) throw new Refusal(4200, `workflow ${id} does not exist or is not published`);
  if ('fail' in script) throw new Refusal(script.fail.code, script.fail.msg);
  const executeId = world.nextId();
  const beside = {
    debug_url: `https://www.coze.cn/work_flow?execute_id=${executeId}&workflow_id=${id}`,
    execute_id: executeId,
  };
  if ('output' in script) return { kind: 'json', data: jsonText(script.output), beside };
  const { type, data = '', requiredParameters } = script.interrupt;
  const interrupt = {
    data: jsonText(data),
    event_id: `${executeId}/${world.nextId()}`,
    type,
    ...(requiredParameters === undefined ? {} : { required_parameters: requiredParameters }),
  };
  return { kind: 'json', data: '', beside: { ...beside, interrupt_data: interrupt } };
}

function jsonText(value: object | string): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
