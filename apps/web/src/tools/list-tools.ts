import { ask } from '../api.ts';

/** A field of a tool's input. */
export interface ToolField {
  name: string;
  type: string;
  required: boolean;
  description: string;
  /** The values that are allowed, when the schema lists them. */
  options: string[];
}

/** A tool, from the OpenAPI document. */
export interface Tool {
  name: string;
  summary: string;
  method: string;
  path: string;
  fields: ToolField[];
}

interface Schema {
  type?: string | string[];
  description?: string;
  enum?: unknown[];
  properties?: Record<string, Schema>;
  required?: string[];
}

interface Operation {
  operationId?: string;
  summary?: string;
  parameters?: { name: string; required?: boolean; description?: string; schema?: Schema }[];
  requestBody?: { content?: Record<string, { schema?: Schema }> };
}

/** Where the OpenAPI document for Coze is. */
export const OPENAPI_PATH = 'openapi.json?profile=coze';
const METHODS = ['get', 'post', 'put', 'patch', 'delete'];

/** All tools of the plugin. @throws ApiError */
export async function listTools(signal: AbortSignal): Promise<Tool[]> {
  const { paths = {} } = await ask<{ paths?: Record<string, Record<string, Operation>> }>(OPENAPI_PATH, {
    signal,
  });
  return Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations)
      .filter(([method]) => METHODS.includes(method))
      .map(([method, operation]) => ({
        name: operation.operationId ?? path,
        summary: operation.summary ?? '',
        method: method.toUpperCase(),
        path,
        fields: fieldsOf(operation),
      })),
  );
}

function fieldsOf({ parameters = [], requestBody }: Operation): ToolField[] {
  const field = (
    name: string,
    required = false,
    schema: Schema = {},
    description = schema.description ?? '',
  ) => ({
    ...{ name, required, description },
    type: [schema.type ?? 'any'].flat().join(' | '),
    options: (schema.enum ?? []).map(String),
  });
  const body = requestBody?.content?.['application/json']?.schema ?? {};
  return [
    ...parameters.map(({ name, required, schema, description }) =>
      field(name, required, schema, description),
    ),
    ...Object.entries(body.properties ?? {}).map(([name, schema]) =>
      field(name, body.required?.includes(name), schema),
    ),
  ];
}
