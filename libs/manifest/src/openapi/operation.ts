import { JOB_FIELDS, STATUS_FIELDS } from '../check/status-fields.ts';
import { pathParameters } from '../check/tool.ts';
import { saySchemas } from '../texts/translate.ts';
import type { Tool } from '../types.ts';
import { type CozeSchema, convertSchema } from './coze-schema.ts';
import type { Notes } from './notes.ts';
import { clip, joinSentences } from './text.ts';

/** What Coze shows of a summary or description. */
export const MAX_TEXT = 600;

/** The arguments of a tool, by where they travel. */
export interface Arguments {
  path: Field[];
  query: Field[];
  body: Field[];
}

/** One argument. */
export interface Field {
  name: string;
  schema: CozeSchema;
  required: boolean;
}

/** The arguments of a tool as Coze sends them. */
export function argumentsOf(tool: Tool, notes: Notes): Arguments {
  const { schema } = convertSchema(tool.input, { side: 'input', notes });
  const required = requiredOf(schema);
  const inPath = pathParameters(tool.http.path) ?? [];
  const fields = properties(schema).map(([name, field]) => ({
    name,
    schema: field,
    required: required.includes(name),
  }));
  const others = fields.filter(({ name }) => !inPath.includes(name));
  return {
    path: inPath.map((name) => {
      const field = fields.find((item) => item.name === name);
      return { name, schema: field?.schema ?? { type: 'string' }, required: true };
    }),
    query: hasBody(tool) ? [] : others,
    body: hasBody(tool) ? others : [],
  };
}

/** Coze shows the model nothing but the summary, so what the tool says to the model goes into it. */
export function cozeSummary({ summary, description, deprecated }: Tool, notes: Notes): string {
  const extra = summary.includes(description.model) ? undefined : description.model;
  const instead =
    deprecated?.message ??
    (deprecated?.replacedBy === undefined ? undefined : notes.useInstead(deprecated.replacedBy));
  const note = deprecated === undefined ? undefined : joinSentences(notes.say('Deprecated'), instead);
  return clip(joinSentences(summary, extra, note), MAX_TEXT);
}

/** A JSON body of the given fields. */
export function requestBody(fields: readonly Field[]): object {
  const required = fields.filter((field) => field.required).map(({ name }) => name);
  const schema = {
    type: 'object',
    ...(required.length === 0 ? {} : { required }),
    properties: Object.fromEntries(fields.map((field) => [field.name, field.schema])),
  };
  return {
    ...(required.length === 0 ? {} : { required: true }),
    content: { 'application/json': { schema } },
  };
}

/**
 * The answer of a tool: its output and whether the call worked.
 *
 * @param mayGoOn - Whether the call may be answered with a job.
 */
export function okResponse(tool: Tool, notes: Notes, mayGoOn = false): object {
  const { schema } = convertSchema(tool.output, { side: 'output', notes });
  const fields = properties(schema).filter(([name, { type }]) => statusType(name, type) === type);
  const answer = {
    type: 'object',
    required: ['success'],
    properties: {
      ...saySchemas({ ...STATUS_FIELDS, ...(mayGoOn ? JOB_FIELDS : {}) }, notes.say),
      ...Object.fromEntries(fields),
    },
  };
  return {
    description: notes.say('Result of the call'),
    content: { 'application/json': { schema: answer } },
  };
}

/** Type that a field of this name has in every answer, else its own. */
function statusType(name: string, own: unknown): unknown {
  return Object.hasOwn(STATUS_FIELDS, name) ? STATUS_FIELDS[name as keyof typeof STATUS_FIELDS].type : own;
}

/** Coze drops the body of GET and DELETE calls. */
export function hasBody({ http }: Pick<Tool, 'http'>): boolean {
  return http.method !== 'GET' && http.method !== 'DELETE';
}

/** The properties of an object schema. */
export function properties(schema: CozeSchema): [string, CozeSchema][] {
  return Object.entries((schema.properties ?? {}) as Record<string, CozeSchema>);
}

/** The required names of an object schema. */
export function requiredOf(schema: CozeSchema): string[] {
  return (schema.required as string[] | undefined) ?? [];
}
