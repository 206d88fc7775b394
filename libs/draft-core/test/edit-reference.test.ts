import { existsSync, globSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type DraftEdit, lintDraft, listDraft, type OpenedDraft } from '../src/index.ts';
import { contentOf, danglingOf, edit, idsOf, openedFrom } from './support/edits.ts';

// Drafts of another library, beside the checkout where somebody has them.
const GOLDEN = join(import.meta.dirname, '../../../../shared/draft/golden');
const files = existsSync(GOLDEN) ? globSync(`${GOLDEN}/**/draft_content*.json`) : [];

/** Errors of the linter, without those about files and the folder. */
const errorsOf = (draft: OpenedDraft): string[] =>
  lintDraft(draft)
    .filter(({ severity, code }) => severity === 'error' && !/^DR(?:033|1[2-4])/.test(code))
    .map(({ code }) => code);

describe.skipIf(files.length === 0)('drafts of another tool', () => {
  test.each(files.map((file) => [`${basename(dirname(file))}/${basename(file)}`, file]))('%s', (_, file) => {
    const before = openedFrom(readFileSync(file, 'utf8'));
    const former = new Set(errorsOf(before));
    for (const { clips, type } of listDraft(before.timeline!).tracks) {
      for (const { id, startUs = 0, durationUs = 0 } of clips) {
        const clip = { id };
        const edits: DraftEdit[] = [
          { op: 'split', clip, at: startUs + Math.round(durationUs / 3) },
          { op: 'trim', clip, end: startUs + Math.round(durationUs / 2) },
          { op: 'delete', clip, ripple: true },
          { op: 'duplicate', clip, ripple: true },
          { op: 'move', clip, start: 60_000_000 },
          ...(type === 'text' ? [{ op: 'replace-text', clip, text: 'Neu 😀 text' } as const] : []),
        ];
        for (const one of edits) {
          const { problems, timeline } = edit(before, [one]);
          const errors = problems.filter(({ severity, code }) => severity === 'error' && code !== 'DR025');
          expect([one, errors]).toEqual([one, []]);
          const after = { ...before, timeline };
          expect([one, errorsOf(after).filter((code) => !former.has(code))]).toEqual([one, []]);
          const content = contentOf(after);
          expect(danglingOf(content).length).toBeLessThanOrEqual(2 * danglingOf(contentOf(before)).length);
          if (!former.has('DR014')) expect(new Set(idsOf(content)).size).toBe(idsOf(content).length);
          // Nothing is written that nobody asked for.
          const rest = timeline!.text.slice(0, 200);
          expect(rest).toBe(before.timeline!.text.slice(0, 200));
        }
      }
    }
  });
});
