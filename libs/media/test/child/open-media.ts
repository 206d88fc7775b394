/**
 * Opens addresses one after the other, each in a library of its own, and checks what it got.
 *
 * Usage: `open-media.ts CACHE_FOLDER MAX_CACHE_BYTES URL…`; writes `begun` when bytes of a file arrive and
 * `ok URL SHA256` for each file, as lines.
 */
import { createHash, randomUUID } from 'node:crypto';
import { readFileSync, writeSync } from 'node:fs';
import { createGuardedFetch, createMediaLibrary } from '../../src/index.ts';

const [cacheFolder = '', maxCacheBytes, ...urls] = process.argv.slice(2);
const fetch = createGuardedFetch({ allow: ['127.0.0.1'], denyPrivate: true, maxBytes: 10_000_000 });
for (const url of urls) {
  let hasBegun = false;
  const library = createMediaLibrary({
    fetch,
    cacheFolder,
    mediaRoots: [],
    uuid: randomUUID,
    maxCacheBytes: Number(maxCacheBytes),
    onProgress: () => {
      if (!hasBegun) writeSync(1, 'begun\n');
      hasBegun = true;
    },
  });
  const { path, sha256 } = await library.open(url);
  // Time for others to evict it.
  await new Promise((resolve) => setTimeout(resolve, 5));
  if (createHash('sha256').update(readFileSync(path)).digest('hex') !== sha256)
    throw new Error(`torn: ${url}`);
  writeSync(1, `ok ${url} ${sha256}\n`);
  await library.close();
}
