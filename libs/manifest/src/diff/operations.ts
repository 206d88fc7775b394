/** A map of an OpenAPI document. */
export type Data = Readonly<Record<string, unknown>>;

/** One operation of a document, in the shape in which two are compared. */
export interface Operation {
  id: string;
  method: string;
  path: string;
  /** Where each argument travels: `path`, `query`, `header`, `cookie` or `body`. */
  places: ReadonlyMap<string, string>;
  /** All arguments as one object schema, as Coze sends them. */
  input: Data;
  /** Media types of the body. */
  mediaTypes: string[];
  /** Schemas of the answers that are a success, by status. */
  outputs: ReadonlyMap<string, unknown>;
  isDeprecated: boolean;
  security: unknown;
  /** Texts for people. */
  texts: Data;
}

const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'];
/** What the argument is called when the body is no object. */
const WHOLE_BODY = 'body';

/** The operations of a document, in its order. */
export function operationsOf(document: Data): Operation[] {
  return Object.entries(asMap(document.paths)).flatMap(([path, item]) => {
    const operations = asMap(resolve(document, item));
    return METHODS.filter((method) => isMap(operations[method])).map((method) =>
      readOperation(document, path, method, asMap(operations[method]), asList(operations.parameters)),
    );
  });
}

function readOperation(
  document: Data,
  path: string,
  method: string,
  operation: Data,
  shared: readonly unknown[],
): Operation {
  const properties = new Map<string, unknown>();
  const places = new Map<string, string>();
  const required = new Set<string>();
  const add = (name: string, place: string, schema: unknown, isRequired: boolean) => {
    properties.set(name, schema);
    places.set(name, place);
    if (isRequired) required.add(name);
  };
  for (const one of [...shared, ...asList(operation.parameters)]) {
    const parameter = asMap(resolve(document, one));
    const schema = withText(parameter, parameter.schema ?? firstContent(parameter)?.[1]);
    add(String(parameter.name), String(parameter.in), schema, parameter.required === true);
  }
  const body = asMap(resolve(document, operation.requestBody));
  const schema = asMap(resolve(document, firstContent(body)?.[1]));
  if (isMap(schema.properties)) {
    const names = asList(schema.required);
    for (const [name, property] of Object.entries(schema.properties)) {
      add(name, 'body', property, names.includes(name));
    }
  } else if (Object.keys(schema).length > 0) add(WHOLE_BODY, 'body', schema, body.required === true);
  return {
    id: typeof operation.operationId === 'string' ? operation.operationId : `${method} ${path}`,
    method: method.toUpperCase(),
    path,
    places,
    input: {
      type: 'object',
      ...('additionalProperties' in schema ? { additionalProperties: schema.additionalProperties } : {}),
      properties: Object.fromEntries(properties),
      required: [...required],
    },
    mediaTypes: Object.keys(asMap(body.content)),
    outputs: outputsOf(document, operation),
    isDeprecated: operation.deprecated === true,
    security: operation.security ?? document.security ?? [],
    texts: { summary: operation.summary, description: operation.description, tags: operation.tags },
  };
}

function outputsOf(document: Data, operation: Data): Map<string, unknown> {
  const outputs = new Map<string, unknown>();
  for (const [status, response] of Object.entries(asMap(operation.responses))) {
    if (/^2/.test(status)) outputs.set(status, firstContent(asMap(resolve(document, response)))?.[1] ?? {});
  }
  return outputs;
}

/** A parameter may say what its schema does not. */
function withText(parameter: Data, schema: unknown): unknown {
  const { description } = parameter;
  return isMap(schema) && description !== undefined ? { ...schema, description } : schema;
}

function firstContent(holder: Data): readonly [string, unknown] | undefined {
  const [first] = Object.entries(asMap(holder.content));
  return first === undefined ? undefined : [first[0], asMap(first[1]).schema ?? {}];
}

/** What a local `$ref` leads to; anything else stays. A circle or a dead end gives an empty map. */
export function resolve(document: Data, value: unknown): unknown {
  let current = value;
  for (let steps = 0; isMap(current) && typeof current.$ref === 'string'; steps++) {
    if (steps > 20 || !current.$ref.startsWith('#/')) return {};
    const segments = current.$ref.slice(2).split('/').map(decode);
    current = segments.reduce<unknown>(
      (node, segment) => (isMap(node) ? node[segment] : undefined),
      document,
    );
  }
  return current;
}

function decode(segment: string): string {
  return segment.replaceAll('~1', '/').replaceAll('~0', '~');
}

/** The value when it is a map, else an empty one. */
export function asMap(value: unknown): Data {
  return isMap(value) ? value : {};
}

/** The value when it is a list, else an empty one. */
export function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** Whether a value is a map. */
export function isMap(value: unknown): value is Data {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
