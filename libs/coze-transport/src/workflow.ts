import { localError, tryParseJson } from './errors.ts';
import { asNumber, asObject, asText, type JsonObject } from './json.ts';

/** What a workflow is run with. */
export interface WorkflowRunParams {
  workflowId: string;
  /** By the names that the start node of the workflow gives them. */
  parameters: Record<string, unknown>;
  /** Bot or app whose variables and data the run uses; at most one of them. */
  botId?: string;
  appId?: string;
  /** `latitude`, `longitude`, `user_id`. */
  ext?: Record<string, string>;
  workflowVersion?: string;
  connectorId?: string;
}

/** The answer to an interrupt. */
export interface WorkflowResumeParams {
  workflowId: string;
  /** `eventId` of the interrupt. */
  eventId: string;
  /** `type` of the interrupt, as it came. */
  interruptType: number;
  /** Text for a question, JSON text of an object for an input form. */
  resumeData: string;
}

/**
 * What an interrupt is about. `local_plugin` came as 1 and as 6 in what is published; which one is sent today is not
 * known, so both are taken for it.
 */
export type InterruptKind = 'local_plugin' | 'question' | 'input' | 'authorization' | 'unknown';

/** A value that an input form asks for. */
export interface WorkflowParameter {
  name: string;
  /** As Coze sends it: `string`, `integer`, `number`, `boolean`, `object`, `array`, `image` and others. */
  type: string;
  description: string;
  isRequired: boolean;
}

/** A question of a workflow that stopped before its end. */
export interface WorkflowInterrupt {
  /** Opaque; sent back with the answer. */
  eventId: string;
  /** Sent back with the answer: 1 or 6 a local plugin, 2 a question, 5 an input form, 7 an authorization. */
  type: number;
  /** What `type` means. */
  kind: InterruptKind;
  /** As it was sent: blank, or JSON text. */
  data: string;
  /** What is asked, for a person: the text in `data`, or the names of the parameters that are wanted. */
  question: string;
  /** Parameters that are wanted, by name, as they came: `type`, `required`, `description`, `default_value`, … */
  requiredParameters: Readonly<Record<string, unknown>>;
  /** The same, as far as it can be read. */
  parameters: WorkflowParameter[];
  /** The object as it came. */
  raw: JsonObject;
}

/** How a run ended. */
export type WorkflowRun =
  /** `data` is what the end node gave: an object or a list when its text is JSON of one, otherwise the text. */
  | { status: 'completed'; data: unknown; executeId: string; debugUrl: string | undefined }
  | { status: 'interrupted'; interrupt: WorkflowInterrupt; executeId: string };

/** A run that goes on without us; `workflows.history` tells about it. */
export interface StartedRun {
  executeId: string;
  debugUrl: string | undefined;
}

/** Which run is meant. */
export interface RunRef {
  workflowId: string;
  executeId: string;
}

/** What is known of a run afterwards. */
export interface RunHistory {
  executeId: string;
  /** `unknown` is one that this version has not heard of. What an interrupted asynchronous run says is not known. */
  status: 'running' | 'success' | 'fail' | 'unknown';
  mode: 'sync' | 'stream' | 'async' | 'unknown';
  /** What the end node gave; see {@link WorkflowRun}. */
  output: unknown;
  /** Whether Coze cut the output. */
  isOutputTrimmed: boolean;
  /** Why it failed. */
  error: { code: string; message: string } | undefined;
  /** What it waits for. */
  interrupt: WorkflowInterrupt | undefined;
  debugUrl: string | undefined;
  raw: JsonObject;
}

/** Body of `run` and `stream_run`; keys without a value are left out when it is written. */
export function runBody(params: WorkflowRunParams): JsonObject {
  return {
    workflow_id: params.workflowId,
    parameters: params.parameters,
    bot_id: params.botId,
    app_id: params.appId,
    ext: params.ext,
    workflow_version: params.workflowVersion,
    connector_id: params.connectorId,
  };
}

/** Body of `stream_resume` and `workflows/resume`. */
export function resumeBody(params: WorkflowResumeParams): JsonObject {
  return {
    workflow_id: params.workflowId,
    event_id: params.eventId,
    interrupt_type: params.interruptType,
    resume_data: params.resumeData,
  };
}

/** Reads the answer of `POST /v1/workflow/run`. @throws CozeError BAD_RESPONSE */
export function decodeWorkflowRun(answer: unknown, operation: string): WorkflowRun {
  const envelope = asObject(answer);
  if (!envelope) throw localError('BAD_RESPONSE', 'expected an object', { operation });
  const executeId = asText(envelope.execute_id);
  const interrupt = openInterrupt(envelope);
  if (interrupt) return { status: 'interrupted', interrupt, executeId };
  return {
    status: 'completed',
    data: readData(envelope.data),
    executeId,
    debugUrl: asText(envelope.debug_url) || undefined,
  };
}

/** Reads the answer that an asynchronous run begins with. @throws CozeError BAD_RESPONSE */
export function decodeStartedRun(envelope: JsonObject, operation: string): StartedRun {
  const executeId = asText(envelope.execute_id);
  if (executeId === '') throw localError('BAD_RESPONSE', 'expected an execute_id', { operation });
  return { executeId, debugUrl: asText(envelope.debug_url) || undefined };
}

/** Reads one entry of a run history. */
export function decodeHistory(value: JsonObject): RunHistory {
  const code = asText(value.error_code);
  return {
    executeId: asText(value.execute_id),
    status: STATUSES.get(asText(value.execute_status).toLowerCase()) ?? 'unknown',
    mode: MODES.get(asText(value.run_mode)) ?? 'unknown',
    output: endOutput(value.output),
    isOutputTrimmed: value.is_output_trimmed === true,
    error: code === '' || code === '0' ? undefined : { code, message: asText(value.error_message) },
    interrupt: openInterrupt(value),
    debugUrl: asText(value.debug_url) || undefined,
    raw: value,
  };
}

const STATUSES: ReadonlyMap<string, RunHistory['status']> = new Map([
  ['running', 'running'],
  ['success', 'success'],
  ['fail', 'fail'],
]);
const MODES: ReadonlyMap<string, RunHistory['mode']> = new Map([
  ['0', 'sync'],
  ['1', 'stream'],
  ['2', 'async'],
]);

function openInterrupt(value: JsonObject): WorkflowInterrupt | undefined {
  const interrupt = asObject(value.interrupt_data);
  return interrupt && asText(interrupt.event_id) !== '' ? decodeInterrupt(interrupt) : undefined;
}

/** Text stays text unless it is a JSON object or list: `"007"` and `"true"` may be what a workflow says. */
function readData(data: unknown): unknown {
  if (typeof data !== 'string') return data;
  const value = tryParseJson(data);
  return typeof value === 'object' && value !== null ? value : data;
}

/** A history has the end node under `Output`, often as JSON text once more. */
function endOutput(output: unknown): unknown {
  const value = readData(output);
  const inner = asObject(value)?.Output;
  return inner === undefined ? value : readData(inner);
}

const KINDS: ReadonlyMap<number, InterruptKind> = new Map([
  [1, 'local_plugin'],
  [2, 'question'],
  [5, 'input'],
  [6, 'local_plugin'],
  [7, 'authorization'],
]);

/** Reads `interrupt_data`. */
export function decodeInterrupt(value: JsonObject): WorkflowInterrupt {
  const data = asObject(value.data) ? JSON.stringify(value.data) : asText(value.data);
  const content = asText(asObject(tryParseJson(data))?.content) || data;
  const requiredParameters = asObject(value.required_parameters) ?? {};
  const wanted = Object.keys(requiredParameters);
  const isBlank = content === '' && wanted.length > 0;
  const type = asNumber(value.type) ?? 0;
  return {
    eventId: asText(value.event_id),
    type,
    kind: KINDS.get(type) ?? 'unknown',
    data,
    question: isBlank ? wanted.join(', ') : content,
    requiredParameters,
    parameters: Object.entries(requiredParameters).map(([name, parameter]) => {
      const { type: wantedType, description, required } = asObject(parameter) ?? {};
      return {
        name,
        type: asText(wantedType),
        description: asText(description),
        isRequired: required === true,
      };
    }),
    raw: value,
  };
}
