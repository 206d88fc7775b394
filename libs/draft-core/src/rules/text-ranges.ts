import { clipPlace, clipPointer } from '../timeline/model.ts';
import type { Rule } from './rule.ts';

/** DR101: styled parts of a text are in order, apart, inside of it, and cut no character in two. */
export const textRanges: Rule = {
  clip(clip, _track, { report }) {
    if (clip.kind !== 'text' || clip.input.ranges === undefined) return;
    const { text, ranges } = clip.input;
    let lastEnd = 0;
    for (const [index, { start, end }] of ranges.entries()) {
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
  },
};

function cutsCharacter(text: string, at: number): boolean {
  const before = text.charCodeAt(at - 1);
  const after = text.charCodeAt(at);
  return before >= 0xd800 && before <= 0xdbff && after >= 0xdc00 && after <= 0xdfff;
}
