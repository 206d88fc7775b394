import type { LineFindings } from './line-findings.ts';

/** How times of a format are written, and what is known where that is not enough. */
export interface ClockForm {
  /** The sign before the fraction that the format asks for. */
  point: ',' | '.';
  fps?: number | undefined;
  shortTimes?: 'mm:ss' | 'hh:mm' | undefined;
}

const clock = /^(-?)(\d{1,9}):(\d{1,2})(?::(\d{1,2}))?(?:([:;])(\d{1,3}))?(?:([.,])(\d{1,9}))?$/;

/**
 * Reads `h:m:s,mmm` and what people write instead: a dot, fewer digits, no hours, a frame number. Tells what is unusual
 * or wrong; `undefined` when the time cannot be read.
 */
export function readClock(
  text: string,
  line: number,
  form: ClockForm,
  findings: LineFindings,
): number | undefined {
  const match = clock.exec(text);
  if (match === null) {
    const { point } = form;
    findings.malformed(
      line,
      `expected a time such as 00:01:02${point}500 (got ${JSON.stringify(text.slice(0, 40))})`,
    );
    return undefined;
  }
  const [, minus, first, second, third, , frames, point, fraction] = match;
  if (third === undefined && frames === undefined && fraction === undefined) {
    return readShort(match, line, form, findings);
  }
  const [hours, minutes, seconds] = third === undefined ? ['0', first, second] : [first, second, third];
  if (Number(minutes) > 59 || Number(seconds) > 59) {
    findings.malformed(line, `minutes and seconds end at 59 (got ${text})`);
    return undefined;
  }
  const part =
    frames === undefined ? fractionUs(fraction ?? '') : framesUs(frames, text, line, form, findings);
  if (part === undefined) return undefined;
  if (third === undefined && form.point === ',')
    findings.readAs(line, 'a time without hours is read as minutes and seconds');
  if (point !== undefined && point !== form.point) {
    findings.readAs(line, `"${point}" before the fraction of a second is read as "${form.point}"`);
  }
  if (frames === undefined && fraction?.length !== 3) {
    const digits = fraction?.length ?? 0;
    const words = digits === 0 ? 'no fraction' : `${digits} ${digits === 1 ? 'digit' : 'digits'}`;
    const example = digits === 0 ? 'read as 0 ms' : `read as decimals: ,5 is 500 ms`;
    findings.readAs(line, `${words} of a second, ${example}`);
  }
  const whole = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
  return (minus === '-' ? -1 : 1) * (whole * 1_000_000 + part);
}

function fractionUs(digits: string): number {
  return Math.round(Number(`0.${digits}0`) * 1_000_000);
}

function framesUs(
  frames: string,
  text: string,
  line: number,
  { fps }: ClockForm,
  findings: LineFindings,
): number | undefined {
  if (fps === undefined) {
    findings.error(
      'DR160',
      line,
      `${text} counts frames, and the frame rate is not known`,
      'pass the frame rate (--fps)',
    );
    return undefined;
  }
  if (Number(frames) >= Math.ceil(fps)) {
    findings.malformed(line, `frame ${frames} does not exist at ${fps} fps (got ${text})`);
    return undefined;
  }
  return Math.round((Number(frames) * 1_000_000) / fps);
}

function readShort(
  [text, minus, first, second]: RegExpExecArray,
  line: number,
  { shortTimes }: ClockForm,
  findings: LineFindings,
): number | undefined {
  if (shortTimes === undefined) {
    const message = `${text} has no seconds field or no hours: it is ${first} min ${second} s or ${first} h ${second} min`;
    findings.error('DR160', line, message, 'say which (--short-times mm:ss or hh:mm)');
    return undefined;
  }
  if (Number(second) > 59) {
    findings.malformed(line, `minutes and seconds end at 59 (got ${text})`);
    return undefined;
  }
  const [large, small] = shortTimes === 'mm:ss' ? [60, 1] : [3600, 60];
  return (minus === '-' ? -1 : 1) * (Number(first) * large + Number(second) * small) * 1_000_000;
}
