import { pathParameters } from '../check/tool.ts';
import type { Plugin, Tool } from '../types.ts';
import { type CozeSchema, convertSchema } from './coze-schema.ts';
import { serverAddress } from './server.ts';
import { clip, joinSentences } from './text.ts';
import { decodeWire, encodeWire, type Wire } from './wire.ts';

/** Prefix of the routes that answer in the way that Coze understands. */
export const COZE_PREFIX = '/coze/plugin';

/** What Coze shows of a summary or description. */
const MAX_TEXT = 600;

/** Fields that every answer has beside those of the tool, so that a failure can be told from a result. */
const STATUS_FIELDS: Readonly<Record<string, CozeSchema>> = {
  success: { type: 'boolean', description: 'Whether the call worked' },
  error_code: { type: 'string', description: 'Code of the error when the call failed' },
  message: { type: 'string', description: 'What went wrong when the call failed' },
};

/** How the arguments and answers of a tool travel between Coze and the server. */
export interface CozeCodec {
  /**
   * Turns the arguments that came from Coze (path, query and body in one map) into the input of the tool: JSON text
   * becomes values, an empty optional argument of the query is left out.
   */
  decodeInput(args: Readonly<Record<string, unknown>>): unknown;
  /** Turns the output of the tool into the fields of the answer, with `success: true`. */
  encodeOutput(output: unknown): Record<string, unknown>;
}

/** The tools that Coze can reach over HTTP. */
export function cozeTools(plugin: Plugin): Tool[] {
  return plugin.tools.filter(
    ({ enabled, modes }) => enabled && (modes.includes('cloud') || modes.includes('relay')),
  );
}

/** The document that Coze imports: OpenAPI 3.0.1 in the part of it that every Coze accepts. */
export function cozeDocument(plugin: Plugin, serverUrl: string | undefined): Record<string, unknown> {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const tool of cozeTools(plugin)) {
    const path = COZE_PREFIX + tool.http.path;
    paths[path] = { ...paths[path], [tool.http.method.toLowerCase()]: operation(tool) };
  }
  const { title, version, contactUrl } = plugin.openapi;
  return {
    openapi: '3.0.1',
    info: {
      title,
      description: clip(plugin.description.human, MAX_TEXT),
      version,
      ...(contactUrl === undefined ? {} : { contact: { url: contactUrl } }),
    },
    servers: [{ url: serverAddress(plugin, serverUrl) }],
    paths,
  };
}

/** The codec that belongs to the operation of a tool in the document for Coze. */
export function cozeCodec(tool: Tool): CozeCodec {
  const input = convertSchema(tool.input, { side: 'input' });
  const output = convertSchema(tool.output, { side: 'output' });
  const inQuery = new Set(hasBody(tool) ? [] : properties(input.schema).map(([name]) => name));
  const required = new Set(requiredOf(input.schema));
  return {
    decodeInput: (args) => {
      const given = Object.entries(args)
        .filter(([name, value]) => !(value === '' && inQuery.has(name) && !required.has(name)))
        .map(([name, value]) => [name, inQuery.has(name) ? fromQuery(input.wire, name, value) : value]);
      return decodeWire(input.wire, Object.fromEntries(given));
    },
    encodeOutput: (value) => {
      const encoded = encodeWire(ownFields(output.wire), value);
      return { success: true, ...(typeof encoded === 'object' && encoded !== null ? encoded : {}) };
    },
  };
}

function operation(tool: Tool): Record<string, unknown> {
  const { schema } = convertSchema(tool.input, { side: 'input' });
  const inPath = pathParameters(tool.http.path) ?? [];
  const others = properties(schema).filter(([name]) => !inPath.includes(name));
  const required = requiredOf(schema);
  const query = hasBody(tool) ? [] : others;
  const body = hasBody(tool) ? others : [];
  const parameters = [
    ...inPath.map((name) =>
      parameter('path', name, own(schema.properties, name) ?? { type: 'string' }, true),
    ),
    ...query.map(([name, field]) => parameter('query', name, queryField(field), required.includes(name))),
  ];
  const bodyRequired = required.filter((name) => body.some(([field]) => field === name));
  return {
    operationId: tool.name,
    summary: summary(tool),
    ...(tool.deprecated === undefined ? {} : { deprecated: true }),
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(body.length === 0 ? {} : { requestBody: requestBody(body, bodyRequired) }),
    responses: {
      '200': {
        description: 'Result of the call',
        content: { 'application/json': { schema: responseSchema(tool) } },
      },
    },
  };
}

/** Coze shows the model nothing but the summary, so what the tool says to the model goes into it. */
function summary({ summary: text, description, deprecated }: Tool): string {
  const extra = text.includes(description.model) ? undefined : description.model;
  const instead =
    deprecated?.message ??
    (deprecated?.replacedBy === undefined ? undefined : `Use ${deprecated.replacedBy}.`);
  const note = deprecated === undefined ? undefined : joinSentences('Deprecated', instead);
  return clip(joinSentences(text, extra, note), MAX_TEXT);
}

function parameter(place: 'path' | 'query', name: string, schema: CozeSchema, required: boolean): object {
  return { name, in: place, required, description: schema.description, schema };
}

/** Only simple values and lists of them can stand in a query: anything else is JSON text. */
function queryField(schema: CozeSchema): CozeSchema {
  const items = schema.items as CozeSchema | undefined;
  const simple =
    schema.type !== 'object' && (items === undefined || (items.type !== 'object' && items.type !== 'array'));
  if (simple) return schema;
  return { type: 'string', description: joinSentences(String(schema.description), 'Pass it as JSON text') };
}

/** A list comes from a query as one text when it has one item, a map always as JSON text. */
function fromQuery(wire: Wire, name: string, value: unknown): unknown {
  const field = wire.kind === 'map' ? wire.entries.get(name) : undefined;
  if (typeof value !== 'string' || (field?.kind !== 'list' && field?.kind !== 'map')) return value;
  const parsed = decodeWire({ kind: 'json' }, value);
  return field.kind === 'map' || Array.isArray(parsed) ? parsed : [value];
}

function requestBody(fields: readonly [string, CozeSchema][], required: readonly string[]): object {
  const schema = {
    type: 'object',
    ...(required.length === 0 ? {} : { required }),
    properties: Object.fromEntries(fields),
  };
  return {
    ...(required.length === 0 ? {} : { required: true }),
    content: { 'application/json': { schema } },
  };
}

function responseSchema(tool: Tool): CozeSchema {
  const { schema } = convertSchema(tool.output, { side: 'output' });
  const fields = properties(schema).filter(
    ([name, { type }]) => (STATUS_FIELDS[name]?.type ?? type) === type,
  );
  return {
    type: 'object',
    required: ['success'],
    properties: { ...STATUS_FIELDS, ...Object.fromEntries(fields) },
  };
}

/** The wire of the output without the fields that say whether the call worked. */
function ownFields(wire: Wire): Wire {
  if (wire.kind !== 'map') return { kind: 'map', entries: new Map(), nulls: [] };
  return { ...wire, entries: new Map([...wire.entries].filter(([name]) => !(name in STATUS_FIELDS))) };
}

/** Coze drops the body of GET and DELETE calls. */
function hasBody({ http }: Tool): boolean {
  return http.method !== 'GET' && http.method !== 'DELETE';
}

function properties(schema: CozeSchema): [string, CozeSchema][] {
  return Object.entries((schema.properties ?? {}) as Record<string, CozeSchema>);
}

function requiredOf(schema: CozeSchema): string[] {
  return (schema.required as string[] | undefined) ?? [];
}

function own(map: unknown, name: string): CozeSchema | undefined {
  return properties({ properties: map }).find(([key]) => key === name)?.[1];
}
