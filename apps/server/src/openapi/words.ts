/** A JSON schema. */
export type Schema = Readonly<Record<string, unknown>>;
/** Parts that not every server has. */
export type Feature = 'generate' | 'install' | 'local' | 'oauth' | 'page' | 'sessions' | 'verify';
/** Paths of an OpenAPI document, with their operations by method. */
export type Paths = Record<string, Record<string, object>>;
/** A part of the document, one for each file of routes. */
export interface DocumentPart {
  /** What a server has to have for these paths to be there; every server has the others. */
  feature?: Feature;
  paths: Paths;
  schemas: Record<string, Schema>;
}

/** A schema of the document by its name. */
export const ref = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` });
/** A text. */
export const text = (description: string, more: Schema = {}): Schema => ({
  type: 'string',
  description,
  ...more,
});
/** One of some texts. */
export const oneOf = (values: readonly string[], description: string): Schema =>
  text(description, { enum: values });
/** A point in time. */
export const time = (description: string): Schema => text(description, { format: 'date-time' });
/** A whole number. */
export const whole = (description: string, more: Schema = {}): Schema => ({
  type: 'integer',
  description,
  ...more,
});
/** Any number. */
export const number = (description: string): Schema => ({ type: 'number', description });
/** Yes or no. */
export const flag = (description: string): Schema => ({ type: 'boolean', description });
/** A list. */
export const list = (items: Schema, description: string): Schema => ({ type: 'array', items, description });
/** Anything that JSON can say. */
export const anything = (description: string): Schema => ({ description });
/** An object with any keys. */
export const map = (description: string): Schema => ({
  type: 'object',
  additionalProperties: true,
  description,
});

/** An object; keys that end in `?` may be left out. */
export function object(properties: Readonly<Record<string, Schema>>): Schema {
  const entries = Object.entries(properties);
  const required = entries.map(([key]) => key).filter((key) => !key.endsWith('?'));
  return {
    type: 'object',
    ...(required.length === 0 ? {} : { required }),
    properties: Object.fromEntries(entries.map(([key, schema]) => [key.replace(/\?$/, ''), schema])),
  };
}

/** A parameter of the path. */
export const inPath = (name: string, description: string) => ({
  name,
  in: 'path',
  required: true,
  description,
  schema: { type: 'string' },
});
/** A parameter of the query that may be left out. */
export const inQuery = (name: string, schema: Schema) => ({
  name,
  in: 'query',
  required: false,
  description: schema.description,
  schema,
});
/** What every list takes. */
export const PAGE = [
  inQuery('limit', whole('Entries of a page', { minimum: 1, maximum: 200, default: 50 })),
  inQuery('cursor', text('`next_cursor` of the page before')),
];

/** One operation. Every one of them can fail with a problem. */
export function operation(options: {
  id: string;
  tag: string;
  summary: string;
  parameters?: readonly object[];
  body?: Schema;
  /** Content type of the body when it is not JSON. */
  bodyType?: string;
  /** Statuses with their schema; none for an answer without a body. */
  answers: Readonly<Record<number, Schema | undefined>>;
  /** Content type of the answer when it is not JSON. */
  type?: string;
  /** How a failure is told in JSON; as a problem when it is left out. */
  failure?: Schema;
}): object {
  const {
    id,
    tag,
    summary,
    parameters = [],
    body,
    bodyType = 'application/json',
    answers,
    failure,
  } = options;
  const { type = 'application/json' } = options;
  const responses = Object.entries(answers).map(([status, schema]) => [
    status,
    { description: summary, ...(schema === undefined ? {} : { content: { [type]: { schema } } }) },
  ]);
  return {
    operationId: id,
    tags: [tag],
    summary,
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(body === undefined
      ? {}
      : { requestBody: { required: true, content: { [bodyType]: { schema: body } } } }),
    responses: {
      ...Object.fromEntries(responses),
      default: {
        description: 'The request failed',
        content:
          failure === undefined
            ? { 'application/problem+json': { schema: ref('Failure') } }
            : { 'application/json': { schema: failure } },
      },
    },
  };
}
