import { clipPlace, clipPointer, type NormalTextClip } from '../timeline/model.ts';
import type { ClipOf } from '../timeline/schema.ts';
import { reportMissingFile } from './media.ts';
import type { Rule, RuleContext } from './rule.ts';

type Font = NonNullable<NonNullable<ClipOf<'text'>['style']>['font']>;

/** DR093, DR120, DR121, DR162: font files that are brought along. */
export const fonts: Rule = {
  clip(clip, _track, context) {
    if (clip.kind !== 'text') return;
    checkFont(clip, clip.input.style?.font, ['style'], context);
    for (const [index, { style }] of (clip.input.ranges ?? []).entries()) {
      checkFont(clip, style.font, ['ranges', index, 'style'], context);
    }
  },
};

function checkFont(
  clip: NormalTextClip,
  font: Font | undefined,
  path: (string | number)[],
  { facts, report }: RuleContext,
): void {
  if (font?.file === undefined) return;
  const { file } = font;
  const place = `${clipPlace(clip)}: font file`;
  if ((font.name ?? font.id ?? font.effectId) !== undefined) {
    const message = `${place} ${JSON.stringify(file)}: choose a file or a font of the app`;
    report('DR162', 'error', clipPointer(clip, ...path, 'font'), message, { hint: 'remove one' });
  }
  if (facts === undefined) return;
  const pointer = clipPointer(clip, ...path, 'font', 'file');
  const known = facts.get(file);
  if (known === undefined) reportMissingFile(file, `${clipPlace(clip)}.font`, pointer, report);
  else if (known.kind !== 'font') {
    report('DR093', 'error', pointer, `${place} "${file}" is a ${known.kind}, not a font`, {
      hint: 'use a TTF, OTF or TTC file',
    });
  }
}
