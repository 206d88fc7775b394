import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { post, temporaryFolder, withServer } from './support.ts';

test('a promise that a tool left alone does not end the server, and what Node warns of is a line of its log', async () => {
  const cwd = join(temporaryFolder(), 'stray');
  mkdirSync(cwd);
  writeFileSync(
    join(cwd, 'plugin.yaml'),
    `apiVersion: cozecut/v1
kind: Plugin
metadata: { name: tester, version: 1.0.0 }
tools:
  - name: leave
    summary: Leave
    handler: ./leave.mjs#leave
    http: { method: POST, path: /v1/leave }
    modes: [cloud]
    input: { type: object, properties: {} }
    output: { type: object, properties: { n: { type: integer } } }
deployments:
  cloud: { modes: [cloud], server: { host: 127.0.0.1 }, store: ./store }
`,
  );
  const code =
    'let n = 0;\nexport const leave = () => (process.emitWarning("old"), void Promise.reject(new Error("stray")), { n: ++n });\n';
  writeFileSync(join(cwd, 'leave.mjs'), code);
  await withServer([], { cwd }, async (url, logged) => {
    for (const n of [1, 2, 3]) expect(await post(`${url}/v1/leave`, {})).toMatchObject({ body: { n } });
    const lines = () => logged().trim().split('\n');
    await expect.poll(() => lines().filter((line) => line.includes('"message":"old"')).length).toBe(3);
    expect(lines().filter((line) => !line.startsWith('{'))).toEqual([]);
  });
});
