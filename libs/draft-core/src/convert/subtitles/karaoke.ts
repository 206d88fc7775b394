import type { Cue, CueRange, TimedWord } from './cue.ts';
import type { LineFindings } from './line-findings.ts';

/** What becomes of words with times of their own. */
export type Karaoke = 'ranges' | 'words';

type PlacedCue = Cue & { line: number };

/** Applies the times of words: a range for each in one cue, or a cue for each. */
export function withWords(
  cue: PlacedCue,
  words: readonly TimedWord[],
  karaoke: Karaoke = 'ranges',
  findings: LineFindings,
): PlacedCue[] {
  const sung = words.filter(({ start, end }) => cue.text.slice(start, end).trim() !== '');
  if (sung.length === 0) return [cue];
  if (karaoke === 'words') return splitWords(cue, sung, findings);
  findings.dropped(cue.line, 'the times of single words', 'ask for a clip for each word (--karaoke words)');
  return [{ ...cue, ranges: wordRanges(cue, sung) }];
}

/** Every word is a range, with the style it has. */
function wordRanges({ text, ranges = [] }: PlacedCue, words: readonly TimedWord[]): CueRange[] {
  const trimmed = words.map((word) => ({ ...word, ...trim(text, word) }));
  const cuts = [...ranges, ...trimmed].flatMap(({ start, end }) => [start, end]);
  const points = [...new Set(cuts)].sort((a, b) => a - b);
  return points.slice(0, -1).flatMap((start, index) => {
    const end = points[index + 1]!;
    const range = ranges.find((one) => one.start <= start && one.end >= end);
    const isWord = trimmed.some((one) => one.start <= start && one.end >= end);
    return range === undefined && !isWord ? [] : [{ start, end, style: range?.style ?? {} }];
  });
}

function splitWords(cue: PlacedCue, words: readonly TimedWord[], findings: LineFindings): PlacedCue[] {
  const { id, ranges = [], ...rest } = cue;
  const first = words[0]!;
  const lead = { startUs: cue.startUs, endUs: first.startUs, start: 0, end: first.start };
  const hasLead = lead.endUs > lead.startUs && cue.text.slice(0, first.start).trim() !== '';
  const shown = shownWords(cue, [...(hasLead ? [lead] : []), ...words]);
  if (shown.length < words.length + (hasLead ? 1 : 0))
    findings.readAs(cue.line, 'a word without a time of its own in the cue is shown with the one beside it');
  if (shown.length === 0) return [cue];
  return shown.map(({ startUs, endUs, ...word }) => {
    const { start, end } = trim(cue.text, word);
    const inside = ranges.flatMap((range) => {
      const [from, to] = [Math.max(start, range.start), Math.min(end, range.end)];
      return to > from ? [{ start: from - start, end: to - start, style: range.style }] : [];
    });
    return { ...rest, startUs, endUs, text: cue.text.slice(start, end), ranges: inside };
  });
}

/** A word stays until the next one begins, and the last one until the cue ends. */
function shownWords(cue: PlacedCue, words: readonly TimedWord[]): TimedWord[] {
  const shown: TimedWord[] = [];
  let start: number | undefined;
  for (const [index, word] of words.entries()) {
    const endUs = Math.min(cue.endUs, words[index + 1]?.startUs ?? cue.endUs);
    const startUs = Math.max(cue.startUs, word.startUs);
    const last = shown.at(-1);
    if (endUs > startUs) shown.push({ startUs, endUs, start: start ?? word.start, end: word.end });
    else if (last !== undefined) last.end = word.end;
    if (shown.length === 0) start ??= word.start;
  }
  return shown;
}

function trim(text: string, { start, end }: { start: number; end: number }): { start: number; end: number } {
  const part = text.slice(start, end);
  const from = start + part.length - part.trimStart().length;
  return { start: from, end: from + part.trim().length };
}
