import type { Converter } from '../converter.ts';
import { LineFindings } from '../subtitles/line-findings.ts';
import { orderedCues, readSubtitles, refuseValue, subtitleTimeline } from '../subtitles/timeline.ts';
import { readLrc } from './read.ts';

/** Reads song lyrics with times. */
export const lrcLyrics: Converter = {
  id: 'lrc',
  title: 'LRC lyrics',
  extensions: ['lrc'],
  detect: (value) =>
    typeof value === 'string' && /^\uFEFF?[ \t]*\[\d{1,3}:\d{1,2}(?:[.:]\d{1,3})?\]/m.test(value),
  read: (value, options) => {
    const title =
      typeof value === 'string' ? /^\uFEFF?\[ti:[ \t]*([^\]\r\n]+)\]/im.exec(value)?.[1]?.trim() : undefined;
    return readSubtitles('lrc', title, options, (name, convertOptions) => {
      if (typeof value !== 'string') return refuseValue('LRC', value);
      const findings = new LineFindings({ fileName: options.fileName, lenient: convertOptions.lenient });
      const cues = orderedCues(readLrc(value, convertOptions, findings), findings);
      return subtitleTimeline([{ cues, name: 'lyrics' }], name, convertOptions, findings);
    });
  },
};
