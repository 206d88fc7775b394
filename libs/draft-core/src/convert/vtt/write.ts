import {
  clockText,
  type ExportCue,
  hexOf,
  type Losses,
  styledParts,
  wholeStyle,
} from '../subtitles/export-cues.ts';
import { tidy } from '../values.ts';

/** Colours that every player knows as a class. */
const classes: Readonly<Record<string, string>> = {
  '#FFFFFF': 'white',
  '#00FF00': 'lime',
  '#00FFFF': 'cyan',
  '#FF0000': 'red',
  '#FFFF00': 'yellow',
  '#FF00FF': 'magenta',
  '#0000FF': 'blue',
  '#000000': 'black',
};

/** Writes captions as WebVTT. */
export function writeVtt(cues: readonly ExportCue[], losses: Losses): string {
  const blocks = cues.map((cue) => {
    const times = `${clockText(cue.startUs, '.', 3)} --> ${clockText(cue.endUs, '.', 3)}`;
    const id = cue.id === undefined || /-->|[\r\n]/.test(cue.id) ? '' : `${cue.id}\n`;
    // A blank line ends a cue.
    const text = styled(cue, losses).replace(/\n(?:[ \t]*\n)+/g, '\n\u00A0\n');
    return `${id}${[times, ...settings(cue, losses)].join(' ')}\n${text}\n`;
  });
  return ['WEBVTT\n', ...blocks].join('\n');
}

function styled(cue: ExportCue, losses: Losses): string {
  const whole = wholeStyle(cue);
  for (const key of ['border', 'background', 'shadow'] as const)
    losses.cue(cue, `style.${key}`, cue.style[key]);
  losses.cue(cue, 'style.size', cue.style.size, 5);
  losses.cue(cue, 'style.opacity', cue.style.opacity, 1);
  losses.cue(cue, 'style.autoWrap', cue.style.autoWrap, true);
  if (/\n[ \t]*\n/.test(cue.text)) losses.cue(cue, 'a blank line inside', true);
  return styledParts(cue)
    .map(({ text, style }) => {
      for (const key of ['size', 'opacity', 'border'] as const)
        losses.cue(cue, `${key} of a range`, style[key]);
      const look = { ...whole, ...style };
      let result = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
      if (look.underline) result = `<u>${result}</u>`;
      if (look.italic) result = `<i>${result}</i>`;
      if (look.bold) result = `<b>${result}</b>`;
      const name = look.color === undefined ? undefined : classes[hexOf(look.color)];
      if (name === undefined)
        losses.cue(cue, `the colour ${look.color === undefined ? '' : hexOf(look.color)}`, look.color);
      return name === undefined ? result : `<c.${name}>${result}</c>`;
    })
    .join('');
}

function settings(cue: ExportCue, losses: Losses): string[] {
  const { align = 'center', vertical, maxLineWidth } = cue.style;
  const { x = 0, y = 0, rotation } = cue.transform;
  losses.cue(cue, 'transform.rotation', rotation, 0);
  const written: string[] = [];
  const line = tidy(((1 - y) / 2) * 100);
  if (y !== -0.8) {
    if (line >= 0 && line <= 100) written.push(`line:${line}%`);
    else losses.cue(cue, 'transform.y', y);
  }
  if (x !== 0) {
    const position = positionOf(tidy(((x + 1) / 2) * 100), align, maxLineWidth);
    if (position >= 0 && position <= 100) written.push(`position:${position}%`);
    else losses.cue(cue, 'transform.x', x);
  }
  if (maxLineWidth !== undefined) written.push(`size:${tidy(maxLineWidth * 100)}%`);
  if (align !== 'center') written.push(`align:${align}`);
  if (vertical === true) written.push('vertical:rl');
  return written;
}

/** Where the text starts, from where its middle is. */
function positionOf(centre: number, align: string, width: number | undefined): number {
  const half = width === undefined ? undefined : (width * 100) / 2;
  if (align === 'left') return tidy(half === undefined ? 2 * centre - 100 : centre - half);
  if (align === 'right') return tidy(half === undefined ? 2 * centre : centre + half);
  return centre;
}
