import { closest, type Problem, showValue, UserError } from '@cozecut/problems';
import { ownValue } from '../../own-value.ts';
import { applyDraftEdits, type EditedDraft } from '../edit/apply-draft-edits.ts';
import type { EditPorts } from '../edit/operation.ts';
import type { DraftEdit } from '../edit/operations/index.ts';
import type { OpenedDraft } from '../opened-draft.ts';
import { type CopyOptions, freshCopy } from './fresh-copy.ts';
import { type ColorNames, listPlaceholders, type Placeholder } from './placeholders.ts';

/** The key of a row that names its draft. */
const DRAFT_NAME_KEY = 'draft_name';

/** A row of data: values by the name of the placeholder; `draft_name` names the draft. */
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
      placeholders.flatMap((one) => {
        const value = one.kind === kind ? ownValue(row, one.name) : undefined;
        // Words may be none; no file and no colour is called nothing.
        const isMissing = value === undefined || value === null || (value === '' && kind !== 'text');
        return isMissing ? [] : [[one.name, wordsOf(one.name, value)]];
      }),
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
  return { draft, files, problems: [...problems, ...unusedKeys(placeholders, row)] };
}

function wordsOf(name: string, value: unknown): string {
  if (typeof value === 'string' || typeof value === 'number') return String(value);
  throw new UserError('INPUT_INVALID', `${name} must be text or a number (got ${showValue(value)})`);
}

/** Keys of a row that fill nothing are often misspelled. */
function unusedKeys(placeholders: readonly Placeholder[], row: TemplateRow): Problem[] {
  const names = placeholders.map(({ name }) => name);
  return Object.keys(row)
    .filter((key) => key !== DRAFT_NAME_KEY && !names.includes(key))
    .map((key) => {
      const suggestions = closest(key, names);
      const message = `the template has no placeholder "${key}"`;
      return {
        code: 'DR161',
        severity: 'warning',
        message,
        ...(suggestions.length === 0 ? {} : { suggestions }),
      };
    });
}
