/**
 * The rules that Coze checks when it imports a document and lists its tools, written down a second time and
 * independently of the emitter.
 */
const SCHEMA_KEYS = new Set([
  'type',
  'description',
  'enum',
  'default',
  'format',
  'pattern',
  'minLength',
  'maxLength',
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'multipleOf',
  'minItems',
  'maxItems',
  'uniqueItems',
  'items',
  'properties',
  'required',
  'x-assist-type',
  'x-global-disable',
  'x-local-disable',
  'x-variable-ref',
]);
const FORMATS = /^(file|image|doc|ppt|code|excel|zip|video|audio|txt)_url$/;
const ASSIST = /^(file|image|doc|ppt|code|excel|zip|video|audio|txt)$/;

type Data = Record<string, unknown>;

/** What Coze would not accept, as `place: reason`. */
export function cozeViolations(document: Data): string[] {
  const found: string[] = [];
  const say = (place: string, ok: boolean, reason: string) => {
    if (!ok) found.push(`${place}: ${reason}`);
  };
  const info = document.info as Data;
  const servers = document.servers as Data[];
  say(
    '',
    Object.keys(document).every((key) => ['openapi', 'info', 'servers', 'paths'].includes(key)),
    'unknown key',
  );
  say('openapi', document.openapi === '3.0.1', 'version');
  for (const key of ['title', 'version', 'description'])
    say(`info.${key}`, typeof info[key] === 'string' && info[key] !== '', 'missing');
  say(
    'servers',
    servers.length === 1 && /^https?:\/\/[^/{}]+[^/]$/.test(String(servers[0]!.url)),
    'one absolute address',
  );
  const ids = new Set<unknown>();
  for (const [path, methods] of Object.entries(document.paths as Record<string, Data>)) {
    for (const [method, value] of Object.entries(methods)) {
      const place = `${method} ${path}`;
      const operation = value as Data;
      const allowed = ['operationId', 'summary', 'deprecated', 'parameters', 'requestBody', 'responses'];
      say(
        place,
        Object.keys(operation).every((key) => allowed.includes(key)),
        'unknown key',
      );
      say(place, ['get', 'post', 'put', 'delete', 'patch'].includes(method), 'method');
      say(
        place,
        /^[a-zA-Z0-9_]+$/.test(String(operation.operationId)) && !ids.has(operation.operationId),
        'operationId',
      );
      ids.add(operation.operationId);
      const summary = String(operation.summary ?? '');
      say(place, summary !== '' && [...summary].length <= 600, 'summary');
      checkParameters(place, path, operation, say);
      const body = operation.requestBody as Data | undefined;
      if (body !== undefined) checkContent(`${place} body`, body, say);
      const responses = operation.responses as Record<string, Data>;
      say(place, Object.keys(responses).join() === '200', 'only 200');
      say(place, typeof responses['200']!.description === 'string', 'response description');
      checkContent(`${place} 200`, responses['200']!, say);
    }
  }
  return found;
}

type Say = (place: string, ok: boolean, reason: string) => void;

function checkParameters(place: string, path: string, operation: Data, say: Say): void {
  const parameters = (operation.parameters ?? []) as Data[];
  const inPath = parameters.filter((parameter) => parameter.in === 'path');
  const names = [...path.matchAll(/\{([^}]+)\}/g)].map((match) => match[1]);
  say(place, inPath.map(({ name }) => name).join() === names.join(), 'path parameters');
  say(
    place,
    inPath.every(({ required }) => required === true),
    'path parameters are required',
  );
  const all = parameters.map(({ name }) => String(name)).concat(Object.keys(bodyFields(operation)));
  say(place, new Set(all).size === all.length, 'one place for each argument');
  for (const parameter of parameters) {
    const where = `${place} ${String(parameter.name)}`;
    const schema = parameter.schema as Data;
    say(where, ['query', 'header', 'path'].includes(String(parameter.in)), 'in');
    say(where, typeof parameter.description === 'string' && parameter.description !== '', 'described');
    say(where, schema.type !== 'object' && !(schema.type === 'array' && parameter.in === 'path'), 'simple');
    const item = (schema.items as Data | undefined)?.type;
    say(where, item !== 'object' && item !== 'array', 'simple items');
    checkSchema(where, schema, say);
  }
}

function bodyFields(operation: Data): Data {
  const body = operation.requestBody as { content: Record<string, { schema: Data }> } | undefined;
  return (body?.content['application/json']?.schema.properties ?? {}) as Data;
}

function checkContent(place: string, holder: Data, say: Say): void {
  const content = holder.content as Record<string, Data>;
  say(place, Object.keys(content).join() === 'application/json', 'media type');
  const schema = content['application/json']!.schema as Data;
  say(
    place,
    schema.type === 'object' && Object.keys(schema.properties as Data).length > 0,
    'object with properties',
  );
  checkSchema(place, schema, say, true);
}

function checkSchema(place: string, schema: Data, say: Say, isRoot = false): void {
  for (const key of Object.keys(schema)) say(place, SCHEMA_KEYS.has(key), `keyword ${key}`);
  const { type } = schema;
  say(
    place,
    ['string', 'integer', 'number', 'boolean', 'object', 'array'].includes(String(type)),
    `type ${String(type)}`,
  );
  say(place, isRoot || (typeof schema.description === 'string' && schema.description !== ''), 'described');
  say(
    place,
    schema.format === undefined || (type === 'string' && FORMATS.test(String(schema.format))),
    'format',
  );
  const assist = schema['x-assist-type'];
  say(place, assist === undefined || (type === 'string' && ASSIST.test(String(assist))), 'x-assist-type');
  for (const key of ['exclusiveMinimum', 'exclusiveMaximum'])
    say(place, [undefined, true].includes(schema[key] as never), key);
  const fits = (value: unknown) =>
    type === 'array'
      ? Array.isArray(value)
      : type === 'integer'
        ? Number.isInteger(value)
        : typeof value === type;
  say(place, schema.default === undefined || fits(schema.default), 'default of the type');
  const choices = schema.enum as unknown[] | undefined;
  say(
    place,
    choices === undefined || schema.default === undefined || choices.includes(schema.default),
    'default in enum',
  );
  if (type === 'array') {
    say(place, typeof schema.items === 'object', 'items');
    if (typeof schema.items === 'object') checkSchema(`${place}[]`, schema.items as Data, say);
  }
  if (type === 'object') {
    const properties = (schema.properties ?? {}) as Record<string, Data>;
    say(place, isRoot || Object.keys(properties).length > 0, 'properties');
    const required = (schema.required as string[] | undefined) ?? [];
    say(place, schema.required === undefined || required.length > 0, 'empty required');
    say(
      place,
      required.every((name) => name in properties),
      'required names properties',
    );
    for (const [name, property] of Object.entries(properties)) checkSchema(`${place}.${name}`, property, say);
  }
}
