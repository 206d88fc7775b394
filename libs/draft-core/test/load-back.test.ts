import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { compileDraft, draftFiles, lintDraft, listProfiles, placedContent } from '../src/index.ts';
import { mediaExists, openDraft } from '../src/node/index.ts';
import { sharedCatalog as catalog } from './support/catalog.ts';
import { countingUuid, fixedNow } from './support/ids.ts';
import { validTimeline } from './support/random.ts';
import { files } from './support/timeline.ts';

let parent: string;
beforeAll(async () => {
  parent = await mkdtemp(join(tmpdir(), 'cozecut-load-back-'));
});
afterAll(() => rm(parent, { recursive: true }));

const profiles = listProfiles();

test('every valid timeline gives a draft that loads back as it was and lints without an error', {
  timeout: 120_000,
}, async () => {
  let run = 0;
  await fc.assert(
    fc.asyncProperty(validTimeline, fc.constantFrom(...profiles), async (timeline, { id: profile }) => {
      const { draft, problems } = compileDraft(timeline, {
        media: files,
        draftName: 'x',
        profile,
        now: fixedNow,
        uuid: countingUuid(),
        catalog,
      });
      expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
      run += 1;
      const folder = join(parent, `draft-${run}`);
      const style = { kind: 'absolute', folder } as const;
      await mkdir(folder);
      for (const { name, text } of draftFiles(draft!, style)) await writeFile(join(folder, name), text);
      for (const { path } of draft!.media) {
        await mkdir(dirname(join(folder, path)), { recursive: true });
        await writeFile(join(folder, path), '');
      }

      const opened = await openDraft(folder);
      expect(opened.timeline!.value(opened.timeline!.root)).toEqual(
        JSON.parse(JSON.stringify(placedContent(draft!, style))),
      );
      const found = await lintDraft(opened, { exists: mediaExists });
      expect(found.filter(({ severity }) => severity === 'error')).toEqual([]);
      await rm(folder, { recursive: true });
    }),
    { numRuns: 60 },
  );
});
