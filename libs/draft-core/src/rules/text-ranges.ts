import { clipPlace, clipPointer, type NormalTextClip, type NormalTextRange } from '../timeline/model.ts';
import { placesOf } from '../timeline/text-input.ts';
import type { Rule, RuleContext } from './rule.ts';

/** DR100, DR101: styled parts of a text are in order, apart, inside of it, and cut no character in two. */
export const textRanges: Rule = {
  clip(clip, _track, context) {
    if (clip.kind !== 'text' || clip.input.ranges === undefined) return;
    checkWords(clip, context);
    const { text, ranges } = clip.input;
    const inWords = clip.written.ranges!.some((range) => 'match' in range);
    const other = inWords ? undefined : otherUnit(text, ranges);
    if (other === undefined) checkPlaces(clip, ranges, context);
    else {
      const may = other.isCertain ? 'count' : 'seem to count';
      const message = `${clipPlace(clip)}.ranges ${may} ${other.unit}: they end at ${ranges.at(-1)!.end}, the text has ${text.length} UTF-16 units`;
      context.report('DR100', other.isCertain ? 'error' : 'warning', clipPointer(clip, 'ranges'), message, {
        hint: 'count UTF-16 code units, or give the words as `match`',
      });
    }
  },
};

function checkWords(clip: NormalTextClip, { report }: RuleContext): void {
  for (const [index, range] of clip.written.ranges!.entries()) {
    if (!('match' in range) || placesOf(clip.written.text, range).length > 0) continue;
    const { match, occurrence } = range;
    const found = placesOf(clip.written.text, { match, style: {} }).length;
    const often = found === 0 ? 'is not in the text' : `is in the text ${found} times, not ${occurrence}`;
    const message = `${clipPlace(clip)}.ranges[${index}]: ${JSON.stringify(match)} ${often}`;
    report('DR101', 'error', clipPointer(clip, 'ranges', index), message, {
      hint: 'words are compared letter by letter',
    });
  }
}

/**
 * What places count that are not UTF-16 units but cover the text to its end. Places that lie side by side from the
 * start and end short by what emoji take twice count code points, most likely: it is certain when they cut one in two,
 * else the end of the text may have been left alone on purpose.
 */
function otherUnit(
  text: string,
  ranges: readonly NormalTextRange[],
): { unit: string; isCertain: boolean } | undefined {
  const end = ranges.at(-1)?.end;
  if (end === undefined || text.length === 0) return undefined;
  if (end === 2 * text.length) return { unit: 'bytes', isCertain: true };
  if (end >= text.length || !/[\uD800-\uDBFF]/.test(text) || end !== [...text].length) return undefined;
  const isTiled = ranges.every(
    (range, index) => range.start === (index === 0 ? 0 : ranges[index - 1]!.end) && range.end > range.start,
  );
  if (!isTiled) return undefined;
  return { unit: 'code points', isCertain: ranges.some((range) => cutsCharacter(text, range.end)) };
}

function checkPlaces(
  clip: NormalTextClip,
  ranges: readonly NormalTextRange[],
  { report }: RuleContext,
): void {
  const { text } = clip.input;
  let lastEnd = 0;
  for (const { start, end, index } of ranges) {
    const why = [
      start >= end ? 'is empty' : '',
      end > text.length ? `ends after the text of ${text.length} UTF-16 units` : '',
      start < lastEnd ? `starts before the range in front of it ends (${lastEnd})` : '',
      cutsCharacter(text, start) || cutsCharacter(text, end) ? 'cuts a character in two' : '',
    ].filter((reason) => reason !== '');
    lastEnd = Math.max(lastEnd, end);
    if (why.length === 0) continue;
    const message = `${clipPlace(clip)}.ranges[${index}]: [${start}, ${end}) ${why.join(' and ')}`;
    report('DR101', 'error', clipPointer(clip, 'ranges', index), message, {
      hint: 'ranges count UTF-16 code units, in order, without overlap',
    });
  }
}

function cutsCharacter(text: string, at: number): boolean {
  const before = text.charCodeAt(at - 1);
  const after = text.charCodeAt(at);
  return before >= 0xd800 && before <= 0xdbff && after >= 0xdc00 && after <= 0xdfff;
}
