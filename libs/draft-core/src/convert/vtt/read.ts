import type { ConvertOptions } from '../converter.ts';
import { type ClockForm, readClock } from '../subtitles/clock.ts';
import type { Cue } from '../subtitles/cue.ts';
import { withWords } from '../subtitles/karaoke.ts';
import type { LineFindings } from '../subtitles/line-findings.ts';
import { defined } from '../values.ts';
import { readMarkup } from './markup.ts';
import { readSettings } from './settings.ts';
import { streamOffsetUs } from './stream-offset.ts';

type PlacedCue = Cue & { line: number };

const HEADER_HINT = 'write WEBVTT into the first line, and a blank line after it';

/** Lines between blank ones. */
interface Block {
  lines: string[];
  /** Number of its first line, from 1. */
  first: number;
}

/** Reads the cues of a WebVTT file; tells what is malformed or unusual by its line. */
export function readVtt(text: string, options: ConvertOptions, findings: LineFindings): PlacedCue[] {
  const blocks = splitBlocks(text.replace(/^\uFEFF/, ''));
  const form: ClockForm = { point: '.', fps: options.fps, shortTimes: options.shortTimes };
  const hasHeader = /^WEBVTT(?:[ \t]|$)/.test(blocks[0]?.lines[0] ?? '');
  let offsetUs = 0;
  if (hasHeader) {
    const [header, cue] = splitHeader(blocks.shift()!);
    offsetUs = streamOffsetUs(header, options.streamOffset, form, findings);
    if (cue !== undefined) {
      findings.readAs(cue.first, 'the blank line after the header is missing');
      blocks.unshift(cue);
    }
  } else if (findings.lenient) findings.readAs(1, 'the header WEBVTT is missing');
  else findings.malformed(1, 'the header WEBVTT is missing', HEADER_HINT);
  return blocks.flatMap((block) =>
    readBlock(block, options, form, findings).map((cue) => ({
      ...cue,
      startUs: cue.startUs + offsetUs,
      endUs: cue.endUs + offsetUs,
    })),
  );
}

/** A line with times begins a block of its own, also where the blank line before it is missing. */
function splitBlocks(text: string): Block[] {
  const blocks: Block[] = [];
  let open: Block | undefined;
  for (const [at, line] of text.split(/\r\n|\n|\r/).entries()) {
    if (line.trim() === '') {
      open = undefined;
      continue;
    }
    const hasTimes = open?.lines.some((one) => one.includes('-->')) === true;
    if (open === undefined || (line.includes('-->') && hasTimes)) {
      open = { lines: [], first: at + 1 };
      blocks.push(open);
    }
    open.lines.push(line);
  }
  return blocks;
}

/** Players take the first line with times for the end of the header. */
function splitHeader({ lines, first }: Block): [header: Block, cue?: Block] {
  const at = lines.findIndex((line) => line.includes('-->'));
  if (at < 0) return [{ lines, first }];
  return [
    { lines: lines.slice(0, at), first },
    { lines: lines.slice(at), first: first + at },
  ];
}

function readBlock(
  { lines, first }: Block,
  options: ConvertOptions,
  form: ClockForm,
  findings: LineFindings,
): PlacedCue[] {
  const [heading = '', second = ''] = lines;
  const at = heading.includes('-->') ? 0 : second.includes('-->') ? 1 : -1;
  const line = first + at;
  if (at < 0) {
    const word = /^(NOTE|STYLE|REGION)(?:[ \t]|$)/.exec(heading)?.[1];
    if (word === undefined) noTimes(heading, second, first, findings);
    else if (word !== 'NOTE') findings.dropped(first, `a ${word} block`);
    return [];
  }
  const [left = '', rest = ''] = lines[at]!.split('-->');
  const [right = '', ...settings] = rest.trim().split(/[ \t]+/);
  if (left.trim() === '' || right === '') {
    findings.malformed(line, `the cue has no ${right === '' ? 'end' : 'start'}`);
    return [];
  }
  const startUs = readClock(left.trim(), line, form, findings);
  const endUs = readClock(right, line, form, findings);
  const { words, ...look } = readMarkup(lines.slice(at + 1), line + 1, { startUs, endUs }, form, findings);
  if (startUs === undefined || endUs === undefined) return [];
  const cue: PlacedCue = {
    startUs,
    endUs,
    ...look,
    ...readSettings(settings, line, findings),
    ...defined({ id: at === 1 ? heading.trim() : undefined }),
    line,
  };
  return withWords(cue, words, options.karaoke, findings);
}

function noTimes(heading: string, second: string, first: number, findings: LineFindings): void {
  const isTime = (line: string): boolean => /^\s*(?:\d+:)?\d{1,2}:\d{2}[.,]\d+\s*$/.test(line);
  const at = isTime(heading) ? 0 : isTime(second) ? 1 : -1;
  if (at >= 0) findings.malformed(first + at, 'the cue has no end');
  else
    findings.malformed(
      first,
      `expected times such as 00:01.000 --> 00:02.000 (got ${JSON.stringify(heading.slice(0, 40))})`,
    );
}
