import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { canonicalise } from '@cozecut/draft-core';

/** How the drafts of several modes relate. */
export interface Comparison {
  /** Short hash of the canonical form, by mode. */
  digests: Record<string, string>;
  isEqual: boolean;
}

/**
 * Compares draft folders by their canonical form, in which ids, order of keys and folders of paths do not count.
 *
 * @throws Error when a folder does not hold the same timeline under both of its names.
 */
export function compareDrafts(folders: Record<string, string>): Comparison {
  const digests = Object.fromEntries(
    Object.entries(folders).map(([mode, folder]) => {
      const content = readFileSync(join(folder, 'draft_content.json'));
      if (!content.equals(readFileSync(join(folder, 'draft_info.json')))) {
        throw new Error(`${folder}: draft_content.json and draft_info.json differ`);
      }
      const canonical = JSON.stringify(canonicalise(JSON.parse(content.toString('utf8'))));
      return [mode, createHash('sha256').update(canonical).digest('hex').slice(0, 16)];
    }),
  );
  return { digests, isEqual: new Set(Object.values(digests)).size === 1 };
}
