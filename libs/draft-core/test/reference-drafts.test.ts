import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { canonicalise, compileDraft, draftFiles, type MediaFile } from '../src/index.ts';
import { countingUuid, fixedNow } from './support/ids.ts';
import { fromNeutralCase } from './support/neutral-case.ts';
import { withIntendedDifferences, withoutLinks } from './support/reference.ts';
import { referenceCatalog } from './support/reference-catalog.ts';

// Drafts of another library, beside the checkout where somebody has them.
const folder = join(import.meta.dirname, '../../../../shared/draft/golden');
const cases = existsSync(folder) ? readdirSync(folder).filter((name) => /^\d/.test(name)) : [];
const catalog = cases.length === 0 ? undefined : referenceCatalog(join(folder, '../catalog'));
const read = (...path: string[]): unknown => JSON.parse(readFileSync(join(folder, ...path), 'utf8'));

describe.skipIf(cases.length === 0)('drafts of the reference library', () => {
  test.each(cases)('%s: canonical form', (name) => {
    const canonical = canonicalise(read(name, 'draft', 'draft_content.json'));
    expect(JSON.stringify(canonical)).toBe(JSON.stringify(read(name, 'draft', 'canonical.json')));
  });

  test.each(cases)('%s: ours differs in the intended ways only', (name) => {
    const { timeline, media } = fromNeutralCase(read(name, 'case.json') as Record<string, unknown>);
    const { draft, problems } = compileDraft(timeline, {
      media,
      draftName: name,
      now: fixedNow,
      uuid: countingUuid(),
      quantise: false,
      catalog: catalog!,
      allowVip: true,
    });
    expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
    const [primary] = draftFiles(draft!, { kind: 'absolute', folder: '/media' });
    const ours = canonicalise(withFileNames(withoutLinks(JSON.parse(primary!.text)), media));
    const reference = read(name, 'draft', 'draft_content.json') as Record<string, unknown>;
    const theirs = canonicalise(withoutLinks(withIntendedDifferences(reference)));
    expect(ours).toEqual(theirs);
  });
});

/** Our copies are named by content: gives them back the names of their files. */
function withFileNames(draft: Record<string, unknown>, media: Map<string, MediaFile>): unknown {
  const names = new Map([...media.values()].map(({ sha256, name }) => [sha256, name]));
  const { videos, audios } = draft.materials as Record<string, { path: string }[]>;
  for (const material of [...videos!, ...audios!]) {
    const hash = material.path.slice(material.path.lastIndexOf('/') + 1, material.path.lastIndexOf('.'));
    material.path = names.get(hash)!;
  }
  return draft;
}
