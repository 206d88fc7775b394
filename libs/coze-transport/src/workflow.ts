import { localError, tryParseJson } from './errors.ts';
import { asNumber, asObject, asText, type JsonObject } from './json.ts';

/** What a workflow is run with. */
export interface WorkflowRunParams {
  workflowId: string;
  /** By the names that the start node of the workflow gives them. */
  parameters: Record<string, unknown>;
}

/** The answer to a question of a workflow. */
export interface WorkflowResumeParams {
  workflowId: string;
  /** As they came with the question. */
  interrupt: Pick<WorkflowInterrupt, 'eventId' | 'type'>;
  /** Text for a question, JSON text of an object for an input form. */
  answer: string;
}

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
  /** As it was sent: blank, or JSON text. */
  data: string;
  /** What is asked, for a person: the text in `data`, or the names of the parameters that are wanted. */
  question: string;
  /** The values that an input form asks for; none for a question. */
  parameters: WorkflowParameter[];
}

/** How a run ended. */
export type WorkflowRun =
  /** `data` is what the end node gave: an object or a list when its text is JSON of one, otherwise the text. */
  | { status: 'completed'; data: unknown; executeId: string; debugUrl: string | undefined }
  | { status: 'interrupted'; interrupt: WorkflowInterrupt; executeId: string };

/** Reads the answer of `POST /v1/workflow/run` and `POST /v1/workflows/resume`. @throws CozeError BAD_RESPONSE */
export function decodeWorkflowRun(answer: unknown, operation: string): WorkflowRun {
  const envelope = asObject(answer);
  if (!envelope) throw localError('BAD_RESPONSE', 'expected an object', { operation });
  const executeId = asText(envelope.execute_id);
  const interrupt = asObject(envelope.interrupt_data);
  if (interrupt && asText(interrupt.event_id) !== '') {
    return { status: 'interrupted', interrupt: decodeInterrupt(interrupt), executeId };
  }
  return {
    status: 'completed',
    data: readData(envelope.data),
    executeId,
    debugUrl: asText(envelope.debug_url) || undefined,
  };
}

/** Text stays text unless it is a JSON object or list: `"007"` and `"true"` may be what a workflow says. */
function readData(data: unknown): unknown {
  if (typeof data !== 'string') return data;
  const value = tryParseJson(data);
  return typeof value === 'object' && value !== null ? value : data;
}

function decodeInterrupt(value: JsonObject): WorkflowInterrupt {
  const data = asText(value.data);
  const content = asText(asObject(tryParseJson(data))?.content) || data;
  const parameters = decodeParameters(value.required_parameters);
  const isBlank = content === '' && parameters.length > 0;
  return {
    eventId: asText(value.event_id),
    type: asNumber(value.type) ?? 0,
    data,
    question: isBlank ? parameters.map(({ name }) => name).join(', ') : content,
    parameters,
  };
}

function decodeParameters(value: unknown): WorkflowParameter[] {
  return Object.entries(asObject(value) ?? {}).map(([name, parameter]) => {
    const { type, description, required } = asObject(parameter) ?? {};
    return { name, type: asText(type), description: asText(description), isRequired: required === true };
  });
}
