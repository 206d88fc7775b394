import { type Node, toValue } from '../../source/node.ts';

type Data = Record<string, unknown>;

const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch'];
/** Keys of a parameter that belong to its schema in OpenAPI 3. */
const SCHEMA_KEYS = [
  'type',
  'format',
  'items',
  'default',
  'enum',
  'pattern',
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'minLength',
  'maxLength',
  'minItems',
  'maxItems',
  'uniqueItems',
  'multipleOf',
];

/** Turns a Swagger 2 document into OpenAPI 3 as far as an import looks at it. */
export function swaggerToOpenapi(root: Node): Data {
  const old = moveRefs(toValue(root)) as Data;
  const { host, basePath, schemes, consumes, produces, definitions, parameters, responses, paths } = old;
  const kept = pick(old, ['info', 'externalDocs', 'tags', 'security']);
  const servers =
    typeof host === 'string' && host !== ''
      ? (Array.isArray(schemes) && schemes.length > 0 ? schemes : ['https']).map((scheme) => ({
          url: `${String(scheme)}://${host}${typeof basePath === 'string' ? basePath : ''}`,
        }))
      : [];
  const defaults = { consumes, produces };
  const components = {
    ...(isMap(definitions) ? { schemas: definitions } : {}),
    ...(isMap(parameters)
      ? { parameters: mapValues(parameters, (value) => parameterOf(value as Data)) }
      : {}),
    ...(isMap(responses) ? { responses: mapValues(responses, (value) => responseOf(value, defaults)) } : {}),
  };
  return {
    openapi: '3.0.3',
    ...kept,
    ...(servers.length === 0 ? {} : { servers }),
    ...(isMap(paths) ? { paths: mapValues(paths, (item) => pathOf(item, defaults)) } : {}),
    ...(Object.keys(components).length === 0 ? {} : { components }),
  };
}

type Defaults = { consumes: unknown; produces: unknown };

function pathOf(item: unknown, defaults: Defaults): unknown {
  if (!isMap(item)) return item;
  return mapValues(item, (value, key) =>
    METHODS.includes(key) && isMap(value) ? operationOf(value, defaults) : value,
  );
}

function operationOf(operation: Data, defaults: Defaults): Data {
  const { consumes = defaults.consumes, produces = defaults.produces, parameters, responses } = operation;
  const kept = ['summary', 'description', 'deprecated', 'externalDocs', 'operationId', 'tags', 'security'];
  const all = Array.isArray(parameters) ? (parameters as Data[]).filter(isMap) : [];
  const body = all.find((parameter) => parameter.in === 'body');
  const form = all.filter((parameter) => parameter.in === 'formData');
  const others = all.filter((parameter) => parameter !== body && !form.includes(parameter));
  const requestBody =
    body !== undefined
      ? { ...bodyText(body), content: contentOf(consumes, body.schema) }
      : form.length > 0
        ? { content: contentOf(consumes ?? ['application/x-www-form-urlencoded'], formSchema(form)) }
        : undefined;
  return {
    ...pick(operation, kept),
    ...(others.length === 0 ? {} : { parameters: others.map(parameterOf) }),
    ...(requestBody === undefined ? {} : { requestBody }),
    ...(isMap(responses)
      ? { responses: mapValues(responses, (value) => responseOf(value, { consumes, produces })) }
      : {}),
  };
}

function bodyText({ description, required }: Data): Data {
  return {
    ...(description === undefined ? {} : { description }),
    ...(required === true ? { required } : {}),
  };
}

function parameterOf(parameter: Data): Data {
  if ('$ref' in parameter || isMap(parameter.schema)) return parameter;
  const own = Object.entries(parameter);
  const schema = own.filter(([key]) => SCHEMA_KEYS.includes(key));
  const rest = own.filter(([key]) => !SCHEMA_KEYS.includes(key) && key !== 'collectionFormat');
  return { ...Object.fromEntries(rest), schema: Object.fromEntries(schema) };
}

function formSchema(fields: readonly Data[]): Data {
  const properties = fields.map(
    (field) => [String(field.name), (parameterOf(field) as { schema: Data }).schema] as const,
  );
  const required = fields.filter((field) => field.required === true).map(({ name }) => name);
  return {
    type: 'object',
    ...(required.length === 0 ? {} : { required }),
    properties: Object.fromEntries(properties),
  };
}

function responseOf(response: unknown, { produces }: Defaults): unknown {
  if (!isMap(response) || '$ref' in response) return response;
  const { schema, examples: _, headers: __, ...rest } = response;
  return { ...rest, ...(schema === undefined ? {} : { content: contentOf(produces, schema) }) };
}

function contentOf(types: unknown, schema: unknown): Data {
  const names = Array.isArray(types) && types.length > 0 ? types.map(String) : ['application/json'];
  return Object.fromEntries(names.map((name) => [name, { schema }]));
}

const MOVED: readonly (readonly [from: string, to: string])[] = [
  ['#/definitions/', '#/components/schemas/'],
  ['#/parameters/', '#/components/parameters/'],
  ['#/responses/', '#/components/responses/'],
];

function moveRefs(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(moveRefs);
  if (!isMap(value)) return value;
  return mapValues(value, (inner, key) => {
    if (key !== '$ref' || typeof inner !== 'string') return moveRefs(inner);
    const [from, to] = MOVED.find(([start]) => inner.startsWith(start)) ?? ['', ''];
    return to + inner.slice(from.length);
  });
}

/** Known keys and those of authors; others do not survive the conversion. */
function pick(map: Data, known: readonly string[]): Data {
  return Object.fromEntries(
    Object.entries(map).filter(([key]) => known.includes(key) || key.startsWith('x-')),
  );
}

function mapValues(map: Data, change: (value: unknown, key: string) => unknown): Data {
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [key, change(value, key)]));
}

function isMap(value: unknown): value is Data {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
