/**
 * Looks into files one after the other.
 *
 * Usage: `probe-files.ts FILE…`; writes a line for each: its kind, or the code of what is wrong with it.
 */
import { open } from 'node:fs/promises';
import { fileBytes } from '../../src/probe/byte-source.ts';
import { probeBytes } from '../../src/probe/probe-bytes.ts';

for (const path of process.argv.slice(2)) {
  await using file = await open(path);
  const found = await probeBytes(await fileBytes(file), path).then(
    ({ facts }) => facts.kind,
    (error: { code?: string }) => error.code,
  );
  process.stdout.write(`${found}\n`);
}
