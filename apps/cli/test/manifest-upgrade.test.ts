import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { cozecut, temporaryFolder } from './support.ts';

test('a manifest of the current format stays as it is, and one of another is refused with its place', async () => {
  const cwd = temporaryFolder();
  const file = join(cwd, 'plugin.yaml');
  const text = 'kind: Plugin\nmetadata: { name: trips, version: 1.0.0 }\ntools: []\napiVersion: cozecut/v1\n';
  const run = async () => {
    const { code, stdout } = await cozecut(['manifest', 'upgrade', '--json'], { cwd });
    return { code, output: JSON.parse(stdout) };
  };
  writeFileSync(file, text);
  expect(await run()).toMatchObject({ code: 0, output: { file, api_version: 'cozecut/v1', changed: false } });
  expect(readFileSync(file, 'utf8')).toBe(text);

  writeFileSync(file, text.replace('cozecut/v1', 'cozecut/v9'));
  const { code, output } = await run();
  expect(code).toBe(2);
  expect(output.error.problems).toMatchObject([{ pointer: '/apiVersion', location: { start: { line: 4 } } }]);
});
