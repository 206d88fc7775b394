import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { cozecut } from './support.ts';

let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'cozecut-cli-'));
});
afterEach(() => rmSync(cwd, { recursive: true }));

const run = async (...args: string[]) => {
  const { code, stdout, stderr } = await cozecut([...args, '--json'], { cwd });
  return { code, stderr, output: stdout === '' ? undefined : JSON.parse(stdout) };
};

test('a store goes from one folder into another by way of a backup', { timeout: 120_000 }, async () => {
  const created = await run('tool', 'run', 'create_draft', '--name', '早间新闻');
  expect(created).toMatchObject({ code: 0 });
  const backup = await run('store', 'backup', 'kept');
  expect(backup).toMatchObject({
    code: 0,
    output: { folder: join(cwd, 'kept'), rows: { drafts: 1 }, blob_bytes: 0 },
  });
  expect(await run('store', 'backup', 'kept')).toMatchObject({
    code: 2,
    output: { error: { code: 'BACKUP_EXISTS' } },
  });

  const restored = await run('store', 'restore', 'kept', '--store', 'other');
  expect(restored).toMatchObject({ code: 0, output: { rows: backup.output.rows } });
  const again = await run('store', 'restore', 'kept', '--store', 'other');
  expect(again).toMatchObject({ code: 2, output: { error: { code: 'STORE_NOT_EMPTY' } } });
  const other = await run('store', 'migrate', '--store', 'other');
  expect(other).toMatchObject({ code: 0, output: { engine: 'sqlite', schema: restored.output.schema } });
});
