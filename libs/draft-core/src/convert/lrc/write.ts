import type { ExportCue, Losses } from '../subtitles/export-cues.ts';

/** Writes captions as lyrics: text and times, nothing else. A pause is a line without text. */
export function writeLrc(cues: readonly ExportCue[], name: string, losses: Losses): string {
  const lines = [`[ti:${name.replace(/[[\]\r\n]+/g, ' ').trim()}]`];
  for (const [index, cue] of cues.entries()) {
    reportLost(cue, losses);
    lines.push(`${stamp(cue.startUs)}${cue.text.replace(/\s*\n\s*/g, ' ')}`);
    const next = cues[index + 1];
    if (next === undefined || next.startUs > cue.endUs) lines.push(stamp(cue.endUs));
    else if (next.startUs < cue.endUs) losses.cue(cue, 'the overlap', true);
  }
  return `${lines.join('\n')}\n`;
}

function reportLost(cue: ExportCue, losses: Losses): void {
  const { size, align, autoWrap, font: _, ...style } = cue.style;
  const { y, ...transform } = cue.transform;
  for (const [key, value] of Object.entries(style)) losses.cue(cue, `style.${key}`, value || undefined);
  losses.cue(cue, 'style.size', size, 5);
  losses.cue(cue, 'style.align', align, 'center');
  losses.cue(cue, 'style.autoWrap', autoWrap, true);
  losses.cue(cue, 'transform.y', y, -0.8);
  for (const key of ['x', 'rotation'] as const) losses.cue(cue, `transform.${key}`, transform[key], 0);
  if (cue.ranges.length > 0) losses.cue(cue, 'the styles of parts', true);
  if (cue.text.includes('\n')) losses.cue(cue, 'line breaks', true);
}

/** Hundredths are usual; thousandths where they are needed. */
function stamp(us: number): string {
  const ms = Math.round(us / 1000);
  const digits = ms % 10 === 0 ? 2 : 3;
  const fraction = String(Math.floor((ms % 1000) / (digits === 2 ? 10 : 1))).padStart(digits, '0');
  const seconds = Math.floor(ms / 1000);
  return `[${String(Math.floor(seconds / 60)).padStart(2, '0')}:${String(seconds % 60).padStart(2, '0')}.${fraction}]`;
}
