import { applyDraftEdits, type EditedDraft } from '../edit/apply-draft-edits.ts';
import type { EditPorts } from '../edit/operation.ts';
import type { DraftEdit } from '../edit/operations/index.ts';
import type { OpenedDraft } from '../opened-draft.ts';
import { type CopyOptions, freshCopy } from './fresh-copy.ts';
import { type ColorNames, listPlaceholders, type Placeholder } from './placeholders.ts';

/** A row of data: values by the name of the placeholder. */
export type TemplateRow = Readonly<Record<string, unknown>>;

/** A draft that was made from a template; nothing is written yet. */
export interface FilledDraft extends Pick<EditedDraft, 'files' | 'problems'> {
  /** The draft; the template as a copy when a finding is an error. */
  draft: OpenedDraft;
}

/** The edit that fills a template with a row; DR165 for each value that is missing comes from the edit itself. */
export function fillEdit(
  placeholders: readonly Placeholder[],
  row: TemplateRow,
  colors: ColorNames = {},
): Extract<DraftEdit, { op: 'fill' }> {
  const pick = (kind: Placeholder['kind']): Record<string, string> =>
    Object.fromEntries(
      placeholders
        .filter((one) => one.kind === kind && row[one.name] !== undefined && row[one.name] !== null)
        .map(({ name }) => [name, String(row[name])]),
    );
  const named = Object.entries(pick('color')).map(([name, color]) => [colors[name]!, color]);
  return { op: 'fill', texts: pick('text'), media: pick('media'), colors: Object.fromEntries(named) };
}

/** Makes a draft from a template: a copy with ids of its own, filled with a row. */
export function fillTemplate(
  template: OpenedDraft,
  row: TemplateRow,
  options: CopyOptions & EditPorts & { colors?: ColorNames },
): FilledDraft {
  const placeholders = listPlaceholders(template.timeline!, options.colors);
  const copy = freshCopy(template, options);
  const { timeline, meta, files, problems } = applyDraftEdits(
    copy,
    [fillEdit(placeholders, row, options.colors)],
    options,
  );
  const draft = {
    ...copy,
    timeline: timeline ?? copy.timeline,
    meta: copy.meta && { ...copy.meta, document: meta ?? copy.meta.document },
  };
  return { draft, files, problems };
}
