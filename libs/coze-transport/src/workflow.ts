import { localError, tryParseJson } from './errors.ts';
import { asNumber, asObject, asText, type JsonObject } from './json.ts';

/** What a workflow is run with. */
export interface WorkflowRunParams {
  workflowId: string;
  /** By the names that the start node of the workflow gives them. */
  parameters: Record<string, unknown>;
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
}

/** How a run ended. */
export type WorkflowRun =
  /** `data` is what the end node gave: an object or a list when its text is JSON of one, otherwise the text. */
  | { status: 'completed'; data: unknown; executeId: string; debugUrl: string | undefined }
  | { status: 'interrupted'; interrupt: WorkflowInterrupt; executeId: string };

/** Reads the answer of `POST /v1/workflow/run`. @throws CozeError BAD_RESPONSE */
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
  const wanted = Object.keys(asObject(value.required_parameters) ?? {});
  const isBlank = content === '' && wanted.length > 0;
  return {
    eventId: asText(value.event_id),
    type: asNumber(value.type) ?? 0,
    data,
    question: isBlank ? wanted.join(', ') : content,
  };
}
