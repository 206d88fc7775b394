import { join } from 'node:path';

/**
 * Where things lie in a cache folder. Content is directly in it, as `<sha256>.<extension>`; everything else is below
 * `.work`, so that whoever looks into the folder sees media alone.
 */
export interface CacheFolders {
  /** Content by its hash. */
  root: string;
  /** What is known about an address, one JSON file for each, named after the hash of the address. */
  entries: string;
  /** Downloads that were interrupted and can go on, one folder for each address. */
  parts: string;
  /** One folder for each library that is open, with hard links to what it uses. */
  leases: string;
}

/** The parts of the cache folder at `root`. */
export function cacheFolders(root: string): CacheFolders {
  const below = (name: string) => join(root, '.work', name);
  return { root, entries: below('entries'), parts: below('parts'), leases: below('leases') };
}

/** What a file of content is called. */
export const CONTENT_NAME = /^[0-9a-f]{64}\.[a-z0-9]{1,8}$/;
