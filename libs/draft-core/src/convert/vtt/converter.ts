import type { Converter } from '../converter.ts';
import { LineFindings } from '../subtitles/line-findings.ts';
import { orderedCues, readSubtitles, refuseValue, subtitleTimeline } from '../subtitles/timeline.ts';
import { readVtt } from './read.ts';

/** Reads WebVTT. */
export const vttSubtitles: Converter = {
  id: 'vtt',
  title: 'WebVTT',
  extensions: ['vtt'],
  detect: (value) => typeof value === 'string' && /^\uFEFF?WEBVTT(?:[ \t\r\n]|$)/.test(value),
  read: (value, options) =>
    readSubtitles('vtt', undefined, options, (name, convertOptions) => {
      if (typeof value !== 'string') return refuseValue('WebVTT', value);
      const findings = new LineFindings({ fileName: options.fileName, lenient: convertOptions.lenient });
      const cues = orderedCues(readVtt(value, convertOptions, findings), findings);
      return subtitleTimeline([{ cues, name: 'captions' }], name, convertOptions, findings);
    }),
};
