import { closest, type Problem, UserError } from '@cozecut/problems';
import type { MediaFacts } from '../media-facts.ts';
import { parseTimeline } from '../timeline/parse.ts';
import type { Timeline } from '../timeline/schema.ts';
import { writeAss } from './ass/write.ts';
import { inMicroseconds } from './in-microseconds.ts';
import { writeLrc } from './lrc/write.ts';
import { writeOtio } from './otio/write.ts';
import { writeSrt } from './srt/write.ts';
import { exportCues, Losses } from './subtitles/export-cues.ts';
import { writeVtt } from './vtt/write.ts';

const titles = {
  'draft-timeline': 'draft-timeline/1',
  otio: 'OpenTimelineIO',
  srt: 'SubRip',
  vtt: 'WebVTT',
  ass: 'Advanced SubStation Alpha',
  lrc: 'LRC',
} as const;

/** Formats that a timeline can be written in. */
export type OutputFormat = keyof typeof titles;

/** A timeline in another format. */
export interface Exported {
  /** Missing when a finding is an error. */
  text?: string;
  /** Findings about the timeline, and what the format cannot hold (`DR161`). */
  problems: Problem[];
}

/** Formats that can be written, with their names for people. */
export function listOutputFormats(): { id: OutputFormat; title: string }[] {
  return Object.entries(titles).map(([id, title]) => ({ id: id as OutputFormat, title }));
}

/**
 * Writes a `draft-timeline/1` document in another format.
 *
 * @param options.facts - What is known of the media, for clips that do not say how long they are.
 * @throws UserError FORMAT_UNKNOWN when the format is none of `listOutputFormats`.
 *
 * @example
 * ```ts
 * import { exportTimeline } from '@cozecut/draft-core';
 *
 * const timeline = {
 *   schema: 'draft-timeline/1',
 *   name: 'Morning',
 *   timeUnit: 's',
 *   canvas: { width: 1080, height: 1920, fps: 30 },
 *   tracks: [{ type: 'text', captions: true, clips: [{ text: 'Out at six', start: 0.5, duration: 1.5 }] }],
 * };
 * console.log(exportTimeline(timeline, 'srt').text); // => 00:00:00,500 --> 00:00:02,000
 * ```
 */
export function exportTimeline(
  timeline: unknown,
  format: string,
  options: { facts?: ReadonlyMap<string, MediaFacts> } = {},
): Exported {
  if (!Object.hasOwn(titles, format)) {
    const ids = Object.keys(titles);
    const [best] = closest(format, ids);
    throw new UserError('FORMAT_UNKNOWN', `there is no output format "${format}"`, {
      hint: `${best === undefined ? '' : `did you mean "${best}"? `}formats: ${ids.join(', ')}`,
    });
  }
  const target = format as OutputFormat;
  const reading = { quantise: false, ...(options.facts === undefined ? {} : { facts: options.facts }) };
  const parsed = parseTimeline(timeline, reading);
  const problems = parsed.problems.filter(({ severity }) => severity === 'error');
  if (parsed.timeline === undefined) return { problems };
  const source = timeline as Timeline;
  if (target === 'draft-timeline') return { text: `${JSON.stringify(source, undefined, 2)}\n`, problems };
  if (target === 'otio') {
    // What clips keep under `metadata` has no unit of its own there.
    const inUs = inMicroseconds(source);
    return { text: writeOtio(parseTimeline(inUs, reading).timeline!, inUs), problems };
  }
  const losses = new Losses(titles[target]);
  const cues = exportCues(parsed.timeline, losses);
  const { name, canvas } = parsed.timeline;
  const write = {
    srt: () => writeSrt(cues, losses),
    vtt: () => writeVtt(cues, losses),
    ass: () => writeAss(cues, name, canvas, losses),
    lrc: () => writeLrc(cues, name, losses),
  };
  const text = write[target]();
  if (cues.length === 0) {
    problems.push({
      code: 'DR161',
      severity: 'warning',
      message: `the timeline has no captions: the ${titles[target]} file is empty`,
    });
  }
  return { text, problems: [...problems, ...losses.finish()] };
}
