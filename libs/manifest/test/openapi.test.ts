import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { emitOpenapi, openapiToYaml, type Plugin } from '../src/index.ts';
import { fullFolder, loadFull } from './support/full.ts';

const snapshots = join(fullFolder, '..', 'openapi');

type Operation = Record<string, unknown>;

/** Operations of a document by id. */
function operations(document: Record<string, unknown>): Map<string, Operation> {
  const paths = Object.values(document.paths as Record<string, Record<string, Operation>>);
  return new Map(
    paths.flatMap((methods) => Object.values(methods).map((item) => [String(item.operationId), item])),
  );
}

describe('the document of a local plugin', () => {
  test('is as it was, byte by byte', async () => {
    const yaml = openapiToYaml(emitOpenapi(loadFull(), { profile: 'local' }));
    await expect(yaml).toMatchFileSnapshot(join(snapshots, 'local.yaml'));
  });

  test('has no server and only POSTs whose function name is the operation id', () => {
    const document = emitOpenapi(loadFull(), { profile: 'local', serverUrl: 'https://notes.example.com' });
    expect(document.servers).toBeUndefined();
    for (const [path, methods] of Object.entries(document.paths as object)) {
      expect(Object.keys(methods)).toEqual(['post']);
      expect(methods.post['x-functionName']).toBe(methods.post.operationId);
      expect(path).toBe(`/${methods.post.operationId}`);
      expect(methods.post.responses.default).toEqual({ description: '' });
    }
  });

  test('puts every argument in the body, and says so when there is none', () => {
    const plugin = loadFull();
    const without: Plugin = {
      ...plugin,
      tools: plugin.tools.map((tool) => ({ ...tool, input: { type: 'object' } })),
    };
    const list = operations(emitOpenapi(plugin, { profile: 'local' })).get('list_notes')!;
    expect(list).toMatchObject({
      requestBody: {
        content: {
          'application/json': {
            schema: { required: ['notebook_id'], properties: { limit: {}, notebook_id: {} } },
          },
        },
      },
    });
    expect(operations(emitOpenapi(without, { profile: 'local' })).get('summarise')).toMatchObject({
      requestBody: { content: {} },
    });
  });

  test('has only tools that are used locally', () => {
    const plugin = loadFull();
    const tools = plugin.tools.map((tool) =>
      tool.name === 'add_notes' ? { ...tool, modes: ['cloud' as const] } : tool,
    );
    expect([...operations(emitOpenapi({ ...plugin, tools }, { profile: 'local' })).keys()]).not.toContain(
      'add_notes',
    );
  });
});

describe('the full document', () => {
  const document = emitOpenapi(loadFull(), { profile: 'full', serverUrl: 'https://notes.example.com' });

  test('is as it was, byte by byte', async () => {
    await expect(openapiToYaml(document)).toMatchFileSnapshot(join(snapshots, 'full.yaml'));
  });

  test('keeps schemas as they are, with examples that fit them', () => {
    const open = operations(document).get('open_notebook') as unknown as {
      requestBody: {
        content: Record<string, { schema: object; examples: Record<string, { value: unknown }> }>;
      };
    };
    const { schema, examples } = open.requestBody.content['application/json']!;
    expect(new Ajv2020({ strict: false }).validate(schema, examples.red!.value)).toBe(true);
    expect(new Ajv2020({ strict: false }).validate(schema, { title: '' })).toBe(false);
  });

  test('describes failures, jobs, keys and callers', () => {
    const all = operations(document);
    expect(all.get('open_notebook')).toMatchObject({
      parameters: [{ name: 'Idempotency-Key', in: 'header' }],
      responses: {
        default: {
          description: 'The call failed: INVALID_INPUT',
          content: { 'application/problem+json': {} },
        },
      },
    });
    expect(Object.keys(all.get('save_notes')!.responses as object)).toEqual(['200', '202', 'default']);
    expect(document).toMatchObject({
      openapi: '3.1.0',
      security: [{ coze: ['tools:call'] }],
      components: { securitySchemes: { coze: { type: 'http', scheme: 'bearer' } } },
    });
  });
});
