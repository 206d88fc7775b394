import { type CharacterCount, countCharacters, linesOf } from '../text/characters.ts';
import { clipPlace, clipPointer, type NormalTextClip } from '../timeline/model.ts';
import { formatUs } from '../timeline/time.ts';
import type { Rule, RuleContext } from './rule.ts';

/** DR110, DR114, DR115, DR116, DR117: captions can be read in the time they are shown. */
export const captionReading: Rule = {
  warnsOnly: true,
  clip(clip, track, context) {
    if (clip.kind !== 'text' || !track.captions) return;
    checkCharacters(clip, context);
    if (!clip.broken) checkTime(clip, context);
  },
};

function checkCharacters(clip: NormalTextClip, context: RuleContext): void {
  const { captionLimits, report } = context;
  const lines = linesOf(clip.input.text);
  if (lines.length > captionLimits.lines) {
    const message = `${clipPlace(clip)}: ${lines.length} lines (at most ${captionLimits.lines})`;
    report('DR115', 'warning', clipPointer(clip, 'text'), message, { hint: 'split the caption' });
  }
  const { charactersPerLine, charactersPerLineCjk, charactersPerSecond, charactersPerSecondCjk } =
    captionLimits;
  // There are never more characters than UTF-16 units, and those need no counting.
  const perLine = Math.min(charactersPerLine, charactersPerLineCjk);
  const perSecond = Math.min(charactersPerSecond, charactersPerSecondCjk);
  const mayBeLong = lines.some((line) => line.length > perLine);
  const mayBeFast = !clip.broken && clip.input.text.length > perSecond * secondsOf(clip);
  if (!mayBeLong && !mayBeFast) return;
  const counts = lines.map(countCharacters);
  for (const count of counts) checkLine(clip, count, context);
  if (!mayBeFast) return;
  const visible = counts.reduce((sum, count) => sum + count.visible, 0);
  const cjk = counts.reduce((sum, count) => sum + count.cjk, 0);
  checkSpeed(clip, { visible, cjk }, context);
}

function isMostlyCjk({ visible, cjk }: CharacterCount): boolean {
  return cjk > visible / 2;
}

function secondsOf({ statedUs }: NormalTextClip): number {
  return statedUs / 1_000_000;
}

function checkLine(
  clip: NormalTextClip,
  count: CharacterCount,
  { captionLimits, report }: RuleContext,
): void {
  const limit = isMostlyCjk(count) ? captionLimits.charactersPerLineCjk : captionLimits.charactersPerLine;
  if (count.visible <= limit) return;
  const message = `${clipPlace(clip)}: line of ${count.visible} characters (at most ${limit})`;
  report('DR114', 'warning', clipPointer(clip, 'text'), message, { hint: 'break the line between words' });
}

function checkSpeed(
  clip: NormalTextClip,
  count: CharacterCount,
  { captionLimits, report }: RuleContext,
): void {
  const limit = isMostlyCjk(count) ? captionLimits.charactersPerSecondCjk : captionLimits.charactersPerSecond;
  if (count.visible <= limit * secondsOf(clip)) return;
  const rate = Number((count.visible / secondsOf(clip)).toFixed(1));
  const neededUs = Math.ceil((count.visible / limit) * 1_000_000);
  const message = `${clipPlace(clip)}: ${rate} characters per second are too fast to read (at most ${limit})`;
  report('DR110', 'warning', clipPointer(clip, 'duration'), message, {
    hint: `show it for ${formatUs(neededUs)}, or cut the text`,
  });
}

function checkTime(clip: NormalTextClip, { captionLimits, report }: RuleContext): void {
  const { shortestUs, longestUs } = captionLimits;
  const shown = `${clipPlace(clip)}: on screen for ${formatUs(clip.statedUs)}`;
  if (clip.statedUs < shortestUs) {
    const message = `${shown}, less than ${formatUs(shortestUs)}`;
    report('DR116', 'warning', clipPointer(clip, 'duration'), message, { hint: 'lengthen it' });
  } else if (clip.statedUs > longestUs) {
    const message = `${shown}, more than ${formatUs(longestUs)}`;
    report('DR117', 'warning', clipPointer(clip, 'duration'), message, { hint: 'split the caption' });
  }
}
