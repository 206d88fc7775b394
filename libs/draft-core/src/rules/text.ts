import { formatPointer, type PathSegment } from '@cozecut/problems';
import { parseColor } from '../timeline/color.ts';
import { clipPlace, clipPointer } from '../timeline/model.ts';
import type { Report } from '../timeline/report.ts';
import type { ClipOf } from '../timeline/schema.ts';
import type { Rule } from './rule.ts';

type Style = NonNullable<ClipOf<'text'>['style']>;

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

/** @param owner - Asked only when something is wrong: captions come by the thousand. */
function checkStyle(style: Style, owner: () => Owner, report: Report): void {
  const complain = (code: string, key: string, why: string): void => {
    const { place, path } = owner();
    report(code, 'error', formatPointer([...path, ...key.split('.')]), `${place}: text ${key} ${why}`);
  };
  if (style.size !== undefined && !(style.size > 0))
    complain('DR107', 'size', `must be > 0 (got ${style.size})`);
  const { maxLineWidth } = style;
  if (maxLineWidth !== undefined && !(maxLineWidth > 0 && maxLineWidth <= 1)) {
    complain('DR107', 'maxLineWidth', `must be more than 0 and at most 1 (got ${maxLineWidth})`);
  }
  for (const [key, value] of fractions(style)) {
    if (value !== undefined && !(value >= 0 && value <= 1))
      complain('DR106', key, `must be 0 to 1 (got ${value})`);
  }
  const checkColor = (key: string, color: Style['color']): void => {
    if (color === undefined || isColor(color)) return;
    complain('DR106', key, `components must be 0 to 1 (got ${JSON.stringify(color)})`);
  };
  checkColor('color', style.color);
  checkColor('border.color', style.border?.color);
  checkColor('shadow.color', style.shadow?.color);
  const angle = style.shadow?.angle;
  if (angle !== undefined && !(angle >= -180 && angle <= 180)) {
    complain('DR106', 'shadow.angle', `must be -180 to 180 (got ${angle})`);
  }
}

function isColor(color: string | readonly number[]): boolean {
  if (typeof color === 'string' && /^#[0-9a-f]{6}/i.test(color)) return true;
  return parseColor(color).rgb.every((part) => part >= 0 && part <= 1);
}

function fractions({ opacity, border, background, shadow }: Style): [string, number | undefined][] {
  // Most styles have none of these, and captions come by the thousand.
  if ((opacity ?? border ?? background ?? shadow) === undefined) return [];
  return [
    ['opacity', opacity],
    ['border.opacity', border?.opacity],
    ['shadow.opacity', shadow?.opacity],
    ['background.opacity', background?.opacity],
    ['background.roundRadius', background?.roundRadius],
    ['background.height', background?.height],
    ['background.width', background?.width],
    ['background.horizontalOffset', background?.horizontalOffset],
    ['background.verticalOffset', background?.verticalOffset],
  ];
}
