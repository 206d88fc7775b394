import { textOf } from '../text-of.ts';
import type { ArgumentPlace, PluginParameter, PluginSchema, PluginTool } from './types.ts';

type Json = Record<string, unknown>;

/** The operations of a document that passed the rules; local references are followed. */
export function toolsOf(document: Json): PluginTool[] {
  const plain = resolve(document, document) as Json;
  return entries(plain.paths).flatMap(([path, item]) =>
    entries(item)
      .filter(([method]) => METHODS.includes(method))
      .map(([method, operation]) => toolOf(path, method.toUpperCase(), operation as Json)),
  );
}

const METHODS = ['get', 'post', 'put', 'delete', 'patch'];

/** Parameters that stand at the path are not read, as on the real service. */
function toolOf(path: string, method: string, operation: Json): PluginTool {
  const [content] = entries(get(operation, 'requestBody', 'content'));
  const authMode = operation['x-auth-mode'];
  return {
    name: textOf(operation.operationId),
    description: textOf(operation.summary),
    method,
    path,
    parameters: list(operation.parameters).map(parameterOf),
    body: content && { mediaType: content[0], schema: (get(content[1], 'schema') ?? {}) as PluginSchema },
    response: (get(operation, 'responses', '200', 'content', 'application/json', 'schema') ??
      {}) as PluginSchema,
    authMode: authMode === 'supported' || authMode === 'disabled' ? authMode : 'required',
  };
}

function parameterOf(parameter: Json): PluginParameter {
  return {
    name: textOf(parameter.name),
    in: parameter.in as ArgumentPlace,
    required: parameter.required === true,
    schema: (parameter.schema ?? {}) as PluginSchema,
  };
}

/** Replaces local references by what they name; a document with a circle does not pass the rules. */
function resolve(value: unknown, root: Json): unknown {
  if (Array.isArray(value)) return value.map((item) => resolve(item, root));
  if (typeof value !== 'object' || value === null) return value;
  const { $ref } = value as Json;
  if (typeof $ref === 'string' && $ref.startsWith('#/')) {
    const keys = $ref
      .slice(2)
      .split('/')
      .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
    return resolve(get(root, ...keys), root);
  }
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, resolve(item, root)]));
}

function get(value: unknown, ...keys: string[]): unknown {
  return keys.reduce<unknown>((at, key) => (at as Json | undefined | null)?.[key], value);
}

function entries(value: unknown): [string, unknown][] {
  return typeof value === 'object' && value !== null ? Object.entries(value) : [];
}

function list(value: unknown): Json[] {
  return Array.isArray(value) ? (value as Json[]) : [];
}
