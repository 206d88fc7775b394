import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startEmulator } from '@cozecut/coze-emulator';
import { describe, expect, test } from 'vitest';
import { cozecut, post, temporaryFolder, withServer } from './support.ts';

/** A plugin of a stranger: a folder outside this repository, with a handler in TypeScript. */
function plugin(folder: string, nameRule: string, moreProperties: string): string {
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(folder, 'greet.ts'),
    `export function greet(input: { name: string; times?: number }): { text: string } {
       return { text: Array(input.times ?? 1).fill('Hello ' + input.name).join(', ') };
     }\n`,
  );
  const file = join(folder, 'plugin.yaml');
  writeFileSync(
    file,
    `apiVersion: cozecut/v1
kind: Plugin
metadata:
  name: greeter
  version: 1.0.0
  title: { en: Greeter }
  description: { human: Greets., model: Greets somebody. }
tools:
  - name: greet
    summary: Greet somebody
    description: { model: Says hello. }
    handler: ./greet.ts#greet
    http: { method: POST, path: /v1/greet }
    input:
      type: object
      additionalProperties: false
      required: [name]
      properties:
        name: { type: string, ${nameRule}description: Who is greeted }
${moreProperties}    output:
      type: object
      required: [text]
      properties:
        text: { type: string, description: The greeting }
bindings:
  bots:
    - { name: host, region: cn, botId: "1", tools: [greet] }
auth:
  coze: { type: pat, secret: "secret:COZE_API_TOKEN" }
deployments:
  local:
    modes: [cloud, local, manual]
    server: { host: 127.0.0.1, port: 0 }
    store: ./store
`,
  );
  return file;
}

const folder = temporaryFolder();
const before = plugin(join(folder, 'before'), '', '');
const after = plugin(
  join(folder, 'after'),
  'maxLength: 5, ',
  '        times: { type: integer, minimum: 1, default: 2, description: How often }\n',
);
const longName = { name: 'Alexandra' };

describe('a change of a schema in plugin.yaml, and nothing else, changes', () => {
  test('the help of the command line', async () => {
    const help = async (manifest: string) =>
      (await cozecut(['tool', 'run', 'greet', '--help', '--manifest', manifest], { cwd: folder })).stdout;
    expect(await help(before)).not.toContain('--times');
    expect(await help(after)).toMatch(/--times=<value>\s+How often \(default: 2\)/);
  });

  test('what the command line accepts', async () => {
    const run = (manifest: string) =>
      cozecut(['tool', 'run', 'greet', '--name', longName.name, '--manifest', manifest, '--json'], {
        cwd: folder,
      });
    const accepted = await run(before);
    expect(JSON.parse(accepted.stdout)).toEqual({ text: 'Hello Alexandra' });
    const refused = await run(after);
    expect(refused.code).toBe(2);
    expect(JSON.parse(refused.stdout).error).toMatchObject({
      code: 'INPUT_INVALID',
      message: 'name must have at most 5 characters (got "Alexandra")',
    });
  });

  test('what REST and the Coze routes accept, and the OpenAPI document', async () => {
    const look = (manifest: string) =>
      withServer(['--manifest', manifest], { cwd: folder }, async (url) => ({
        rest: await post(`${url}/v1/greet`, longName),
        coze: await post(`${url}/coze/plugin/v1/greet`, longName),
        short: await post(`${url}/v1/greet`, { name: 'Ann' }),
        openapi: JSON.stringify(await (await fetch(`${url}/openapi.json?profile=coze`)).json()),
      }));
    const old = await look(before);
    expect(old.rest).toMatchObject({ status: 200, body: { text: 'Hello Alexandra' } });
    expect(old.coze).toMatchObject({ status: 200, body: { success: true, text: 'Hello Alexandra' } });
    expect(old.openapi).not.toContain('How often');
    const now = await look(after);
    expect(now.rest).toMatchObject({
      status: 400,
      type: expect.stringContaining('application/problem+json'),
      body: { code: 'INPUT_INVALID', detail: 'name must have at most 5 characters (got "Alexandra")' },
    });
    expect(now.coze).toMatchObject({ status: 200, body: { success: false, error_code: 'INPUT_INVALID' } });
    expect(now.short.body).toEqual({ text: 'Hello Ann, Hello Ann' });
    expect(now.openapi).toContain('How often');
  });

  test('what the local runner accepts', async () => {
    const outputs = async (manifest: string) => {
      const coze = await startEmulator({
        scenario: {
          turns: [{ toolCalls: [{ name: 'greet', arguments: longName }], next: { answer: ['ok'] } }],
        },
      });
      const env = { COZE_BASE_URL: coze.url, COZE_API_TOKEN: coze.token };
      const { code, stderr } = await cozecut(
        ['listen', '--bot', 'host', '--say', 'greet Alexandra', '--once', '--jsonl', '--manifest', manifest],
        { cwd: folder, env },
      );
      expect({ code, stderr }).toMatchObject({ code: 0 });
      const submit = coze
        .transcript()
        .find((entry) => entry.route.includes('submit_tool_outputs') && entry.dir === 'in');
      await coze.close();
      return JSON.stringify(submit);
    };
    expect(await outputs(before)).toContain('Hello Alexandra');
    const refused = await outputs(after);
    expect(refused).toContain('INPUT_INVALID');
    expect(refused).not.toContain('Hello Alexandra');
  });
});
