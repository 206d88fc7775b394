import type { ConvertOptions } from '../converter.ts';
import { type ClockForm, readClock } from '../subtitles/clock.ts';
import type { Cue } from '../subtitles/cue.ts';
import type { LineFindings } from '../subtitles/line-findings.ts';
import { readMarkup } from './markup.ts';

const arrow = /-{1,3}>|={1,2}>|[\u2013\u2014\u2192]>?/;
const index = /^\s*\d+\s*$/;
const timeAlone = /^\s*\d{1,3}:\d{1,2}:\d{1,2}(?:[.,]\d{1,3})?\s*$/;

/** Where a cue begins. */
interface Header {
  /** Index of the line with the times. */
  at: number;
  /** Index of the first line that belongs to the cue: its number, or the times. */
  from: number;
}

/** Reads the cues of an SRT file; tells what is malformed or unusual by its line. */
export function readSrt(
  text: string,
  options: Pick<ConvertOptions, 'fps' | 'shortTimes'>,
  findings: LineFindings,
): (Cue & { line: number })[] {
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/);
  const headers = findHeaders(lines);
  const first = headers[0]?.from ?? lines.length;
  noteBefore(lines.slice(0, first), findings);
  const form: ClockForm = { point: ',', fps: options.fps, shortTimes: options.shortTimes };
  return headers.flatMap((header, at) => {
    const end = headers[at + 1]?.from ?? lines.length;
    const times = readTimes(lines[header.at]!, header.at + 1, form, findings);
    if (times === undefined) return [];
    noteNumber(header, lines, findings);
    const body = trimBlank(lines.slice(header.at + 1, end));
    const blank = body.findIndex((line) => line.trim() === '');
    if (blank >= 0)
      findings.readAs(header.at + 2 + blank, 'a blank line inside a cue is read as part of its text');
    return [{ ...times, ...readMarkup(body, header.at + 2, findings), line: header.at + 1 }];
  });
}

/** Tools that write SRT from WebVTT leave its header. */
function noteBefore(lines: readonly string[], findings: LineFindings): void {
  const isText = (line: string): boolean => line.trim() !== '';
  let start = lines.findIndex(isText);
  if (/^WEBVTT(?:\s|$)/.test(lines[start] ?? '')) {
    findings.readAs(start + 1, 'the header of WebVTT is skipped');
    const end = lines.findIndex((line, at) => at > start && !isText(line));
    start = lines.findIndex((line, at) => end >= 0 && at > end && isText(line));
  }
  if (start >= 0) findings.malformed(start + 1, 'text before the first cue');
}

/** A number, then times; what stands before the number is the text of the cue above. */
function findHeaders(lines: readonly string[]): Header[] {
  const headers: Header[] = [];
  let free = 0;
  for (const [at, line] of lines.entries()) {
    const isTimes = looksLikeTimes(line);
    if (!isTimes && !timeAlone.test(line)) continue;
    let before = at - 1;
    while (before >= free && lines[before]!.trim() === '') before--;
    const isNumbered =
      before >= free &&
      index.test(lines[before]!) &&
      (before === at - 1 || before === free || lines[before - 1]!.trim() === '');
    if (!isTimes && !isNumbered) continue;
    headers.push({ at, from: isNumbered ? before : at });
    free = at + 1;
  }
  return headers;
}

function looksLikeTimes(line: string): boolean {
  const found = arrow.exec(line);
  if (found === null) return false;
  const left = line.slice(0, found.index).trim();
  const right = line.slice(found.index + found[0].length).trim();
  const starts = /^-?\d+:/.test(left) && left.length < 40;
  const ends = /^-?\d+:/.test(right);
  return found[0] === '-->' ? starts || (ends && left === '') : starts && ends;
}

function readTimes(
  line: string,
  number: number,
  form: ClockForm,
  findings: LineFindings,
): { startUs: number; endUs: number } | undefined {
  const found = arrow.exec(line);
  if (found === null) {
    findings.malformed(number, `the cue has no end (got ${JSON.stringify(line.trim())})`);
    return undefined;
  }
  if (found[0] !== '-->') {
    findings.malformed(number, `expected "-->" between the times (got "${found[0]}")`);
    return undefined;
  }
  const left = line.slice(0, found.index).trim();
  const [right = '', ...rest] = line
    .slice(found.index + 3)
    .trim()
    .split(/\s+/);
  const missing = left === '' ? 'start' : right === '' ? 'end' : undefined;
  if (missing !== undefined) {
    findings.malformed(number, `the cue has no ${missing}`);
    return undefined;
  }
  const startUs = readClock(left, number, form, findings);
  const endUs = readClock(right, number, form, findings);
  if (startUs === undefined || endUs === undefined) return undefined;
  if (rest.length > 0) {
    findings.dropped(
      number,
      rest.every((part) => /^[XY][12]:/i.test(part))
        ? 'the box (X1, X2, Y1, Y2)'
        : 'what stands behind the times',
    );
  }
  return { startUs, endUs };
}

function noteNumber({ at, from }: Header, lines: readonly string[], findings: LineFindings): void {
  if (from === at) findings.readAs(at + 1, 'a cue without a number');
  else if (from < at - 1)
    findings.readAs(from + 2, 'a blank line between the number and the times is skipped');
  if (from > 0 && lines[from - 1]!.trim() !== '') findings.readAs(from + 1, 'no blank line before the cue');
}

function trimBlank(lines: readonly string[]): string[] {
  const isText = (line: string): boolean => line.trim() !== '';
  const first = lines.findIndex(isText);
  return first < 0 ? [] : lines.slice(first, lines.findLastIndex(isText) + 1);
}
