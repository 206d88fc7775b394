import type { Problem } from '@cozecut/problems';
import { parseColor } from '../../timeline/color.ts';
import type { NormalTextClip, NormalTimeline } from '../../timeline/model.ts';
import { shownTexts } from '../../timeline/text-input.ts';
import type { CueStyle, CueTransform, RangeStyle } from './cue.ts';

/** A caption to write into a file. */
export interface ExportCue {
  startUs: number;
  endUs: number;
  text: string;
  style: CueStyle;
  ranges: { start: number; end: number; style: RangeStyle }[];
  transform: CueTransform;
  /** Id that a person gave it. */
  id: string | undefined;
  /** Index of its track among those that are written. */
  lane: number;
  clip: NormalTextClip;
}

/** What a file cannot hold, each thing told once with the number of captions that have it. */
export class Losses {
  readonly #title: string;
  readonly #found = new Map<string, { count: number; pointer: string }>();

  constructor(title: string) {
    this.#title = title;
  }

  add(what: string, pointer: string): void {
    const known = this.#found.get(what);
    if (known === undefined) this.#found.set(what, { count: 1, pointer });
    else known.count++;
  }

  /** A thing of a caption that is lost when it has a value. */
  cue({ clip }: ExportCue, what: string, value: unknown, neutral?: unknown): void {
    if (value === undefined || value === neutral) return;
    this.add(what, `/tracks/${clip.trackIndex}/clips/${clip.index}`);
  }

  finish(): Problem[] {
    return [...this.#found].map(([what, { count, pointer }]) => ({
      code: 'DR161',
      severity: 'warning',
      pointer,
      message: `${what}${count === 1 ? '' : ` of ${count} captions`} dropped: ${this.#title} has no place for it`,
    }));
  }
}

/**
 * The captions of a timeline in the order of time: those of caption tracks, or of all text tracks when no track is
 * one. What is on other tracks is lost.
 */
export function exportCues({ tracks }: NormalTimeline, losses: Losses): ExportCue[] {
  const texts = tracks.filter(({ type, clips }) => type === 'text' && clips.length > 0);
  const captions = texts.filter(({ captions: isCaptions }) => isCaptions);
  const written = captions.length > 0 ? captions : texts;
  for (const track of tracks) {
    if (written.includes(track) || track.clips.length === 0) continue;
    losses.add(
      `${track.type} track ${track.name === undefined ? track.index : JSON.stringify(track.name)}`,
      `/tracks/${track.index}`,
    );
  }
  const cues = written.flatMap(({ clips }, lane) =>
    (clips as NormalTextClip[]).map((clip) => cueOf(clip, lane)),
  );
  for (const cue of cues) {
    for (const key of ['animations', 'bubble', 'decoration', 'keyframes', 'template'] as const)
      losses.cue(cue, key, cue.clip.input[key]);
    for (const key of ['font', 'letterSpacing', 'lineSpacing'] as const)
      losses.cue(cue, `style.${key}`, cue.style[key], 0);
    for (const key of ['scale', 'scaleX', 'scaleY'] as const)
      losses.cue(cue, `transform.${key}`, cue.transform[key], 1);
    for (const key of ['flipX', 'flipY'] as const)
      losses.cue(cue, `transform.${key}`, cue.transform[key], false);
    losses.cue(cue, 'transform.opacity', cue.transform.opacity, 1);
    for (const { style } of cue.ranges)
      for (const key of ['font', 'shadow'] as const) losses.cue(cue, `${key} of a range`, style[key]);
  }
  return cues.sort((a, b) => a.startUs - b.startUs || a.lane - b.lane);
}

function cueOf(clip: NormalTextClip, lane: number): ExportCue {
  const { input, startUs, durationUs, written } = clip;
  return {
    startUs,
    endUs: startUs + durationUs,
    text: shownTexts(input).join('\n'),
    style: input.style ?? {},
    ranges: input.ranges ?? [],
    transform: input.transform ?? {},
    id: written.id,
    lane,
    clip,
  };
}

/** The text in parts of one style each; parts without a range have an empty one. */
export function styledParts({ text, ranges }: ExportCue): { text: string; style: RangeStyle }[] {
  const parts: { text: string; style: RangeStyle }[] = [];
  let at = 0;
  for (const { start, end, style } of [...ranges].sort((a, b) => a.start - b.start)) {
    if (start > at) parts.push({ text: text.slice(at, start), style: {} });
    parts.push({ text: text.slice(Math.max(at, start), end), style });
    at = Math.max(at, end);
  }
  parts.push({ text: text.slice(at), style: {} });
  return parts.filter((part) => part.text !== '');
}

/** What a style of a whole caption means for each of its parts; white is what all captions are. */
export function wholeStyle({ style: { bold, italic, underline, color } }: ExportCue): RangeStyle {
  return {
    ...(bold === true ? { bold } : {}),
    ...(italic === true ? { italic } : {}),
    ...(underline === true ? { underline } : {}),
    ...(color === undefined || hexOf(color) === '#FFFFFF' ? {} : { color }),
  };
}

/** A colour as `#RRGGBB`. */
export function hexOf(color: string | readonly number[]): string {
  const { rgb } = parseColor(color);
  return `#${rgb
    .map((part) =>
      Math.round(part * 255)
        .toString(16)
        .padStart(2, '0'),
    )
    .join('')
    .toUpperCase()}`;
}

/** Rows of the nine places that all formats know. */
export const ROWS: readonly number[] = [-0.8, 0, 0.8];

/** `HH:MM:SS` and a fraction of the given number of digits. */
export function clockText(us: number, point: string, digits: 2 | 3): string {
  const scale = 10 ** digits;
  const ticks = Math.round((us * scale) / 1_000_000);
  const pad = (value: number, width = 2): string => String(value).padStart(width, '0');
  const seconds = Math.floor(ticks / scale);
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  return `${pad(hours)}:${pad(minutes)}:${pad(seconds % 60)}${point}${pad(ticks % scale, digits)}`;
}
