import { formatPointer, type PathSegment } from '@cozecut/problems';
import { parseColor } from '../timeline/color.ts';
import { clipPlace, clipPointer } from '../timeline/model.ts';
import type { Report } from '../timeline/report.ts';
import type { ClipOf } from '../timeline/schema.ts';
import type { Rule } from './rule.ts';

type Style = NonNullable<ClipOf<'text'>['style']>;
type Color = string | readonly number[];

/** DR102, DR106, DR107: a text says something, in a style that the editor has. */
export const text: Rule = {
  track({ index, defaults }, { report }) {
    if (defaults?.style === undefined) return;
    const owner = { path: ['tracks', index, 'defaults', 'style'], place: `tracks[${index}].defaults` };
    checkStyle(defaults.style, () => owner, report);
  },
  clip(clip, _track, { report }) {
    if (clip.kind !== 'text') return;
    if (clip.input.text.trim() === '') {
      report('DR102', 'error', clipPointer(clip, 'text'), `${clipPlace(clip)}: empty text`, {
        hint: 'remove the clip',
      });
    }
    const { style, ranges = [] } = clip.written;
    const ownerOf = (...path: PathSegment[]): Owner => ({
      place: clipPlace(clip),
      path: ['tracks', clip.trackIndex, 'clips', clip.index, ...path],
    });
    if (style !== undefined) checkStyle(style, () => ownerOf('style'), report);
    for (const [index, range] of ranges.entries()) {
      checkStyle(range.style, () => ownerOf('ranges', index, 'style'), report);
    }
  },
};

/** Whose style it is, in words, and the path of the style. */
interface Owner {
  place: string;
  path: readonly PathSegment[];
}

type Of<Value> = readonly [key: string, of: (style: Style) => Value | undefined];

const FRACTIONS: readonly Of<number>[] = [
  ['opacity', ({ opacity }) => opacity],
  ['border.opacity', ({ border }) => border?.opacity],
  ['shadow.opacity', ({ shadow }) => shadow?.opacity],
  ['background.opacity', ({ background }) => background?.opacity],
  ['background.roundRadius', ({ background }) => background?.roundRadius],
  ['background.height', ({ background }) => background?.height],
  ['background.width', ({ background }) => background?.width],
  ['background.horizontalOffset', ({ background }) => background?.horizontalOffset],
  ['background.verticalOffset', ({ background }) => background?.verticalOffset],
];

const COLORS: readonly Of<Color>[] = [
  ['color', ({ color }) => color],
  ['border.color', ({ border }) => border?.color],
  ['shadow.color', ({ shadow }) => shadow?.color],
];

/**
 * Captions come by the thousand, so nothing is made for a style that is right.
 *
 * @param owner - Asked only when something is wrong.
 */
function checkStyle(style: Style, owner: () => Owner, report: Report): void {
  const complain = (code: string, key: string, why: string): void => {
    const { place, path } = owner();
    report(code, 'error', formatPointer([...path, ...key.split('.')]), `${place}: text ${key} ${why}`);
  };
  const { size, maxLineWidth } = style;
  if (size !== undefined && !(size > 0)) complain('DR107', 'size', `must be > 0 (got ${size})`);
  if (maxLineWidth !== undefined && !(maxLineWidth > 0 && maxLineWidth <= 1)) {
    complain('DR107', 'maxLineWidth', `must be more than 0 and at most 1 (got ${maxLineWidth})`);
  }
  for (const [key, of] of FRACTIONS) {
    const value = of(style);
    if (value !== undefined && !(value >= 0 && value <= 1))
      complain('DR106', key, `must be 0 to 1 (got ${value})`);
  }
  for (const [key, of] of COLORS) {
    const color = of(style);
    if (color === undefined || isColor(color)) continue;
    complain('DR106', key, `components must be 0 to 1 (got ${JSON.stringify(color)})`);
  }
  const angle = style.shadow?.angle;
  if (angle !== undefined && !(angle >= -180 && angle <= 180)) {
    complain('DR106', 'shadow.angle', `must be -180 to 180 (got ${angle})`);
  }
}

function isColor(color: Color): boolean {
  if (typeof color === 'string' && /^#[0-9a-f]{6}/i.test(color)) return true;
  return parseColor(color).rgb.every((part) => part >= 0 && part <= 1);
}
