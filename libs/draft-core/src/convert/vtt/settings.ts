import { ownValue } from '../../own-value.ts';
import type { Cue, CueStyle, CueTransform } from '../subtitles/cue.ts';
import type { LineFindings } from '../subtitles/line-findings.ts';
import { tidy, unlessEmpty } from '../values.ts';

const aligns: Readonly<Record<string, CueStyle['align']>> = {
  start: 'left',
  left: 'left',
  center: 'center',
  middle: 'center',
  end: 'right',
  right: 'right',
};

/** Reads the settings behind the times of a cue: `line:85% position:10% align:start`. */
export function readSettings(
  settings: readonly string[],
  number: number,
  findings: LineFindings,
): Pick<Cue, 'style' | 'transform'> {
  const style: CueStyle = {};
  const transform: CueTransform = {};
  let positionPercent: number | undefined;
  for (const setting of settings) {
    const [key = '', value = ''] = setting.split(/:(.*)/s);
    const [main = '', anchor] = value.split(',');
    const share = percentOf(main);
    if (key === 'line' && placeLine(main, share, transform)) noteAnchor(anchor, key);
    else if (key === 'position' && share !== undefined) {
      positionPercent = share;
      noteAnchor(anchor, key);
    } else if (key === 'size' && share !== undefined) style.maxLineWidth = tidy(share / 100);
    else if (key === 'align' && ownValue(aligns, value) !== undefined) style.align = ownValue(aligns, value)!;
    else if (key === 'vertical' && (value === 'rl' || value === 'lr')) style.vertical = true;
    else findings.dropped(number, `the setting ${setting}`);
  }
  if (positionPercent !== undefined) transform.x = tidy((2 * centre(positionPercent, style)) / 100 - 1);
  return {
    ...(unlessEmpty(style) === undefined ? {} : { style }),
    ...(unlessEmpty(transform) === undefined ? {} : { transform }),
  };

  function noteAnchor(anchor: string | undefined, key: string): void {
    if (anchor !== undefined) findings.dropped(number, `the anchor "${anchor}" of the setting ${key}`);
  }
}

/** A position is that of the edge at which the text starts, a transform that of its middle. */
function centre(position: number, { align, maxLineWidth }: CueStyle): number {
  if (align === 'left') return position + Math.min((maxLineWidth ?? 1) * 100, 100 - position) / 2;
  if (align === 'right') return position - Math.min((maxLineWidth ?? 1) * 100, position) / 2;
  return position;
}

function percentOf(text: string): number | undefined {
  const value = /^(\d{1,3}(?:\.\d+)?)%$/.exec(text)?.[1];
  return value === undefined || Number(value) > 100 ? undefined : Number(value);
}

/** A line number counts rows of text, whose height nobody knows; only the outermost rows are sure. */
function placeLine(text: string, share: number | undefined, transform: CueTransform): boolean {
  if (share !== undefined) transform.y = tidy(1 - (2 * share) / 100);
  else if (text === '0' || text === '1') transform.y = 0.8;
  else if (text === '-1' || text === '-2') transform.y = -0.8;
  else return false;
  return true;
}
