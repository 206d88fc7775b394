import type { Converter } from '../converter.ts';
import { LineFindings } from '../subtitles/line-findings.ts';
import { orderedCues, readSubtitles, refuseValue, subtitleTimeline } from '../subtitles/timeline.ts';
import { readSrt } from './read.ts';

/** Reads SubRip subtitles. */
export const srtSubtitles: Converter = {
  id: 'srt',
  title: 'SubRip subtitles',
  extensions: ['srt'],
  detect: (value) => typeof value === 'string' && /\d[^\n]{0,20}-->[^\n]{0,20}\d/.test(value),
  read: (value, options) =>
    readSubtitles('srt', undefined, options, (name, convertOptions) => {
      if (typeof value !== 'string') return refuseValue('SRT', value);
      const findings = new LineFindings({ fileName: options.fileName, lenient: convertOptions.lenient });
      const cues = orderedCues(readSrt(value, convertOptions, findings), findings);
      return subtitleTimeline([{ cues, name: 'captions' }], name, convertOptions, findings);
    }),
};
