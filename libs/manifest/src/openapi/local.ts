import type { Plugin, Tool } from '../types.ts';
import { cozeInfo } from './coze.ts';
import { type Notes, notesIn } from './notes.ts';
import { argumentsOf, cozeSummary, okResponse, requestBody } from './operation.ts';

/** The tools that a bot can call on the device of the user. */
export function localTools(plugin: Plugin): Tool[] {
  return plugin.tools.filter(({ enabled, modes }) => enabled && modes.includes('local'));
}

/**
 * The document of a local plugin: the dialect without `servers`, with `x-functionName`, where every tool is a POST
 * whose arguments are all in the body. Nothing is called over HTTP, so a path is only the name of its tool.
 */
export function localDocument(plugin: Plugin, tools: readonly Tool[]): Record<string, unknown> {
  const notes = notesIn(plugin.language);
  const paths = tools.map((tool) => [`/${tool.name}`, { post: operation(tool, notes) }]);
  return { openapi: '3.0.1', info: cozeInfo(plugin), paths: Object.fromEntries(paths) };
}

function operation(tool: Tool, notes: Notes): object {
  const { path, query, body } = argumentsOf(tool, notes);
  const fields = [...path, ...query, ...body];
  return {
    operationId: tool.name,
    'x-functionName': tool.name,
    summary: cozeSummary(tool, notes),
    ...(tool.deprecated === undefined ? {} : { deprecated: true }),
    requestBody: fields.length === 0 ? { content: {} } : requestBody(fields),
    responses: { '200': okResponse(tool, notes), default: { description: '' } },
  };
}
