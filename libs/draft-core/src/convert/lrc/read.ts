import type { ConvertOptions } from '../converter.ts';
import type { Cue, TimedWord } from '../subtitles/cue.ts';
import { withWords } from '../subtitles/karaoke.ts';
import type { LineFindings } from '../subtitles/line-findings.ts';
import { StyledText } from '../subtitles/styled-text.ts';

/** How long the last line is shown when the file does not say how long the song is. */
const LAST_LINE_US = 5_000_000;

const stamp = /^\s*\[(\d{1,3}):(\d{1,2})(?:([.:])(\d{1,3}))?\]/;
const wordStamp = /<(\d{1,3}):(\d{1,2})(?:([.:])(\d{1,3}))?>/g;

interface Line {
  startUs: number;
  text: string;
  words: TimedWord[];
  line: number;
}

/** Reads the lines of a song: each is shown until the next one, an empty one ends the one before it. */
export function readLrc(
  text: string,
  options: ConvertOptions,
  findings: LineFindings,
): (Cue & { line: number })[] {
  const tags = new Map<string, string>();
  const lines = text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\n|\r/)
    .flatMap((line, at) => readLine(line, at + 1, tags, findings));
  // A positive offset makes the lyrics come sooner.
  const offsetUs = -1000 * (Number(tags.get('offset') ?? 0) || 0);
  const lengthUs = lengthOf(tags.get('length'));
  lines.sort((a, b) => a.startUs - b.startUs);
  return lines.flatMap(({ startUs, text: shown, words, line }, index) => {
    if (shown === '') return [];
    const next = lines[index + 1];
    const endUs =
      next?.startUs ?? Math.max(lengthUs ?? 0, startUs + (lengthUs === undefined ? LAST_LINE_US : 1));
    if (next === undefined && lengthUs === undefined) {
      findings.warn(
        'DR166',
        line,
        `the last line has no end, it is shown for ${LAST_LINE_US / 1_000_000} s`,
        'add an empty line with the time at which it ends',
      );
    }
    const moved = (us: number): number => us + offsetUs;
    const cue = { startUs: Math.max(0, moved(startUs)), endUs: moved(endUs), text: shown, line };
    if (cue.endUs <= 0) findings.malformed(line, 'the offset moves the line before 0');
    const timed = words.map((word, at) => ({
      ...word,
      startUs: moved(word.startUs),
      endUs: moved(words[at + 1]?.startUs ?? endUs),
    }));
    return cue.endUs <= 0 ? [] : withWords(cue, timed, options.karaoke, findings);
  });
}

/** One line may have several times, at each of which it is sung. */
function readLine(raw: string, line: number, tags: Map<string, string>, findings: LineFindings): Line[] {
  let rest = raw.trim();
  if (rest === '') return [];
  const tag = /^\[([a-z_#]+):([^\]]*)\]$/i.exec(rest);
  if (tag !== null) {
    const key = tag[1]!.toLowerCase();
    tags.set(key, tag[2]!.trim());
    if (!['ti', 'offset', 'length', 're', 've', 'tool', 'by'].includes(key) && tag[2]!.trim() !== '') {
      findings.dropped(line, `the tag ${key}`);
    }
    return [];
  }
  const times: number[] = [];
  for (let found = stamp.exec(rest); found !== null; found = stamp.exec(rest)) {
    const us = timeOf(found, line, findings);
    if (us !== undefined) times.push(us);
    rest = rest.slice(found[0].length);
  }
  if (times.length === 0) {
    findings.malformed(
      line,
      `expected a time such as [01:02.50] (got ${JSON.stringify(raw.trim().slice(0, 40))})`,
    );
    return [];
  }
  const { text, words } = readWords(rest, line, findings);
  // Word times are those of the first time the line is sung.
  return times.map((startUs) => ({
    startUs,
    text,
    line,
    words: words.map((word) => ({ ...word, startUs: word.startUs + startUs - times[0]! })),
  }));
}

function readWords(text: string, line: number, findings: LineFindings): { text: string; words: TimedWord[] } {
  const styled = new StyledText();
  const words: TimedWord[] = [];
  let end = 0;
  for (const match of text.matchAll(wordStamp)) {
    styled.add(text.slice(end, match.index));
    end = match.index + match[0].length;
    const startUs = timeOf(match, line, findings);
    const last = words.at(-1);
    if (last !== undefined) last.end = styled.length;
    if (startUs !== undefined)
      words.push({ startUs, endUs: startUs, start: styled.length, end: styled.length });
  }
  styled.add(text.slice(end));
  const last = words.at(-1);
  if (last !== undefined) last.end = styled.length;
  return styled.finish(words);
}

function timeOf(
  [text, minutes, seconds, point, fraction = '']: RegExpExecArray | RegExpMatchArray,
  line: number,
  findings: LineFindings,
): number | undefined {
  if (Number(seconds) > 59) {
    findings.malformed(line, `seconds end at 59 (got ${text.trim()})`);
    return undefined;
  }
  if (point === ':') findings.readAs(line, '":" before the hundredths is read as "."');
  return (
    (Number(minutes) * 60 + Number(seconds)) * 1_000_000 + Math.round(Number(`0.${fraction}0`) * 1_000_000)
  );
}

function lengthOf(text: string | undefined): number | undefined {
  const [, minutes, seconds] = /^(\d{1,3}):(\d{1,2}(?:\.\d+)?)$/.exec(text ?? '') ?? [];
  return minutes === undefined ? undefined : Math.round((Number(minutes) * 60 + Number(seconds)) * 1_000_000);
}
