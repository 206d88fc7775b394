import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, test } from 'vitest';
import { cozecut, start, temporaryFolder } from './support.ts';

test('documents are those of the files as they are', async () => {
  const cwd = temporaryFolder();
  const file = join(cwd, 'plugin.yaml');
  const text = `apiVersion: cozecut/v1
kind: Plugin
metadata: { name: trips, version: 1.0.0 }
tools:
  - name: ask
    summary: Plan a trip
    handler: { http: { url: "https://api.example.com/plan" } }
    input: { type: object, properties: {} }
    output: { type: object, properties: { text: { type: string, description: Text } } }
`;
  writeFileSync(file, text);
  const child = start(['openapi', 'serve', '--json'], { cwd });
  const ended = once(child, 'close');
  try {
    const [line] = await once(createInterface({ input: child.stdout }), 'line');
    const { url, documents } = JSON.parse(line);
    expect(documents).toContain(`${url}/coze.yaml`);
    const read = async (path: string) => {
      const response = await fetch(url + path);
      return { status: response.status, text: await response.text() };
    };
    expect(await read('/nothing')).toMatchObject({ status: 404 });

    await cozecut(['openapi', 'export', '--profile', 'coze', '--out', 'out.yaml'], { cwd });
    expect(await read('/coze.yaml')).toEqual({
      status: 200,
      text: readFileSync(join(cwd, 'out.yaml'), 'utf8'),
    });

    writeFileSync(file, text.replace('Plan a trip', 'Plan a voyage'));
    expect(JSON.parse((await read('/full.json')).text)).toMatchObject({ info: { version: '1.0.0' } });
    expect((await read('/coze.json')).text).toContain('Plan a voyage');

    writeFileSync(file, text.replace('summary:', 'sumary:'));
    const broken = await read('/coze.yaml');
    expect(broken.status).toBe(503);
    expect(broken.text).toContain('sumary');
    writeFileSync(file, text);
    expect((await read('/coze.yaml')).status).toBe(200);
  } finally {
    child.kill('SIGTERM');
  }
  expect(await ended).toEqual([0, null]);
});
