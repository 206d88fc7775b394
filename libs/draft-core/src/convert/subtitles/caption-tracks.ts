import type { Problem } from '@cozecut/problems';
import type { ClipOf, Track } from '../../timeline/schema.ts';
import { defined } from '../values.ts';
import { type Cue, type CueStyle, type CueTransform, captionDefaults } from './cue.ts';

/** What all cues have in common. */
export interface CaptionOptions {
  style?: CueStyle;
  transform?: CueTransform;
  /** Name of the first track. */
  name: string;
}

/**
 * Text tracks with a clip for each cue, in microseconds. Cues that overlap go to extra tracks, and a warning says how
 * many.
 */
export function captionTracks(
  cues: readonly Cue[],
  { style, transform, name }: CaptionOptions,
): { tracks: Track[]; problems: Problem[] } {
  const base = {
    style: { ...captionDefaults.style, ...style },
    transform: { ...captionDefaults.transform, ...transform },
  };
  const rows: { endUs: number; clips: ClipOf<'text'>[] }[] = [];
  let moved = 0;
  for (const cue of [...cues].sort((a, b) => a.startUs - b.startUs)) {
    const free = rows.findIndex(({ endUs }) => endUs <= cue.startUs);
    if (free !== 0 && rows.length > 0) moved++;
    if (free < 0) rows.push({ endUs: 0, clips: [] });
    const row = rows.at(free)!;
    row.endUs = cue.endUs;
    row.clips.push(clipOf(cue, base));
  }
  const tracks = rows.map(
    ({ clips }, index): Track => ({
      type: 'text',
      name: index === 0 ? name : `${name} ${index + 1}`,
      clips,
    }),
  );
  const problems: Problem[] =
    moved === 0
      ? []
      : [
          {
            code: 'DR164',
            severity: 'warning',
            message: `${moved === 1 ? '1 cue overlaps another and was moved' : `${moved} cues overlap others and were moved`} to an extra track`,
          },
        ];
  return { tracks, problems };
}

function clipOf(cue: Cue, base: { style: CueStyle; transform: CueTransform }): ClipOf<'text'> {
  return defined<ClipOf<'text'>>({
    id: cue.id,
    text: cue.text,
    start: cue.startUs,
    duration: cue.endUs - cue.startUs,
    style: { ...base.style, ...cue.style },
    ranges: cue.ranges !== undefined && cue.ranges.length > 0 ? cue.ranges : undefined,
    transform: { ...base.transform, ...cue.transform },
  });
}
