import { describe, expect, test } from 'vitest';
import { openapiToYaml } from '../../src/index.ts';
import { predictConvert } from '../../src/lint/index.ts';

const answer = {
  '200': {
    description: 'x',
    content: { 'application/json': { schema: { type: 'object', properties: { a: { type: 'string' } } } } },
  },
};
const operation = { operationId: 'a', summary: 'a', responses: answer };
const document = (changes: object, own: object = operation) => ({
  openapi: '3.0.1',
  info: { title: 'a', description: 'a', version: 'v1' },
  servers: [{ url: 'https://a.example.com' }],
  paths: { '/a': { post: own } },
  ...changes,
});
const short = (value: object | string) => {
  const verdict = predictConvert(typeof value === 'string' ? value : openapiToYaml(value));
  return [verdict.format, verdict.ok, verdict.stage, verdict.message];
};

describe('importing a file', () => {
  test('fills what is not there', () => {
    const bare = { responses: { '201': { description: 'x' } } };
    expect(
      short({
        openapi: '3.0.1',
        servers: [{ url: 'https://a.example.com' }],
        paths: { '/a': { post: bare } },
      }),
    ).toEqual(['openapi', true, null, null]);
  });

  test('does not fill a key that is missing altogether, or content beside JSON', () => {
    expect(short(document({}, { summary: 'a' }))).toEqual([
      'openapi',
      false,
      'validate',
      'invalid paths: invalid path /a: invalid operation POST: value of responses must be an object',
    ]);
    const text = { '200': { description: 'x', content: { 'text/plain': { schema: { type: 'string' } } } } };
    expect(short(document({}, { ...operation, responses: text }))?.slice(1, 3)).toEqual([false, 'validate']);
  });

  test('takes the format from the text', () => {
    expect(short('curl https://a.example.com')[0]).toBe('curl');
    expect(short('{"info": {"_postman_id": "1"}}')[0]).toBe('postman');
    expect(short('hello')).toEqual([null, false, 'detect', 'invalid schema']);
    expect(short('a: [')).toEqual([null, false, 'detect', 'invalid schema']);
    expect(short(document({ openapi: '2.9' }))).toEqual([null, false, 'detect', 'invalid schema']);
    expect(short('openapi: 3.0\npaths: {}')?.slice(0, 3)).toEqual(['openapi', false, 'convert']);
  });

  test('says of a document that cannot be loaded that it cannot be converted', () => {
    const body = { content: { 'application/json': { schema: { $ref: '#/components/schemas/A' } } } };
    expect(short(document({}, { ...operation, requestBody: body }))).toEqual([
      'openapi',
      false,
      'convert',
      'invalid openapi3 document, err=failed to resolve "schemas" in fragment in URI: "#/components/schemas/A": not a map, slice nor struct',
    ]);
  });

  test('finds what makes the list of tools fail', () => {
    const schema = { type: 'object', properties: { n: { type: 'integer', format: 'int64' } } };
    const body = { content: { 'application/json': { schema } } };
    expect(short(document({}, { ...operation, requestBody: body }))).toEqual([
      'openapi',
      true,
      'tools',
      "POST /a: the format 'int64' of field 'n' is invalid",
    ]);
  });

  test('converts Swagger 2', () => {
    const swagger = (own: object, top: object = {}) => ({
      swagger: '2.0',
      info: { title: 'a', version: '1' },
      host: 'a.example.com',
      basePath: '/v1',
      produces: ['application/json'],
      paths: {
        '/a/{id}': {
          post: { responses: { 200: { description: 'x', schema: { $ref: '#/definitions/A' } } }, ...own },
        },
      },
      definitions: { A: { type: 'object', properties: { a: { type: 'string' } } } },
      ...top,
    });
    const id = { name: 'id', in: 'path', required: true, type: 'string' };
    const body = { name: 'body', in: 'body', schema: { $ref: '#/definitions/A' } };
    expect(short(swagger({ parameters: [id, body] }))).toEqual(['swagger', true, null, null]);
    const form = { name: 'f', in: 'formData', type: 'string' };
    expect(short(swagger({ parameters: [id, form] }))).toEqual(['swagger', true, null, null]);
    expect(
      short(swagger({ parameters: [id] }, { produces: ['application/json', 'text/xml'] }))?.slice(0, 3),
    ).toEqual(['swagger', false, 'validate']);
    expect(short(swagger({ parameters: [id] }, { host: undefined }))?.[3]).toBe(
      'server is required and only one server is allowed',
    );
    expect(short(swagger({}))?.[3]).toContain('must define exactly all path parameters (missing: [id])');
  });
});
