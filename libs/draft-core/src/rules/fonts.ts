import { formatPointer, type PathSegment } from '@cozecut/problems';
import { clipPlace } from '../timeline/model.ts';
import type { ClipOf } from '../timeline/schema.ts';
import { reportMissingFile } from './media.ts';
import type { Rule, RuleContext } from './rule.ts';

type Font = NonNullable<NonNullable<ClipOf<'text'>['style']>['font']>;

/** DR093, DR120, DR121, DR162: font files that are brought along. */
export const fonts: Rule = {
  track({ index, defaults }, context) {
    const path = ['tracks', index, 'defaults', 'style', 'font'];
    checkFont(defaults?.style?.font, `tracks[${index}].defaults`, path, context);
  },
  clip(clip, _track, context) {
    if (clip.kind !== 'text') return;
    const { style, ranges = [] } = clip.written;
    if (style?.font === undefined && ranges.length === 0) return;
    const path = ['tracks', clip.trackIndex, 'clips', clip.index];
    checkFont(style?.font, clipPlace(clip), [...path, 'style', 'font'], context);
    for (const [index, range] of ranges.entries()) {
      const at = [...path, 'ranges', index, 'style', 'font'];
      checkFont(range.style.font, clipPlace(clip), at, context);
    }
  },
};

function checkFont(
  font: Font | undefined,
  owner: string,
  path: readonly PathSegment[],
  { facts, unseen, report }: RuleContext,
): void {
  if (font?.file === undefined) return;
  const { file } = font;
  if ((font.name ?? font.id ?? font.effectId) !== undefined) {
    const message = `${owner}: choose a font file, "${file}", or a font of the app`;
    report('DR162', 'error', formatPointer(path), message, { hint: 'remove one' });
  }
  if (facts === undefined || unseen.has(file)) return;
  const pointer = formatPointer([...path, 'file']);
  const known = facts.get(file);
  if (known === undefined) reportMissingFile(file, `${owner}: font file`, pointer, report);
  else if (known.kind !== 'font') {
    report('DR093', 'error', pointer, `${owner}: font file "${file}" is a ${known.kind}, not a font`, {
      hint: 'use a TTF, OTF or TTC file',
    });
  }
}
