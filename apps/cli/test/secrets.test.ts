import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cozecut, post, temporaryFolder, withServer } from './support.ts';

const folder = temporaryFolder();
const elsewhere = temporaryFolder();
const seen: (string | undefined)[] = [];
const api = createServer((request, response) => {
  seen.push(request.headers.authorization);
  response.writeHead(200, { 'content-type': 'application/json' }).end('{"ok":true}');
});

beforeAll(async () => {
  await new Promise<void>((resolve) => api.listen(0, '127.0.0.1', resolve));
  mkdirSync(join(folder, 'keys'));
  writeFileSync(join(folder, 'keys/api'), 'key-of-the-file\n');
  writeFileSync(
    join(folder, 'plugin.yaml'),
    `
apiVersion: cozecut/v1
kind: Plugin
metadata: { name: secrets, version: 1.0.0 }
tools:
  - name: ask
    summary: Ask the API
    modes: [cloud, manual]
    handler:
      http:
        method: GET
        url: http://127.0.0.1:${(api.address() as AddressInfo).port}/
        headers: { authorization: "Bearer {secret:API_KEY}" }
    input: { type: object, properties: {} }
    output: { type: object, properties: { ok: { type: boolean, description: Whether it worked } } }
auth:
  server: [{ id: coze, type: bearer, secret: "secret:PLUGIN_TOKEN" }]
deployments:
  local:
    modes: [cloud, manual]
    server: { host: 127.0.0.1, port: 0 }
    egress: { allow: ["127.0.0.1"] }
    secrets: { API_KEY: "file:./keys/api", PLUGIN_TOKEN: "env:TOKEN_OF_THE_SHOP" }
  plain:
    modes: [cloud, manual]
    egress: { allow: ["127.0.0.1"] }
`,
  );
});
afterAll(() => api.close());
const manifest = ['--manifest', join(folder, 'plugin.yaml')];

test('a handler is given the secret of the selected deployment, wherever it is started', async () => {
  seen.length = 0;
  const env = { API_KEY: 'key-of-the-variable' };
  const local = await cozecut(['tool', 'run', 'ask', ...manifest], { cwd: elsewhere, env });
  expect(local).toMatchObject({ code: 0 });
  const plain = await cozecut(['tool', 'run', 'ask', '--deployment', 'plain', ...manifest], {
    cwd: elsewhere,
    env,
  });
  expect(plain).toMatchObject({ code: 0 });
  expect(seen).toEqual(['Bearer key-of-the-file', 'Bearer key-of-the-variable']);
});

test('callers present the secret of the deployment', async () => {
  const env = { TOKEN_OF_THE_SHOP: 'shop', PLUGIN_TOKEN: 'other', ENABLE_AUTH: 'true' };
  await withServer(manifest, { cwd: elsewhere, env }, async (url) => {
    const call = (token: string) => post(`${url}/v1/tools/ask`, {}, { authorization: `Bearer ${token}` });
    expect((await call('shop')).status).toBe(200);
    expect((await call('other')).status).toBe(401);
  });
});

test('the export has it only when that is asked for', async () => {
  const env = { TOKEN_OF_THE_SHOP: 'hunter2', PLUGIN_TOKEN: 'other' };
  const run = (...more: string[]) =>
    cozecut(['plugin', 'export', '--profile', 'coze', '--out', 'out', ...manifest, ...more], {
      cwd: elsewhere,
      env,
    });
  const made = () => readFileSync(join(elsewhere, 'out/ai_plugin.json'), 'utf8');
  expect((await run()).code).toBe(0);
  expect(made()).not.toMatch(/hunter2|other/);
  expect((await run('--with-secrets')).code).toBe(0);
  expect(made()).toContain('hunter2');
});

test('a secret that is not there is named, with the place where it is looked for', async () => {
  const run = await cozecut(
    ['plugin', 'export', '--profile', 'coze', '--out', 'none', '--with-secrets', ...manifest],
    { cwd: elsewhere, env: { PLUGIN_TOKEN: 'other' } },
  );
  expect(run).toMatchObject({ code: 4, stderr: expect.stringContaining('TOKEN_OF_THE_SHOP') });
});

test('print shows where secrets are kept, and none of them', async () => {
  const env = { TOKEN_OF_THE_SHOP: 'hunter2' };
  const { code, stdout, stderr } = await cozecut(['manifest', 'print', ...manifest], { cwd: elsewhere, env });
  expect(code).toBe(0);
  expect(stdout).toContain('file:./keys/api');
  expect(stdout + stderr).not.toMatch(/hunter2|key-of-the-file/);
});
