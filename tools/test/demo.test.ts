import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';

test('the demonstration of the README writes three equal drafts', { timeout: 120_000 }, async () => {
  const cwd = mkdtempSync(join(tmpdir(), 'cozecut-demo-'));
  const main = join(import.meta.dirname, '../src/demo/main.ts');
  const child = spawn(process.execPath, ['--conditions=@cozecut/source', main], { cwd, stdio: 'pipe' });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      output += chunk;
    });
  }
  const [code] = await once(child, 'close');
  expect(code, output).toBe(0);
  const digests = [...output.matchAll(/^ {2}(?:manual|cloud|local) +([0-9a-f]{16})$/gm)].map(
    (match) => match[1],
  );
  expect(digests).toHaveLength(3);
  expect(new Set(digests).size).toBe(1);
  for (const mode of ['manual', 'cloud', 'local']) {
    expect(existsSync(join(cwd, 'demo-out', mode, '早安新闻', 'draft_info.json')), mode).toBe(true);
  }
  expect(existsSync(join(cwd, 'demo-out', 'cloud.zip'))).toBe(true);
  rmSync(cwd, { recursive: true });
});
