import type { ConvertOptions } from '../converter.ts';
import { type ClockForm, readClock } from '../subtitles/clock.ts';
import type { LineFindings } from '../subtitles/line-findings.ts';

/** Ticks of an MPEG transport stream in a second. */
const TICKS = 90_000;

/**
 * How much later all cues are, by the `X-TIMESTAMP-MAP` of the header. It places the cues in a stream, which need not
 * begin where the timeline does, so a person has to say whether it counts.
 */
export function streamOffsetUs(
  { lines, first }: { lines: readonly string[]; first: number },
  choice: ConvertOptions['streamOffset'],
  form: ClockForm,
  findings: LineFindings,
): number {
  const at = lines.findIndex((line) => line.startsWith('X-TIMESTAMP-MAP'));
  for (const [index, line] of lines.entries()) {
    if (index > 0 && index !== at)
      findings.dropped(first + index, `the header ${JSON.stringify(line.slice(0, 40))}`);
  }
  if (at < 0) return 0;
  const line = first + at;
  const ticks = /MPEGTS:(\d+)/.exec(lines[at]!)?.[1];
  const local = /LOCAL:([\d:.,]+)/.exec(lines[at]!)?.[1];
  if (ticks === undefined || local === undefined) {
    findings.malformed(line, 'expected X-TIMESTAMP-MAP=MPEGTS:…,LOCAL:…');
    return 0;
  }
  const localUs = readClock(local.replace(/,$/, ''), line, form, findings) ?? 0;
  const offsetUs = Math.round((Number(ticks) * 1_000_000) / TICKS) - localUs;
  if (offsetUs === 0 || choice === 'ignore') return 0;
  if (choice === 'apply') return offsetUs;
  findings.error(
    'DR160',
    line,
    `the stream map says that all cues come ${offsetUs / 1_000_000} s later, unless the video starts there too`,
    'say whether it counts (--stream-offset apply or ignore)',
  );
  return 0;
}
