/** The objects of an OpenAPI 3.0 document. */
export type Kind =
  | 'document'
  | 'info'
  | 'contact'
  | 'license'
  | 'server'
  | 'serverVariable'
  | 'components'
  | 'pathItem'
  | 'operation'
  | 'parameter'
  | 'requestBody'
  | 'mediaType'
  | 'encoding'
  | 'response'
  | 'header'
  | 'example'
  | 'link'
  | 'schema'
  | 'discriminator'
  | 'xml'
  | 'externalDocs'
  | 'tag'
  | 'securityScheme'
  | 'oauthFlows'
  | 'oauthFlow';

/** What a field holds: a value of a type, an object of a kind, or a list or map of those. */
export type Field =
  | {
      type:
        | 'string'
        | 'boolean'
        | 'number'
        | 'count'
        | 'any'
        | 'strings'
        | 'anys'
        | 'stringMap'
        | 'anyMap'
        | 'requirements';
    }
  | { of: Kind; in: 'one' | 'list' | 'map'; go: string };

const text = { type: 'string' } as const;
const flag = { type: 'boolean' } as const;
const number = { type: 'number' } as const;
const count = { type: 'count' } as const;
const any = { type: 'any' } as const;
const one = (of: Kind): Field => ({ of, in: 'one', go: `openapi3.${goName(of)}Bis` });
const list = (of: Kind, go: string): Field => ({ of, in: 'list', go: `openapi3.${go}` });
const map = (of: Kind, go: string): Field => ({ of, in: 'map', go: `openapi3.${go}` });

const GO_NAMES: Partial<Record<Kind, string>> = { document: 'T', xml: 'XML', oauthFlows: 'OAuthFlows' };

function goName(kind: Kind): string {
  return GO_NAMES[kind] ?? kind.charAt(0).toUpperCase() + kind.slice(1);
}

const PARAMETER = {
  name: text,
  in: text,
  description: text,
  style: text,
  explode: flag,
  allowEmptyValue: flag,
  allowReserved: flag,
  deprecated: flag,
  required: flag,
  schema: one('schema'),
  content: map('mediaType', 'Content'),
  example: any,
  examples: map('example', 'Examples'),
} as const;

/** Methods of a path, in the order in which the server looks at them. */
export const METHODS = [
  'connect',
  'delete',
  'get',
  'head',
  'options',
  'patch',
  'post',
  'put',
  'trace',
] as const;

/** Every kind with its fields; objects stand in the order in which the server looks into them. */
export const GRAMMAR: Readonly<Record<Kind, Readonly<Record<string, Field>>>> = {
  document: {
    openapi: text,
    components: one('components'),
    info: one('info'),
    paths: map('pathItem', 'Paths'),
    security: { type: 'requirements' },
    servers: list('server', 'Servers'),
    tags: list('tag', 'Tags'),
    externalDocs: one('externalDocs'),
  },
  info: {
    title: text,
    description: text,
    termsOfService: text,
    contact: one('contact'),
    license: one('license'),
    version: text,
  },
  contact: { name: text, url: text, email: text },
  license: { name: text, url: text },
  server: { url: text, description: text, variables: map('serverVariable', 'ServerVariables') },
  serverVariable: { enum: { type: 'strings' }, default: text, description: text },
  components: {
    schemas: map('schema', 'Schemas'),
    parameters: map('parameter', 'ParametersMap'),
    requestBodies: map('requestBody', 'RequestBodies'),
    responses: map('response', 'Responses'),
    headers: map('header', 'Headers'),
    securitySchemes: map('securityScheme', 'SecuritySchemes'),
    examples: map('example', 'Examples'),
    links: map('link', 'Links'),
    callbacks: { type: 'anyMap' },
  },
  pathItem: {
    $ref: text,
    summary: text,
    description: text,
    ...Object.fromEntries(METHODS.map((method) => [method, one('operation')])),
    servers: list('server', 'Servers'),
    parameters: list('parameter', 'Parameters'),
  },
  operation: {
    tags: { type: 'strings' },
    summary: text,
    description: text,
    operationId: text,
    parameters: list('parameter', 'Parameters'),
    requestBody: one('requestBody'),
    responses: map('response', 'Responses'),
    callbacks: { type: 'anyMap' },
    deprecated: flag,
    security: { type: 'requirements' },
    servers: list('server', 'Servers'),
    externalDocs: one('externalDocs'),
  },
  parameter: PARAMETER,
  requestBody: { description: text, required: flag, content: map('mediaType', 'Content') },
  mediaType: {
    schema: one('schema'),
    example: any,
    examples: map('example', 'Examples'),
    encoding: map('encoding', 'Encodings'),
  },
  encoding: {
    contentType: text,
    headers: map('header', 'Headers'),
    style: text,
    explode: flag,
    allowReserved: flag,
  },
  response: {
    description: text,
    content: map('mediaType', 'Content'),
    headers: map('header', 'Headers'),
    links: map('link', 'Links'),
  },
  header: PARAMETER,
  example: { summary: text, description: text, value: any, externalValue: text },
  link: {
    operationRef: text,
    operationId: text,
    description: text,
    parameters: { type: 'anyMap' },
    server: one('server'),
    requestBody: any,
  },
  schema: {
    oneOf: list('schema', 'SchemaRefs'),
    anyOf: list('schema', 'SchemaRefs'),
    allOf: list('schema', 'SchemaRefs'),
    not: one('schema'),
    type: text,
    title: text,
    format: text,
    description: text,
    enum: { type: 'anys' },
    default: any,
    example: any,
    uniqueItems: flag,
    exclusiveMinimum: flag,
    exclusiveMaximum: flag,
    nullable: flag,
    readOnly: flag,
    writeOnly: flag,
    allowEmptyValue: flag,
    deprecated: flag,
    xml: one('xml'),
    minimum: number,
    maximum: number,
    multipleOf: number,
    minLength: count,
    maxLength: count,
    pattern: text,
    minItems: count,
    maxItems: count,
    required: { type: 'strings' },
    minProperties: count,
    maxProperties: count,
    items: one('schema'),
    properties: map('schema', 'Schemas'),
    additionalProperties: one('schema'),
    discriminator: one('discriminator'),
    externalDocs: one('externalDocs'),
  },
  discriminator: { propertyName: text, mapping: { type: 'stringMap' } },
  xml: { name: text, namespace: text, prefix: text, attribute: flag, wrapped: flag },
  externalDocs: { description: text, url: text },
  tag: { name: text, description: text, externalDocs: one('externalDocs') },
  securityScheme: {
    type: text,
    description: text,
    name: text,
    in: text,
    scheme: text,
    bearerFormat: text,
    flows: one('oauthFlows'),
    openIdConnectUrl: text,
  },
  oauthFlows: {
    implicit: one('oauthFlow'),
    password: one('oauthFlow'),
    clientCredentials: one('oauthFlow'),
    authorizationCode: one('oauthFlow'),
  },
  oauthFlow: { authorizationUrl: text, tokenUrl: text, refreshUrl: text, scopes: { type: 'stringMap' } },
};

/** Kinds that may be written as `$ref`. */
export const REFERABLE: ReadonlySet<Kind> = new Set<Kind>([
  'schema',
  'parameter',
  'header',
  'requestBody',
  'response',
  'securityScheme',
  'example',
  'link',
]);

/** Name of a kind in a message. */
export function kindName(kind: Kind): string {
  return kind.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}
