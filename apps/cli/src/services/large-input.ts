import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Reading more than this takes longer than one waits without a doubt. */
const LARGE_BYTES = 512 * 1024;

/** Whether a file is large, or what lies directly in a folder, which is where a draft has its timelines. */
export function isLarge(path: string): boolean {
  return sizeOf(path) > LARGE_BYTES;
}

function sizeOf(path: string): number {
  try {
    const status = statSync(path);
    if (!status.isDirectory()) return status.size;
    return readdirSync(path, { withFileTypes: true })
      .filter((entry) => entry.isFile())
      .reduce((sum, { name }) => sum + statSync(join(path, name)).size, 0);
  } catch {
    // Whoever reads it tells why it cannot be read.
    return 0;
  }
}
