import { displayWidth, fitColumns } from '../text/display-width.ts';
import type { NormalClip, NormalTimeline, NormalTrack } from '../timeline/model.ts';
import type { TrackType } from '../timeline/schema.ts';

/** Options of {@link drawTimeline}. */
export interface DrawOptions {
  /** Columns of the whole picture; at least 40. */
  width: number;
  /** Whether to colour the clips by the type of their track, with ANSI codes. */
  color?: boolean;
}

const colors: Readonly<Record<TrackType, number>> = {
  video: 44,
  audio: 42,
  text: 45,
  sticker: 43,
  effect: 46,
  filter: 46,
};
const stepsInSeconds = [0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1800, 3600, 7200, 18_000];
const LABEL_COLUMNS = 18;
const TICK_COLUMNS = 8;

/** Draws a timeline as text, as the editor shows it: one row a track, the front on top, sound below, and a ruler. */
export function drawTimeline(timeline: NormalTimeline, { width, color = false }: DrawOptions): string {
  const columns = Math.max(40, width) - LABEL_COLUMNS - 2;
  const { durationUs } = timeline;
  if (durationUs === 0) return 'empty timeline';
  const tracks = [...timeline.tracks].sort(frontFirst);
  const rows = tracks.map((track) =>
    `${labelOf(track)} ${blocks(track, columns, durationUs, color)}`.trimEnd(),
  );
  return [ruler(columns, durationUs), ...rows].join('\n');
}

function frontFirst(a: NormalTrack, b: NormalTrack): number {
  const [left, right] = [a, b].map(({ type }) => (type === 'audio' ? 1 : 0));
  return left! - right! || b.renderIndex - a.renderIndex || a.index - b.index;
}

function labelOf({ type, name, muted }: NormalTrack): string {
  const title = name === undefined || name === '' ? type : `${type} ${name}`;
  return fitColumns(muted ? `${title} (muted)` : title, LABEL_COLUMNS);
}

function blocks({ type, clips }: NormalTrack, columns: number, durationUs: number, color: boolean): string {
  const columnOf = (us: number): number => Math.round((us / durationUs) * columns);
  let row = '';
  let at = 0;
  for (const clip of clips) {
    const start = Math.max(at, columnOf(clip.startUs));
    const end = Math.min(columns, Math.max(start + 1, columnOf(clip.startUs + clip.durationUs)));
    // Clips that share one column are drawn as one.
    if (end <= start) continue;
    const block = blockOf(clip, end - start);
    row += ' '.repeat(start - at) + (color ? `\u001b[30;${colors[type]}m${block}\u001b[0m` : block);
    at = end;
  }
  return row;
}

function blockOf(clip: NormalClip, columns: number): string {
  if (columns < 3) return '[]'.slice(0, columns);
  return `[${fitColumns(titleOf(clip), columns - 2)}]`;
}

function titleOf(clip: NormalClip): string {
  switch (clip.kind) {
    case 'video':
    case 'audio':
      return oneLine(clip.input.name ?? clip.input.media.replace(/[?#].*$/, '').replace(/^.*[/\\]/, ''));
    case 'text':
      return oneLine(clip.input.text);
    case 'sticker':
      return oneLine(clip.input.sticker.name ?? clip.input.sticker.id ?? '');
    case 'effect':
      return oneLine(clip.input.effect.name ?? clip.input.effect.id ?? '');
    case 'filter':
      return oneLine(clip.input.filter.name ?? clip.input.filter.id ?? '');
  }
}

// Control characters would move the cursor or change colours.
function oneLine(text: string): string {
  return text.replace(/\p{Cc}+/gu, ' ').trim();
}

function ruler(columns: number, durationUs: number): string {
  const seconds = durationUs / 1_000_000;
  const step = stepsInSeconds.find((one) => (one / seconds) * columns >= TICK_COLUMNS) ?? seconds;
  let row = fitColumns('seconds', LABEL_COLUMNS + 1);
  for (let tick = 0; tick * step <= seconds; tick++) {
    const column = LABEL_COLUMNS + 1 + Math.round(((tick * step) / seconds) * columns);
    const text = `|${Number((tick * step).toFixed(1))}`;
    if (column + text.length > columns + LABEL_COLUMNS + 2) break;
    row += ' '.repeat(Math.max(0, column - displayWidth(row))) + text;
  }
  return row;
}
