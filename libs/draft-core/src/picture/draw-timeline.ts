import { ownValue } from '../own-value.ts';
import { displayWidth, fitColumns } from '../text/display-width.ts';
import type { NormalTimeline } from '../timeline/model.ts';
import { type PlanRow, planOfTimeline, type TimelinePlan } from './plan.ts';
import { clockText, ticksOf } from './ticks.ts';

/** Options of {@link drawTimeline}. */
export interface DrawOptions {
  /** Columns of the whole picture; at least 20. */
  width: number;
  /** Whether to colour the clips by the type of their track, with ANSI codes. */
  color?: boolean;
  /** What is written besides the names of the draft; English when left out. */
  words?: DrawWords;
}

/** The words of a picture. */
export interface DrawWords {
  /** In front of the ruler. */
  time: string;
  /** In place of a picture, where there is nothing to draw. */
  empty: string;
}

const ENGLISH: DrawWords = { time: 'time', empty: 'empty timeline' };

const colors: Readonly<Record<string, number>> = {
  video: 44,
  audio: 42,
  text: 45,
  sticker: 43,
  effect: 46,
  filter: 46,
};
const LEAST_COLUMNS = 20;
const LABEL_COLUMNS = 18;
const TICK_COLUMNS = 8;

/** Draws a timeline as text, as the editor shows it: one row a track, the front on top, sound below, and a ruler. */
export function drawTimeline(timeline: NormalTimeline, options: DrawOptions): string {
  return drawPlan(planOfTimeline(timeline), options);
}

/** Draws a plan as text; see {@link drawTimeline}. */
export function drawPlan(
  { durationUs, rows }: TimelinePlan,
  { width, color = false, words = ENGLISH }: DrawOptions,
): string {
  const all = Math.max(LEAST_COLUMNS, width);
  // In a narrow terminal clips matter more than names.
  const label = Math.min(LABEL_COLUMNS, Math.floor((all * 3) / 8));
  const columns = all - label - 2;
  if (durationUs === 0) return words.empty;
  return [
    ruler(words.time, label, columns, durationUs),
    ...rows.map((row) => `${labelOf(row, label)} ${blocks(row, columns, durationUs, color)}`.trimEnd()),
  ].join('\n');
}

function labelOf({ type, name, muted }: PlanRow, columns: number): string {
  const title = name === '' ? type : `${type} ${name}`;
  return fitColumns(muted ? `${title} (muted)` : title, columns);
}

function blocks({ type, clips }: PlanRow, columns: number, durationUs: number, color: boolean): string {
  const columnOf = (us: number): number => Math.round((us / durationUs) * columns);
  let row = '';
  let at = 0;
  for (const { startUs, durationUs: lengthUs, title } of clips) {
    const start = Math.max(at, Math.min(columnOf(startUs), columns - 1));
    const end = Math.min(columns, Math.max(start + 1, columnOf(startUs + lengthUs)));
    // Clips that share one column are drawn as one.
    if (end <= start) continue;
    const block = blockOf(title, end - start);
    row +=
      ' '.repeat(start - at) +
      (color ? `\u001b[30;${ownValue(colors, type) ?? 47}m${block}\u001b[0m` : block);
    at = end;
  }
  return row;
}

function blockOf(title: string, columns: number): string {
  if (columns === 1) return '|';
  return columns === 2 ? '[]' : `[${fitColumns(title, columns - 2)}]`;
}

function ruler(title: string, label: number, columns: number, durationUs: number): string {
  let row = fitColumns(title, label + 1);
  const tickColumns = Math.max(TICK_COLUMNS, clockText(durationUs / 1_000_000).length + 2);
  for (const { at, label: text } of ticksOf(durationUs, columns / tickColumns)) {
    const column = label + 1 + Math.round(at * columns);
    if (column + text.length + 1 > columns + label + 2) break;
    row += `${' '.repeat(Math.max(0, column - displayWidth(row)))}|${text}`;
  }
  return row;
}
