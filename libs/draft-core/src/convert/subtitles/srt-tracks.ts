import { type CaptionTracksOptions, captionTracks } from '../../captions/caption-tracks.ts';
import type { Clip } from '../../timeline/schema.ts';
import type { ConvertOptions } from '../converter.ts';
import type { Path } from '../fields.ts';
import type { Findings } from '../findings.ts';
import { readSrt } from '../srt/read.ts';
import type { TimelineBuilder } from '../timeline-builder.ts';
import { LineFindings } from './line-findings.ts';
import { orderedCues } from './timeline.ts';

/** Subtitles that are a part of another input. */
export interface SrtPart {
  text: string;
  /** Where it is named in the input: findings say so. */
  pointer: string;
  place: string;
  /** How much later all cues come. */
  offsetUs: number;
  /** Look, place and name of the tracks. */
  tracks: CaptionTracksOptions;
  path: Path;
}

/** Adds caption tracks for the cues of an SRT text. */
export function addSrtTracks(
  { text, pointer, place, offsetUs, tracks, path }: SrtPart,
  builder: TimelineBuilder,
  options: ConvertOptions,
  findings: Findings,
): void {
  const lines = new LineFindings({ lenient: options.lenient });
  const cues = orderedCues(readSrt(text, options, lines), lines).map((cue) => ({
    ...cue,
    startUs: cue.startUs + offsetUs,
    endUs: cue.endUs + offsetUs,
    ...(tracks.style === undefined ? {} : { style: { ...tracks.style, ...cue.style } }),
    ...(tracks.transform === undefined ? {} : { transform: { ...tracks.transform, ...cue.transform } }),
  }));
  const { style: _, transform: __, ...rest } = tracks;
  const made = captionTracks(cues, rest);
  for (const { code, severity, message, hint } of [...lines.finish(), ...made.problems]) {
    findings.report(code, severity, pointer, `${place}: ${message}`, hint === undefined ? {} : { hint });
  }
  for (const { type, clips, ...more } of made.tracks) {
    const track = builder.addTrack(type, more, path);
    for (const clip of clips as Clip[]) builder.addClip(track, clip, path);
  }
}
