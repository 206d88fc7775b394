import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useLanguage } from '../language/language.tsx';
import { useApi } from './api-context.tsx';
import { failureOf } from './failure.ts';

/** A JSON schema, as far as forms look at it. */
export interface JsonSchema {
  type?: string | string[];
  title?: string;
  description?: string;
  enum?: unknown[];
  default?: unknown;
  properties?: Record<string, JsonSchema>;
  required?: string[];
  items?: JsonSchema;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  pattern?: string;
}

/** A tool as the document of the REST interface describes it. */
export interface ToolEntry {
  name: string;
  summary: string;
  description: string;
  method: string;
  /** With `{name}` where arguments go. */
  path: string;
  isDeprecated: boolean;
  /** Whether a call can go on as a job. */
  mayBeJob: boolean;
  /** Input as one object, whatever is in the path or the query. */
  input: JsonSchema;
  /** Inputs that the manifest gives as examples, by name. */
  examples: { name: string; input: Record<string, unknown> }[];
}

interface Parameter {
  name: string;
  in: 'path' | 'query' | 'header';
  required?: boolean;
  schema: JsonSchema;
}

interface Operation {
  operationId: string;
  summary?: string;
  description?: string;
  deprecated?: boolean;
  parameters?: Parameter[];
  requestBody?: {
    content: {
      'application/json': {
        schema: JsonSchema;
        examples?: Record<string, { value: Record<string, unknown> }>;
      };
    };
  };
  responses: Record<string, unknown>;
}

/** The tools of the server, from its own document, in the language of the page where the plugin has it. */
export function useTools() {
  const api = useApi();
  const { locale } = useLanguage();
  return useQuery({
    queryKey: ['tools', locale],
    queryFn: async ({ signal }) => {
      const response = await api.fetch(`openapi.json?profile=full&texts=${locale}`, { signal });
      const body: unknown = await response.json().catch(() => undefined);
      if (!response.ok) throw failureOf(response.status, body);
      return toolsOf(body as { paths: Record<string, Record<string, Operation>> });
    },
    // Until the other language is there.
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  });
}

/** What a field of a tool may be; nothing while that is not known. */
export function useToolOptions(tool: string, field: string): string[] {
  const entry = useTools().data?.find(({ name }) => name === tool);
  return (entry?.input.properties?.[field]?.enum ?? []).map(String);
}

function toolsOf({ paths }: { paths: Record<string, Record<string, Operation>> }): ToolEntry[] {
  return Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]) => toolOf(path, method, operation)),
  );
}

function toolOf(path: string, method: string, operation: Operation): ToolEntry {
  const parameters = (operation.parameters ?? []).filter((one) => one.in !== 'header');
  const body = operation.requestBody?.content['application/json'];
  const named = parameters.map(({ name, schema }) => [name, schema] as const);
  const required = parameters.filter((one) => one.required).map(({ name }) => name);
  return {
    name: operation.operationId,
    summary: operation.summary ?? '',
    description: operation.description ?? '',
    method: method.toUpperCase(),
    path,
    isDeprecated: operation.deprecated === true,
    mayBeJob: '202' in operation.responses,
    input: {
      type: 'object',
      properties: { ...Object.fromEntries(named), ...body?.schema.properties },
      required: [...required, ...(body?.schema.required ?? [])],
    },
    examples: Object.entries(body?.examples ?? {}).map(([name, { value }]) => ({ name, input: value })),
  };
}
