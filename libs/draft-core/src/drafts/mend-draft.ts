import type { JsonDocument } from './json/json-document.ts';
import { chooseFixes } from './json/text-edits.ts';
import { draftFilePath, type LintDraftOptions, lintDraft } from './lint-draft.ts';
import type { OpenedDraft } from './opened-draft.ts';

/** A repair may make way for another; more rounds than this means that two rules disagree. */
const MAX_ROUNDS = 20;

/** A draft after the certain repairs, not written yet. */
export interface MendedDraft {
  timeline: JsonDocument | undefined;
  meta: JsonDocument | undefined;
  /** How many findings were mended. */
  count: number;
}

/** Makes the certain repairs of what {@link lintDraft} finds, until there are none left. */
export function mendDraft(opened: OpenedDraft, options: LintDraftOptions = {}): MendedDraft {
  let draft = opened;
  let count = 0;
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const chosen = chooseFixes(lintDraft(draft, options));
    if (chosen.count === 0) break;
    count += chosen.count;
    const apply = (document: JsonDocument | undefined, path: string): JsonDocument | undefined => {
      const file = draftFilePath(opened, path);
      return document?.apply(chosen.edits.filter((edit) => edit.file === file));
    };
    const { meta } = draft;
    draft = {
      ...draft,
      timeline: apply(draft.timeline, draft.primary.path),
      meta: meta && { ...meta, document: apply(meta.document, meta.path) },
    };
  }
  return { timeline: draft.timeline, meta: draft.meta?.document, count };
}
