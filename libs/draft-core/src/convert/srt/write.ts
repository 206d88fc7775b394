import { numpadCode } from '../ass/alignment.ts';
import {
  clockText,
  type ExportCue,
  hexOf,
  type Losses,
  ROWS,
  styledParts,
  wholeStyle,
} from '../subtitles/export-cues.ts';

/** Writes captions as SubRip. */
export function writeSrt(cues: readonly ExportCue[], losses: Losses): string {
  return cues
    .map((cue, index) => {
      const times = `${clockText(cue.startUs, ',', 3)} --> ${clockText(cue.endUs, ',', 3)}`;
      return `${index + 1}\n${times}\n${place(cue, losses)}${styled(cue, losses)}\n`;
    })
    .join('\n');
}

function styled(cue: ExportCue, losses: Losses): string {
  const whole = wholeStyle(cue);
  for (const key of ['border', 'background', 'shadow', 'vertical', 'maxLineWidth'] as const)
    losses.cue(cue, `style.${key}`, cue.style[key]);
  losses.cue(cue, 'style.size', cue.style.size, 5);
  losses.cue(cue, 'style.opacity', cue.style.opacity, 1);
  losses.cue(cue, 'style.autoWrap', cue.style.autoWrap, true);
  return styledParts(cue)
    .map(({ text, style }) => {
      for (const key of ['size', 'opacity', 'border'] as const)
        losses.cue(cue, `${key} of a range`, style[key]);
      if (/<\/?[biu]>|<\/?font|\{\\|-->/i.test(text))
        losses.cue(cue, 'the difference between text and markup', true);
      const look = { ...whole, ...style };
      let result = text.replaceAll('-->', '\u2192');
      if (look.underline) result = `<u>${result}</u>`;
      if (look.italic) result = `<i>${result}</i>`;
      if (look.bold) result = `<b>${result}</b>`;
      return look.color === undefined ? result : `<font color="${hexOf(look.color)}">${result}</font>`;
    })
    .join('');
}

function place(cue: ExportCue, losses: Losses): string {
  const { align = 'center' } = cue.style;
  const { x = 0, y = 0, rotation } = cue.transform;
  losses.cue(cue, 'transform.x', x, 0);
  losses.cue(cue, 'transform.rotation', rotation, 0);
  if (!ROWS.includes(y)) losses.cue(cue, 'the exact transform.y', y);
  const code = numpadCode({ align, y });
  return code === 2 ? '' : `{\\an${code}}`;
}
