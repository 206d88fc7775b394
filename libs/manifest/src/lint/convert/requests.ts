type Data = Record<string, unknown>;

/** One HTTP request that a tool is made of. */
export interface SampleRequest {
  name?: string | undefined;
  description?: string | undefined;
  method: string;
  url: URL;
  /** Names between braces in the path, in the way of OpenAPI. */
  path: string;
  query: readonly [name: string, value: string][];
  headers: readonly [name: string, value: string][];
  body?: { mediaType: string; value: unknown } | undefined;
}

/** Two requests for one tool, which the server refuses. */
export class DuplicatedTool extends Error {
  readonly tool: string;

  constructor(tool: string) {
    super(`duplicated tool '${tool}'`);
    this.tool = tool;
  }
}

/** What the conversion does not know how to take. What the server says about it is not known. */
export class NotConverted extends Error {}

/** Headers that say how the body is written; they are no arguments of a tool. */
const ABOUT_THE_BODY = new Set(['content-type', 'content-length']);

/**
 * Makes an OpenAPI document of sample requests.
 *
 * @throws DuplicatedTool when two requests have the same method and path.
 */
export function documentOfRequests(
  title: string,
  description: string,
  requests: readonly SampleRequest[],
): Data {
  const paths: Record<string, Data> = {};
  for (const request of requests) {
    const { path, method } = request;
    const operations = Object.hasOwn(paths, path) ? paths[path]! : {};
    if (Object.hasOwn(operations, method.toLowerCase())) throw new DuplicatedTool(`[${method}]:${path}`);
    paths[path] = { ...operations, [method.toLowerCase()]: operationOf(request) };
  }
  // More than one address cannot be told apart afterwards; the rule about servers then says so.
  const origins = [...new Set(requests.map(({ url }) => url.origin))];
  return {
    openapi: '3.0.1',
    info: { title, description, version: 'v1' },
    servers: origins.map((url) => ({ url })),
    paths,
  };
}

function operationOf({ name, description, path, query, headers, body }: SampleRequest): Data {
  const parameters = [
    ...[...path.matchAll(/\{([^{}]+)\}/g)].map(([, key]) => parameterOf('path', key!, '')),
    ...[...new Map(query)].map(([key, value]) => parameterOf('query', key, value)),
    ...[...new Map(headers)]
      .filter(([key]) => !ABOUT_THE_BODY.has(key.toLowerCase()))
      .map(([key, value]) => parameterOf('header', key, value)),
  ];
  return {
    ...(name === undefined ? {} : { operationId: name }),
    ...(description === undefined ? {} : { summary: description }),
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(body === undefined
      ? {}
      : { requestBody: { content: { [body.mediaType]: { schema: schemaOf(body.value) } } } }),
    responses: { '200': { description: 'description is required', content: {} } },
  };
}

function parameterOf(place: 'path' | 'query' | 'header', name: string, value: string): Data {
  const type = place !== 'path' && /^-?\d+$/.test(value) ? 'integer' : 'string';
  return { name, in: place, required: place !== 'query', schema: { type } };
}

/** The schema of a sample value. A value that says nothing about its type counts as text. */
function schemaOf(value: unknown): Data {
  if (Array.isArray(value)) return { type: 'array', items: schemaOf(value[0] ?? '') };
  switch (typeof value) {
    case 'number':
      return { type: 'integer' };
    case 'boolean':
      return { type: 'boolean' };
    case 'object': {
      if (value === null) return { type: 'string' };
      const properties = Object.entries(value).map(([key, inner]) => [key, schemaOf(inner)] as const);
      return { type: 'object', properties: Object.fromEntries(properties) };
    }
    default:
      return { type: 'string' };
  }
}

/** The body of a form: `a=1&b=2`. */
export function readForm(text: string): Record<string, unknown> {
  const pairs = [...new URLSearchParams(text)].map(
    ([key, value]) => [key, /^-?\d+$/.test(value) ? Number(value) : value] as const,
  );
  return Object.fromEntries(pairs);
}

/** The media type of a header, without its parameters. */
export function mediaTypeOf(headers: readonly (readonly [string, string])[]): string | undefined {
  const header = headers.find(([name]) => name.toLowerCase() === 'content-type');
  return header?.[1].split(';')[0]?.trim().toLowerCase();
}

/** JSON of a text; nothing when it is none. */
export function readJsonText(text: string): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return undefined;
  }
}

/** An absolute address. @throws NotConverted */
export function addressOf(text: string): URL {
  const withScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `http://${text}`;
  if (!URL.canParse(withScheme)) throw new NotConverted(`no address: ${text}`);
  return new URL(withScheme);
}

/** The path of an address with readable names. @throws NotConverted */
export function pathOf({ pathname }: URL): string {
  try {
    return decodeURI(pathname);
  } catch {
    throw new NotConverted(`no path: ${pathname}`);
  }
}
