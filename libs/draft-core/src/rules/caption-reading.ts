import { countCharacters, linesOf } from '../text/characters.ts';
import { clipPlace, clipPointer, type NormalTextClip } from '../timeline/model.ts';
import { formatUs } from '../timeline/time.ts';
import type { Rule, RuleContext } from './rule.ts';

/** DR110, DR114, DR115, DR116, DR117: captions can be read in the time they are shown. */
export const captionReading: Rule = {
  clip(clip, track, context) {
    if (clip.kind !== 'text' || !track.captions) return;
    checkLines(clip, context);
    if (clip.broken) return;
    checkSpeed(clip, context);
    checkTime(clip, context);
  },
};

function checkSpeed(clip: NormalTextClip, { captionLimits, report }: RuleContext): void {
  const { charactersPerSecond, charactersPerSecondCjk } = captionLimits;
  const { text } = clip.input;
  const seconds = clip.statedUs / 1_000_000;
  // There are never more characters than UTF-16 units.
  if (text.length <= Math.min(charactersPerSecond, charactersPerSecondCjk) * seconds) return;
  const { visible, isCjk } = countCharacters(text);
  const limit = isCjk ? charactersPerSecondCjk : charactersPerSecond;
  if (visible <= limit * seconds) return;
  const rate = Number((visible / seconds).toFixed(1));
  const neededUs = Math.ceil((visible / limit) * 1_000_000);
  const message = `${clipPlace(clip)}: ${rate} characters per second are too fast to read (at most ${limit})`;
  report('DR110', 'warning', clipPointer(clip, 'duration'), message, {
    hint: `show it for ${formatUs(neededUs)}, or cut the text`,
  });
}

function checkLines(clip: NormalTextClip, { captionLimits, report }: RuleContext): void {
  const { charactersPerLine, charactersPerLineCjk } = captionLimits;
  const pointer = (): string => clipPointer(clip, 'text');
  const lines = linesOf(clip.input.text);
  if (lines.length > captionLimits.lines) {
    const message = `${clipPlace(clip)}: ${lines.length} lines (at most ${captionLimits.lines})`;
    report('DR115', 'warning', pointer(), message, { hint: 'split the caption' });
  }
  for (const line of lines) {
    if (line.length <= Math.min(charactersPerLine, charactersPerLineCjk)) continue;
    const { visible, isCjk } = countCharacters(line);
    const limit = isCjk ? charactersPerLineCjk : charactersPerLine;
    if (visible <= limit) continue;
    const message = `${clipPlace(clip)}: line of ${visible} characters (at most ${limit})`;
    report('DR114', 'warning', pointer(), message, { hint: 'break the line between words' });
  }
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
