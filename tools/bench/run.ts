/** Runs one benchmark. Usage: `npm run bench -w tools -- NAME [ARGUMENTS]`, from the folder of the repository. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const [name = '', ...rest] = process.argv.slice(2);
const file = join(import.meta.dirname, `${name}.ts`);
if (!/^[a-z-]+$/.test(name) || !existsSync(file)) {
  console.error('Usage: npm run bench -w tools -- NAME; tools/bench/README.md has the names.');
  process.exitCode = 2;
} else {
  const args = ['--conditions=@cozecut/source', file, ...rest];
  process.exitCode = spawnSync(process.execPath, args, { stdio: 'inherit' }).status ?? 1;
}
