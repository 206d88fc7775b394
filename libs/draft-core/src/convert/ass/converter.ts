import type { Converter, ConvertOptions } from '../converter.ts';
import { readClock } from '../subtitles/clock.ts';
import type { Cue } from '../subtitles/cue.ts';
import { LineFindings } from '../subtitles/line-findings.ts';
import {
  type CueGroup,
  orderedCues,
  readSubtitles,
  refuseValue,
  subtitleTimeline,
} from '../subtitles/timeline.ts';
import { type EventContext, readEvent } from './event.ts';
import type { PlayRes } from './overrides.ts';
import { readScript, type Script } from './script.ts';
import { readStyle } from './styles.ts';

/** Reads Advanced SubStation Alpha and SubStation Alpha. */
export const assSubtitles: Converter = {
  id: 'ass',
  title: 'Advanced SubStation Alpha',
  extensions: ['ass', 'ssa'],
  detect: (value) =>
    typeof value === 'string' && /^\uFEFF?[ \t]*\[Script Info\]|^\[V4\+? Styles\]|^Dialogue:/im.test(value),
  read: (value, options) =>
    readSubtitles('ass', titleOf(value), options, (name, convertOptions) => {
      if (typeof value !== 'string') return refuseValue('ASS', value);
      const findings = new LineFindings({ fileName: options.fileName, lenient: convertOptions.lenient });
      return subtitleTimeline(readGroups(value, convertOptions, findings), name, convertOptions, findings);
    }),
};

function titleOf(value: unknown): string | undefined {
  return typeof value === 'string' ? /^Title:[ \t]*(.+)$/m.exec(value)?.[1]?.trim() : undefined;
}

/** Cues by layer: a higher one is drawn over a lower one, and they may overlap. */
function readGroups(text: string, options: ConvertOptions, findings: LineFindings): CueGroup[] {
  const script = readScript(text, findings);
  const context = contextOf(script, options, findings);
  const layers = new Map<number, (Cue & { line: number })[]>();
  for (const event of script.events) {
    const layer = Number.parseInt(event.columns.get('layer') ?? '0', 10) || 0;
    if (!layers.has(layer)) layers.set(layer, []);
    layers.get(layer)!.push(...readEvent(event, context, findings));
  }
  const numbers = [...layers.keys()].sort((a, b) => a - b);
  return numbers.map((layer, index) => {
    // Events may stand in any order.
    const cues = layers.get(layer)!.sort((a, b) => a.startUs - b.startUs);
    return {
      cues: orderedCues(cues, findings),
      name: index === 0 ? 'captions' : `captions, layer ${layer}`,
      ...(context.wraps ? {} : { style: { autoWrap: false } }),
    };
  });
}

function contextOf(script: Script, options: ConvertOptions, findings: LineFindings): EventContext {
  const { info } = script;
  const playRes = options.playRes ?? playResOf(info, findings);
  const stretch = stretchOf(info, options, findings);
  const styles = new Map(
    script.styles.map(({ line, columns }) => [
      (columns.get('name') ?? '').replace(/^\*+/, '').toLowerCase(),
      readStyle(columns, script.isOld, playRes, line, findings),
    ]),
  );
  return {
    playRes,
    styles,
    stretch,
    wraps: info.get('wrapstyle') !== '2',
    karaoke: options.karaoke,
    time(text, line) {
      const shown = text.trim();
      // Hundredths are what the format has; other numbers of digits are read as decimals.
      const isUsual = /^\d+:\d\d:\d\d\.\d\d$/.test(shown);
      const us = readClock(
        isUsual ? `${shown}0` : shown,
        line,
        { point: '.', fps: options.fps, shortTimes: options.shortTimes },
        findings,
      );
      if (/\.\d{3}$/.test(shown)) findings.readAs(line, '3 digits of a second are read as milliseconds');
      return us === undefined ? undefined : Math.round(us * stretch);
    },
  };
}

function playResOf(info: Script['info'], findings: LineFindings): PlayRes {
  const size = (key: string): number | undefined => {
    const value = Number(info.get(key));
    return Number.isFinite(value) && value > 0 ? value : undefined;
  };
  const [width, height] = [size('playresx'), size('playresy')];
  if (width !== undefined && height !== undefined) return { width, height };
  const assumed = {
    width: width ?? Math.round(((height ?? 288) * 4) / 3),
    height: height ?? Math.round(((width ?? 384) * 3) / 4),
  };
  findings.warn(
    'DR166',
    1,
    `PlayResX or PlayResY is missing: positions and sizes are read in ${assumed.width}x${assumed.height}`,
    'pass the size of the picture they were made for (--play-res)',
  );
  return assumed;
}

/** `Timer` is the speed of the clock in percent: at 50 everything comes twice as late. */
function stretchOf(info: Script['info'], { timer }: ConvertOptions, findings: LineFindings): number {
  const percent = Number((info.get('timer') ?? '100').replace(',', '.'));
  if (!Number.isFinite(percent) || percent <= 0 || percent === 100) return 1;
  if (timer === undefined) {
    findings.warn(
      'DR166',
      1,
      `Timer ${percent}: all times are multiplied by ${Number((100 / percent).toFixed(4))}`,
      'many players ignore it; to do the same pass --timer ignore',
    );
  }
  return timer === 'ignore' ? 1 : 100 / percent;
}
