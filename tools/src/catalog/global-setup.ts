import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** Makes the built-in catalog before tests run, so that one project or one file can be tested alone. */
export function setup(): void {
  const script = join(import.meta.dirname, 'main.ts');
  const { status } = spawnSync(process.execPath, ['--conditions=@cozecut/source', script], {
    stdio: 'inherit',
  });
  if (status !== 0) throw new Error(`${script} ended with ${status}`);
}
