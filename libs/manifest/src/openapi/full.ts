import { pathParameters } from '../check/tool.ts';
import { saySchema, saySchemas } from '../texts/translate.ts';
import type { JsonSchema, Plugin, Tool, ToolExample } from '../types.ts';
import { type Notes, notesIn } from './notes.ts';
import { hasBody } from './operation.ts';
import { securityScheme } from './security.ts';
import { serverAddress } from './server.ts';
import { joinSentences } from './text.ts';

/** How a failed call is described, after RFC 9457. */
const PROBLEM = {
  type: 'object',
  required: ['title', 'status', 'code'],
  properties: {
    type: { type: 'string', description: 'Address of a page about this kind of problem' },
    title: { type: 'string', description: 'What went wrong' },
    status: { type: 'integer', description: 'HTTP status' },
    detail: { type: 'string', description: 'What to do about it' },
    code: { type: 'string', description: 'Code of the error' },
  },
};

const JOB = {
  type: 'object',
  required: ['job_id'],
  properties: { job_id: { type: 'string', description: 'Id of the job that the call became' } },
};

/** The document of the REST interface: OpenAPI 3.1 with the schemas as they are, examples and problem details. */
export function fullDocument(
  plugin: Plugin,
  tools: readonly Tool[],
  serverUrl: string | undefined,
): Record<string, unknown> {
  const notes = notesIn(plugin.language);
  const paths: Record<string, Record<string, unknown>> = {};
  for (const tool of tools) {
    const { path, method } = tool.http;
    paths[path] = { ...paths[path], [method.toLowerCase()]: operation(tool, notes) };
  }
  const { title, version, description, contactUrl } = plugin.openapi;
  const address = serverAddress(plugin, serverUrl);
  const schemes = plugin.serverAuth.map((entry) => [entry.id, securityScheme(entry, address, notes.say)]);
  return {
    openapi: '3.1.0',
    info: {
      title,
      description: description ?? plugin.description.human,
      version,
      ...(contactUrl === undefined ? {} : { contact: { url: contactUrl } }),
    },
    servers: [{ url: address }],
    ...(schemes.length === 0
      ? {}
      : { security: plugin.serverAuth.map(({ id, scopes }) => ({ [id]: scopes })) }),
    paths,
    components: {
      schemas: saySchemas({ Problem: PROBLEM }, notes.say),
      ...(schemes.length === 0 ? {} : { securitySchemes: Object.fromEntries(schemes) }),
    },
  };
}

function operation(tool: Tool, notes: Notes): Record<string, unknown> {
  const inPath = pathParameters(tool.http.path) ?? [];
  const fields = Object.entries((tool.input.properties ?? {}) as Record<string, JsonSchema>);
  const required = (tool.input.required as string[] | undefined) ?? [];
  const others = fields.filter(([name]) => !inPath.includes(name));
  const property = (name: string) => fields.find(([key]) => key === name)?.[1] ?? {};
  const parameters = [
    ...inPath.map((name) => parameter('path', name, property(name), true)),
    ...(hasBody(tool)
      ? []
      : others.map(([name, schema]) => parameter('query', name, schema, required.includes(name)))),
    ...(tool.effects.idempotent === 'key'
      ? [{ ...IDEMPOTENCY_KEY, description: notes.say(IDEMPOTENCY_KEY.description) }]
      : []),
  ];
  const { deprecated } = tool;
  return {
    operationId: tool.name,
    summary: tool.summary,
    description: joinSentences(tool.description.human, distinct(tool), deprecated?.message),
    ...(deprecated === undefined ? {} : { deprecated: true }),
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(hasBody(tool) && others.length > 0 ? { requestBody: body(tool, inPath) } : {}),
    responses: {
      '200': {
        description: notes.say('Result of the call'),
        content: {
          'application/json': { schema: tool.output, ...examples(tool.examples, ({ output }) => output) },
        },
      },
      ...(tool.progress
        ? {
            '202': {
              description: notes.say('The call goes on as a job'),
              content: { 'application/json': { schema: saySchema(JOB, notes.say) } },
            },
          }
        : {}),
      default: {
        description: tool.errors.length === 0 ? notes.say('The call failed') : notes.failed(tool.errors),
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    },
  };
}

const IDEMPOTENCY_KEY = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description: 'A repeated call with the same key does not act twice',
  schema: { type: 'string', maxLength: 255 },
};

/** What the tool says to the model, when that is not what it says to people. */
function distinct({ description }: Tool): string | undefined {
  return description.human.includes(description.model) ? undefined : description.model;
}

function parameter(place: 'path' | 'query', name: string, schema: JsonSchema, required: boolean): object {
  const { description } = schema;
  return { name, in: place, required, ...(description === undefined ? {} : { description }), schema };
}

function body(tool: Tool, inPath: readonly string[]): object {
  const without = (map: unknown) =>
    Object.fromEntries(Object.entries((map ?? {}) as object).filter(([name]) => !inPath.includes(name)));
  const { properties, required, ...rest } = tool.input;
  const names = ((required as string[] | undefined) ?? []).filter((name) => !inPath.includes(name));
  const schema = {
    ...rest,
    ...(names.length === 0 ? {} : { required: names }),
    properties: without(properties),
  };
  return {
    required: names.length > 0,
    content: { 'application/json': { schema, ...examples(tool.examples, ({ input }) => without(input)) } },
  };
}

function examples(list: readonly ToolExample[], value: (example: ToolExample) => unknown): object {
  const shown = list.map((example) => [example.name, { value: value(example) }] as const);
  const given = shown.filter(([, item]) => item.value !== undefined);
  return given.length === 0 ? {} : { examples: Object.fromEntries(given) };
}
