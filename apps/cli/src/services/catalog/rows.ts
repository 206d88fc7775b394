import type { SavedTable } from '@cozecut/catalog/node';
import { displayWidth, fitColumns } from '@cozecut/draft-core';
import type { Texts } from '../../text.ts';
import type { LabelledEntry } from './find.ts';

/** Rows of a table as lines whose columns line up in a terminal, Chinese or not. */
export function alignRows(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => displayWidth(row[column] ?? ''))),
  );
  return rows.map((row) =>
    row
      .map((cell, column) => fitColumns(cell, widths[column]!))
      .join('  ')
      .trimEnd(),
  );
}

/** Head of a table of {@link summaryCells}. */
export function summaryHead(texts: Texts): string[] {
  return [
    texts.catalogName,
    texts.catalogApp,
    texts.catalogKind,
    texts.catalogId,
    texts.catalogVip,
    texts.catalogDuration,
    texts.catalogParameters,
  ];
}

/** A resource as one row; `?` and blank stand for what is not known. */
export function summaryCells(entry: LabelledEntry, texts: Texts): string[] {
  return [
    entry.label,
    entry.app,
    entry.kind,
    entry.resourceId,
    yesNo(entry.vip, texts),
    seconds(entry),
    entry.parameters === undefined ? '?' : String(entry.parameters.length),
  ];
}

/** A resource with all that is known about it. */
export function detailLines(entry: LabelledEntry, texts: Texts): string[] {
  const fields: (readonly [string, string | undefined])[] = [
    [texts.catalogName, entry.label],
    [texts.catalogOtherNames, entry.altNames?.join(', ')],
    [texts.catalogApp, entry.app],
    [texts.catalogKind, entry.kind],
    ['resource_id', entry.resourceId],
    ['effect_id', [entry.effectId, ...(entry.altEffectIds ?? [])].join(', ')],
    [texts.catalogVip, yesNo(entry.vip, texts)],
    [texts.catalogDuration, seconds(entry)],
    ['is_overlap', entry.isOverlap === undefined ? undefined : yesNo(entry.isOverlap, texts)],
    ['resource_type', entry.resourceType],
    ['aspect_ratio', entry.defaultAspectRatio?.toString()],
    [texts.catalogTexts, entry.texts?.toString()],
    [texts.catalogOrigin, entry.origin],
    [texts.catalogParameters, entry.parameters === undefined ? '?' : String(entry.parameters.length)],
  ];
  const rows = fields.filter((field): field is [string, string] => field[1] !== undefined && field[1] !== '');
  const parameters = (entry.parameters ?? []).map(({ name, default: value, min, max }) => [
    `  ${name}`,
    `${value}  (${min} – ${max})`,
  ]);
  return alignRows([...rows, ...parameters]);
}

/** What was saved, as a table with a head. */
export function savedLines(tables: readonly SavedTable[], texts: Texts): string[] {
  return alignRows([
    [texts.catalogApp, texts.catalogKind, texts.catalogAdded, texts.catalogChanged, texts.catalogUnchanged],
    ...tables.map(({ app, kind, added, changed, unchanged }) => [
      app,
      kind,
      ...[added, changed, unchanged].map(String),
    ]),
  ]);
}

function yesNo(value: boolean | undefined, texts: Texts): string {
  if (value === undefined) return '?';
  return value ? texts.catalogYes : texts.catalogNo;
}

function seconds({ defaultDurationUs }: LabelledEntry): string {
  return defaultDurationUs === undefined ? '' : String(defaultDurationUs / 1_000_000);
}
