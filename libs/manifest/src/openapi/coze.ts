import type { Plugin, Tool } from '../types.ts';
import type { CozeSchema } from './coze-schema.ts';
import { type Notes, notesIn } from './notes.ts';
import { argumentsOf, cozeSummary, type Field, MAX_TEXT, okResponse, requestBody } from './operation.ts';
import { serverAddress } from './server.ts';
import { clip, joinSentences } from './text.ts';

/** Prefix of the routes that answer in the way that Coze understands. */
export const COZE_PREFIX = '/coze/plugin';

/** The tools that Coze can reach over HTTP. */
export function cozeTools(plugin: Plugin): Tool[] {
  return plugin.tools.filter(
    ({ enabled, modes }) => enabled && (modes.includes('cloud') || modes.includes('relay')),
  );
}

/** The document that Coze imports: OpenAPI 3.0.1 in the part of it that every Coze accepts. */
export function cozeDocument(
  plugin: Plugin,
  tools: readonly Tool[],
  serverUrl: string | undefined,
): Record<string, unknown> {
  const notes = notesIn(plugin.language);
  const paths: Record<string, Record<string, unknown>> = {};
  for (const tool of tools) {
    const path = COZE_PREFIX + tool.http.path;
    const mayGoOn = mayOutlast(tool, plugin);
    paths[path] = { ...paths[path], [tool.http.method.toLowerCase()]: operation(tool, notes, mayGoOn) };
  }
  return {
    openapi: '3.0.1',
    info: cozeInfo(plugin),
    servers: [{ url: serverAddress(plugin, serverUrl) }],
    paths,
  };
}

/** Whether a call of a tool may take longer than Coze waits, or ask its caller something: then it goes on as a job. */
export function mayOutlast({ timeoutMs, progress }: Tool, { deployment }: Plugin): boolean {
  return progress || timeoutMs > deployment.server.callBudgetMs;
}

/** What a document for Coze says about the plugin. */
export function cozeInfo({ openapi, description }: Plugin): object {
  const { title, version, contactUrl } = openapi;
  return {
    title,
    description: clip(openapi.description ?? description.human, MAX_TEXT),
    version,
    ...(contactUrl === undefined ? {} : { contact: { url: contactUrl } }),
  };
}

function operation(tool: Tool, notes: Notes, mayGoOn: boolean): Record<string, unknown> {
  const { path, query, body } = argumentsOf(tool, notes);
  const parameters = [
    ...path.map((field) => parameter('path', field)),
    ...query.map((field) => parameter('query', { ...field, schema: queryField(field.schema, notes) })),
  ];
  return {
    operationId: tool.name,
    summary: cozeSummary(tool, notes),
    ...(tool.deprecated === undefined ? {} : { deprecated: true }),
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(body.length === 0 ? {} : { requestBody: requestBody(body) }),
    responses: { '200': okResponse(tool, notes, mayGoOn) },
  };
}

function parameter(place: 'path' | 'query', { name, schema, required }: Field): object {
  return { name, in: place, required, description: schema.description, schema };
}

/** Only simple values and lists of them can stand in a query: anything else is JSON text. */
function queryField(schema: CozeSchema, notes: Notes): CozeSchema {
  const items = schema.items as CozeSchema | undefined;
  const isSimple = schema.type !== 'object' && items?.type !== 'object' && items?.type !== 'array';
  if (isSimple) return schema;
  const extensions = Object.entries(schema).filter(([key]) => key.startsWith('x-'));
  return {
    type: 'string',
    description: joinSentences(String(schema.description), notes.say('Pass it as JSON text')),
    ...(schema.default === undefined ? {} : { default: JSON.stringify(schema.default) }),
    ...Object.fromEntries(extensions),
  };
}
