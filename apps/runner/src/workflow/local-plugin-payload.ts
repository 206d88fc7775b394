/**
 * Everything that is assumed about the interrupt of a local plugin inside a workflow is in this file. Coze documents
 * that there is such an interrupt (number 6, formerly 1) and that it is answered by a resume. It documents neither what
 * `data` holds nor what `resume_data` should, and no recording is public. Assumed is:
 *
 * 1. `data` is JSON in one of three shapes: `{tool_calls: […]}` or `{submit_tool_outputs: {tool_calls: […]}}` as in a
 *    chat; `{function: {name, arguments}}`; `{content_type, content}` whose `content` is JSON text of one of these.
 * 2. `resume_data` is the output of the tool when there is one call, and
 *    `{"tool_outputs": [{"tool_call_id", "output"}]}`, as in a chat, when there are several.
 *
 * Another shape is not guessed at: the caller shows it and stops.
 */
import { type JsonObject, parseJson, type ToolCall } from '@cozecut/coze-transport';
import type { CallOutput } from '../answer-action.ts';
import { asObject } from '../json-object.ts';

/** A content inside of a content goes no deeper than this. */
const MAX_DEPTH = 3;

/** The calls of an interrupt; `undefined` when `data` has none of the shapes that are known. */
export function readLocalPluginCalls(data: string, depth = 0): ToolCall[] | undefined {
  const value = asObject(tryParse(data));
  if (!value || depth > MAX_DEPTH) return undefined;
  const list = value.tool_calls ?? asObject(value.submit_tool_outputs)?.tool_calls;
  if (Array.isArray(list)) {
    const calls = list.map((item, index) => readCall(asObject(item), index));
    const isWhole = calls.length > 0 && calls.every((call) => call !== undefined);
    return isWhole && new Set(calls.map(({ id }) => id)).size === calls.length ? calls : undefined;
  }
  if (value.function !== undefined) {
    const call = readCall(value, 0);
    return call && [call];
  }
  return typeof value.content === 'string' ? readLocalPluginCalls(value.content, depth + 1) : undefined;
}

/** The text that a run is resumed with. */
export function writeLocalPluginOutputs(outputs: readonly CallOutput[]): string {
  if (outputs.length === 1) return outputs[0]!.output;
  const list = outputs.map(({ callId, output }) => ({ tool_call_id: callId, output }));
  return JSON.stringify({ tool_outputs: list });
}

/** A call without an id is told apart by its place. */
function readCall(value: JsonObject | undefined, index: number): ToolCall | undefined {
  const called = asObject(value?.function);
  const { name, arguments: given } = called ?? {};
  if (typeof name !== 'string' || name === '') return undefined;
  const text =
    typeof given === 'string' ? given : given === undefined || given === null ? '' : JSON.stringify(given);
  const named = typeof value?.id === 'number' ? String(value.id) : value?.id;
  const id = typeof named === 'string' && named !== '' ? named : `call-${index + 1}`;
  return { id, type: 'function', function: { name, arguments: text }, infos: [] };
}

function tryParse(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}
