import {
  type AnswerContext,
  bodyError,
  excerpt,
  localError,
  readFailure,
  remoteError,
  tryParseJson,
} from './errors.ts';
import { type Gap, trackGaps } from './gaps.ts';
import { asNumber, asObject, asText, type JsonObject } from './json.ts';
import type { Decode, Decoded } from './stream.ts';
import { decodeInterrupt, type WorkflowInterrupt } from './workflow.ts';

/** What a node of a workflow says. */
export interface NodeMessage {
  content: string;
  /** `text`, or blank. */
  contentType: string;
  /** Blank or `End` for the end node, whose content is JSON text. */
  nodeTitle: string;
  nodeId: string;
  nodeExecuteUuid: string;
  /** Number of this piece within its node, from 0. */
  seq: number | undefined;
  /** Whether the node says nothing more. */
  isLast: boolean;
  /** The object as it came, with what this version does not know. */
  raw: JsonObject;
}

/** What happens in a run of a workflow, told apart by `type`. An `Error` event is not among them: it is thrown. */
export type WorkflowEvent =
  | { type: 'message'; message: NodeMessage }
  /** The run stopped and waits for an answer. Terminal. */
  | { type: 'interrupt'; interrupt: WorkflowInterrupt; nodeTitle: string; debugUrl: string | undefined }
  /** The run is complete. Terminal. */
  | { type: 'done'; debugUrl: string | undefined }
  /** Something is missing before the event that follows. */
  | { type: 'gap'; gap: Gap }
  | { type: 'ping' }
  /** An event that this version has not heard of. */
  | { type: 'unknown'; event: string; data: string };

/** A reader for one stream of `stream_run` or `stream_resume`; both count from 0. */
export function createWorkflowDecoder(): Decode<WorkflowEvent> {
  const gaps = trackGaps();
  return (message, context) => {
    const { event = '', data, id } = message;
    const decoded = decode(event, data, context);
    const found = gaps.event(id);
    for (const said of decoded.events) {
      if (said.type === 'message') found.push(...gaps.node(said.message));
    }
    if (found.length === 0) return decoded;
    return {
      ...decoded,
      events: [...found.map((gap) => ({ type: 'gap' as const, gap })), ...decoded.events],
    };
  };
}

function decode(event: string, data: string, context: AnswerContext): Decoded<WorkflowEvent> {
  switch (event) {
    case 'Message':
      return one({ type: 'message', message: decodeNodeMessage(objectOf(event, data, context)) });
    case 'Interrupt': {
      const value = objectOf(event, data, context);
      const interrupt = decodeInterrupt(asObject(value.interrupt_data) ?? {});
      if (interrupt.eventId === '') {
        throw localError('BAD_EVENT', `expected an event_id in Interrupt, got: ${excerpt(data)}`, context);
      }
      const nodeTitle = asText(value.node_title);
      return one({ type: 'interrupt', interrupt, nodeTitle, debugUrl: debugUrlOf(value) }, 'end');
    }
    case 'Done':
    case 'done':
      return one({ type: 'done', debugUrl: debugUrlOf(asObject(tryParseJson(data)) ?? {}) }, 'end');
    case 'Error':
    case 'error':
      throw failureOf(data, context);
    case 'PING':
    case 'ping':
      return { ...one({ type: 'ping' }), isHeartbeat: true };
    default:
      return one({ type: 'unknown', event, data });
  }
}

/** A self-hosted service sends plain text. */
function failureOf(data: string, context: AnswerContext): Error {
  const failure = readFailure(tryParseJson(data));
  return failure ? remoteError(failure, context) : bodyError(data, context);
}

function decodeNodeMessage(value: JsonObject): NodeMessage {
  return {
    content: asText(value.content),
    contentType: asText(value.content_type),
    nodeTitle: asText(value.node_title),
    nodeId: asText(value.node_id),
    nodeExecuteUuid: asText(value.node_execute_uuid),
    seq: asNumber(value.node_seq_id),
    isLast: value.node_is_finish === true,
    raw: value,
  };
}

function debugUrlOf(value: JsonObject): string | undefined {
  return asText(value.debug_url) || undefined;
}

/** @throws CozeError BAD_EVENT */
function objectOf(event: string, data: string, context: AnswerContext): JsonObject {
  const value = asObject(tryParseJson(data));
  if (value) return value;
  throw localError('BAD_EVENT', `expected a JSON object in ${event}, got: ${excerpt(data)}`, context);
}

function one(event: WorkflowEvent, phase: Decoded<WorkflowEvent>['phase'] = 'open'): Decoded<WorkflowEvent> {
  return { events: [event], phase };
}
