import { captionTracks } from '../../captions/caption-tracks.ts';
import type { Clip } from '../../timeline/schema.ts';
import type { Fields } from '../fields.ts';
import { readSrt } from '../srt/read.ts';
import { LineFindings } from '../subtitles/line-findings.ts';
import { orderedCues } from '../subtitles/timeline.ts';
import { defined } from '../values.ts';
import type { DraftState } from './draft.ts';
import { readStyle } from './text.ts';
import { readTransform, secondsUs } from './values.ts';

/** `add_subtitle`: SRT text becomes caption tracks. */
export function addSubtitle(fields: Fields, { builder, findings, options, canvas }: DraftState): void {
  const offsetUs = secondsUs(fields, 'time_offset') ?? 0;
  const style = defined({
    ...readStyle(fields, { color: '#FFFFFF', size: 5 }),
    bold: fields.flag('bold') || undefined,
    italic: fields.flag('italic') || undefined,
    underline: fields.flag('underline') || undefined,
  });
  const transform = { y: -0.8, ...readTransform(fields, -0.8) };
  const name = fields.text('track_name') ?? 'subtitle';
  const text = fields.text('srt');
  if (text === undefined || /^\s*https?:\/\//i.test(text)) {
    const what = text === undefined ? 'is missing' : 'is an address, which is not fetched here';
    fields.error('DR165', `${fields.place}.srt ${what}`, { hint: 'give the text of the subtitles' }, 'srt');
    return;
  }
  const lines = new LineFindings({ lenient: options.lenient });
  // Some callers escape their line ends twice.
  const srt = text.includes('\n') ? text : text.replaceAll('\\n', '\n');
  const cues = orderedCues(readSrt(srt, options, lines), lines);
  for (const { code, severity, message, hint } of lines.finish()) {
    findings.report(
      code,
      severity,
      fields.pointer('srt'),
      `${fields.place}.srt: ${message}`,
      hint === undefined ? {} : { hint },
    );
  }
  const moved = cues.map((cue) => ({
    ...cue,
    startUs: cue.startUs + offsetUs,
    endUs: cue.endUs + offsetUs,
    style: { ...style, ...cue.style },
    transform: { ...transform, ...cue.transform },
  }));
  const made = captionTracks(moved, { name, fps: canvas.fps });
  for (const { code, severity, message, hint } of made.problems) {
    findings.report(
      code,
      severity,
      fields.pointer('srt'),
      `${fields.place}.srt: ${message}`,
      hint === undefined ? {} : { hint },
    );
  }
  for (const { type, clips, ...more } of made.tracks) {
    const track = builder.addTrack(type, more, fields.path);
    for (const clip of clips as Clip[]) builder.addClip(track, clip, fields.path);
  }
}
