import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  callTool,
  type PluginServices,
  registerPlugin,
  shownTools,
  startEmulator,
} from '@cozecut/coze-emulator';
import { lintAiPlugin, lintOpenapi, predictConvert } from '@cozecut/manifest/lint';
import { describe, expect, onTestFinished, test } from 'vitest';
import { parse, stringify } from 'yaml';

/** Documents and what a server said about them, kept beside a checkout. */
const facts = join(import.meta.dirname, '../../../../shared/coze');
const services: PluginServices = {
  lint: (text, file) => (file === 'openapi' ? lintOpenapi : lintAiPlugin)(text, { file, profile: 'studio' }),
  parse: (text) => parse(text),
  convert: predictConvert,
};
const aiPlugin = JSON.stringify({
  schema_version: 'v1',
  name_for_model: 'tools',
  name_for_human: 'Tools',
  description_for_model: 'Tools',
  description_for_human: 'Tools',
  auth: { type: 'none' },
  api: { type: 'openapi', url: '' },
});

/** What happens to a document, in the library and over HTTP; nothing where everything works. */
async function imported(openapi: string) {
  const emulator = await startEmulator({ plugins: services });
  onTestFinished(() => emulator.close());
  const post = async (route: string, body: object) => {
    const headers = { authorization: `Bearer ${emulator.token}` };
    const response = await fetch(`${emulator.url}/api/plugin_api/${route}`, {
      method: 'POST',
      headers,
      body: JSON.stringify(body),
    });
    return (await response.json()) as { code: number; msg: string; data?: { plugin_id: string } };
  };
  const stopped = messageOf(() => registerPlugin({ openapi, aiPlugin }, services));
  const { code, msg, data } = await post('register', { ai_plugin: aiPlugin, openapi });
  expect(code === 0 ? undefined : msg).toBe(stopped);
  if (!data) return { register: stopped };
  const broken = messageOf(() => shownTools(registerPlugin({ openapi, aiPlugin }, services)));
  const listed = await post('get_plugin_apis', { plugin_id: data.plugin_id });
  expect(listed.code === 0 ? undefined : listed.msg).toBe(broken);
  return { tools: broken };
}

function messageOf(use: () => unknown): string | undefined {
  try {
    use();
  } catch (error) {
    return (error as Error).message;
  }
  return undefined;
}

/** A document with one tool, one property and one answer. */
function document(property: object, method = 'post', answer: object = { type: 'string' }): string {
  const content = (name: string, schema: object) => ({
    'application/json': { schema: { type: 'object', properties: { [name]: schema } } },
  });
  return stringify({
    openapi: '3.0.1',
    info: { title: 'Tools', version: 'v1', description: 'Tools' },
    servers: [{ url: 'https://tools.test' }],
    paths: {
      '/one': {
        [method]: {
          operationId: 'one',
          summary: 'One',
          ...(method === 'post' && { requestBody: { content: content('x', property) } }),
          responses: { 200: { description: '', content: content('y', answer) } },
        },
      },
    },
  });
}

describe('the rules of a self-hosted service', () => {
  const text = { type: 'string' };
  const panic = /^panic: interface conversion: interface {} is string, not bool$/;

  test.each([
    ['a tool', document(text), undefined],
    ['a switch that is true', document({ ...text, 'x-global-disable': true }), undefined],
    ['a switch that is text', document({ ...text, 'x-global-disable': 'true' }), panic],
    ['the other one', document({ ...text, 'x-local-disable': 'false' }), panic],
    ['one inside of lists', document({ type: 'array', items: { ...text, 'x-local-disable': '' } }), panic],
    ['a format', document({ ...text, format: 'uuid' }), /the format 'uuid' of field 'x' is invalid/],
    ['a method', document(text, 'head'), /invalid method 'HEAD'/],
  ])('take a document with %s, and list its tools or break', async (_, openapi, words) => {
    const { register, tools } = await imported(openapi);
    expect(register).toBeUndefined();
    if (words) expect(tools).toMatch(words);
    else expect(tools).toBeUndefined();
  });

  test('refuse what dies while it is read', async () => {
    const circle = parse(document({ $ref: '#/components/schemas/A' }));
    circle.components = {
      schemas: { A: { type: 'object', properties: { a: { $ref: '#/components/schemas/A' } } } },
    };
    expect((await imported(stringify(circle))).register).toMatch(/stack overflow$/);
  });

  test('take a switch that is text in an answer, which breaks the call that has the key', async () => {
    const openapi = document(text, 'post', { ...text, 'x-global-disable': 'no' });
    expect(await imported(openapi)).toEqual({ tools: undefined });
    const plugin = registerPlugin({ openapi, aiPlugin }, services);
    const call = (answer: string) =>
      callTool(plugin, 'one', { x: 'a' }, { send: async () => ({ status: 200, text: answer }) });
    expect((await call('{"z":1}')).output).toEqual({});
    await expect(call('{"y":"a"}')).rejects.toMatchObject({ message: expect.stringMatching(panic) });
  });
});

interface Verdict {
  ok: boolean;
  stage: string | null;
  message: string | null;
}

describe.skipIf(!existsSync(facts))('documents of which it is known what a server says', () => {
  const folder = join(facts, 'import-cases');
  const file = join(folder, 'verdicts.json');
  const verdicts = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as object) : {};

  test.each(Object.entries(verdicts) as [string, { register: Verdict }][])(
    '%s',
    async (name, { register }) => {
      const said = await imported(readFileSync(join(folder, `${name}.yaml`), 'utf8'));
      const words = register.message ?? '';
      if (!register.ok) expect(words).toContain(said.register?.replace(/^\[\d+\] [^:]* : /, ''));
      else if (register.stage === 'tools') expect(words).toContain(said.tools);
      else expect(said).toEqual({ tools: undefined });
      expect(register.ok).toBe(said.register === undefined);
      expect(register.stage === 'tools').toBe(said.tools !== undefined);
    },
  );
});
