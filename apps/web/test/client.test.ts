import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const PROJECT = join(import.meta.dirname, '..');

test('the client is what the OpenAPI document of the server makes', () => {
  // Run `npm run generate -w @cozecut/web` and commit what it writes.
  const program = join(PROJECT, 'node_modules/openapi-typescript/bin/cli.js');
  const args = ['../../docs/reference/server.openapi.yaml', '-o', 'src/api/server.gen.ts', '--check'];
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], {
    cwd: PROJECT,
    encoding: 'utf8',
  });
  expect(status, `${stdout}${stderr}`).toBe(0);
});
