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

test('other spellings are shown, found by --check and written by --write', async () => {
  const cwd = temporaryFolder();
  const file = join(cwd, 'plugin.yaml');
  const old =
    '# mine\napi_version: cozecut/v1beta1\nkind: plugin # a\nmetadata: { name: trips, version: 1.0.0 }\ntools: []\n';
  const now =
    '# mine\napiVersion: cozecut/v1\nkind: Plugin # a\nmetadata: { name: trips, version: 1.0.0 }\ntools: []\n';
  writeFileSync(file, old);
  const upgrade = (...args: string[]) => cozecut(['manifest', 'upgrade', ...args], { cwd });
  const shown = await upgrade();
  expect(shown).toMatchObject({ code: 0, stderr: expect.stringContaining('--write') });
  expect(shown.stdout).toBe(
    [
      ...['--- plugin.yaml', '+++ plugin.yaml'],
      ...['@@ 2 @@', '-api_version: cozecut/v1beta1', '+apiVersion: cozecut/v1'],
      ...['@@ 3 @@', '-kind: plugin # a', '+kind: Plugin # a', ''],
    ].join('\n'),
  );
  expect(await upgrade('--check')).toMatchObject({ code: 3, stdout: shown.stdout });
  expect(readFileSync(file, 'utf8')).toBe(old);
  expect(await upgrade('--write')).toMatchObject({ code: 0 });
  expect(readFileSync(file, 'utf8')).toBe(now);
  expect(await upgrade('--check')).toMatchObject({ code: 0, stdout: '' });
  expect(await upgrade('--check', '--write')).toMatchObject({ code: 2 });
});
