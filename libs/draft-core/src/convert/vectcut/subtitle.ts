import type { Fields } from '../fields.ts';
import { addSrtTracks } from '../subtitles/srt-tracks.ts';
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
  addSrtTracks(
    {
      // Some callers escape their line ends twice.
      text: text.includes('\n') ? text : text.replaceAll('\\n', '\n'),
      pointer: fields.pointer('srt'),
      place: `${fields.place}.srt`,
      offsetUs,
      tracks: { name, fps: canvas.fps, style, transform },
      path: fields.path,
    },
    builder,
    options,
    findings,
  );
}
