import { CAPTION_LIMITS } from '../../captions/caption-limits.ts';
import { type CharacterCount, countCharacters, linesOf } from '../../text/characters.ts';
import { formatUs } from '../../timeline/time.ts';
import type { DraftContext, DraftRule, RuleHead } from '../draft-rule.ts';
import { isCaptionTrack, type SegmentView } from '../draft-view.ts';
import { numberOf, objectOf } from '../loose.ts';

function captionRule(
  head: RuleHead,
  check: (caption: SegmentView, text: string, context: DraftContext) => void,
): DraftRule {
  return {
    ...head,
    draft(context) {
      const texts = new Map(context.view.texts.map(({ value, content }) => [value, content?.text]));
      for (const track of context.view.tracks) {
        if (!isCaptionTrack(track)) continue;
        for (const caption of track.segments) {
          const text = caption.material && texts.get(caption.material.value);
          if (text !== undefined && caption.endUs !== undefined) check(caption, text, context);
        }
      }
    },
  };
}

function isMostlyCjk({ visible, cjk }: CharacterCount): boolean {
  return cjk > visible / 2;
}

const duration = ({ path }: SegmentView) => [...path, 'target_timerange', 'duration'];

/** DR110: captions can be read in their time. */
export const readingSpeed = captionRule(
  { id: 'DR110', title: 'captions can be read in the time they are shown', severity: 'warning' },
  (caption, text, { report }) => {
    const counts = linesOf(text).map(countCharacters);
    const visible = counts.reduce((sum, count) => sum + count.visible, 0);
    const cjk = counts.reduce((sum, count) => sum + count.cjk, 0);
    const { charactersPerSecond, charactersPerSecondCjk } = CAPTION_LIMITS;
    const limit = isMostlyCjk({ visible, cjk }) ? charactersPerSecondCjk : charactersPerSecond;
    const seconds = caption.durationUs! / 1_000_000;
    if (visible <= limit * seconds) return;
    const rate = Number((visible / seconds).toFixed(1));
    report({
      path: duration(caption),
      message: `${caption.place}: ${rate} characters per second are too fast to read (at most ${limit})`,
      hint: `show it for ${formatUs(Math.ceil((visible / limit) * 1_000_000))}, or cut the text`,
    });
  },
);

/** DR113: captions follow each other at once or after a gap that can be seen. */
export const captionGap: DraftRule = {
  id: 'DR113',
  title: 'gaps between captions can be seen',
  severity: 'warning',
  track(track, { frameUs, report }) {
    if (!isCaptionTrack(track)) return;
    let endUs: number | undefined;
    for (const caption of track.segments.toSorted((a, b) => (a.startUs ?? 0) - (b.startUs ?? 0))) {
      if (caption.endUs === undefined) continue;
      const gapUs = endUs === undefined ? 0 : caption.startUs! - endUs;
      if (gapUs > 0 && gapUs < CAPTION_LIMITS.gapFrames * frameUs - 1) {
        const message = `${caption.place}: gap of ${formatUs(gapUs)} before it flickers`;
        report({ path: [...caption.path, 'target_timerange', 'start'], message, hint: 'close the gap' });
      }
      endUs = Math.max(endUs ?? 0, caption.endUs);
    }
  },
};

/** DR114: lines fit. */
export const longLine = captionRule(
  { id: 'DR114', title: 'lines of captions are short', severity: 'warning' },
  (caption, text, { report }) => {
    for (const count of linesOf(text).map(countCharacters)) {
      const { charactersPerLine, charactersPerLineCjk } = CAPTION_LIMITS;
      const limit = isMostlyCjk(count) ? charactersPerLineCjk : charactersPerLine;
      if (count.visible <= limit) continue;
      const message = `${caption.place}: line of ${count.visible} characters (at most ${limit})`;
      report({ path: [...caption.material!.path, 'content'], message, hint: 'break the line between words' });
    }
  },
);

/** DR115: few lines. */
export const manyLines = captionRule(
  { id: 'DR115', title: 'captions have two lines at most', severity: 'warning' },
  (caption, text, { report }) => {
    const lines = linesOf(text).length;
    if (lines <= CAPTION_LIMITS.lines) return;
    const message = `${caption.place}: ${lines} lines (at most ${CAPTION_LIMITS.lines})`;
    report({ path: [...caption.material!.path, 'content'], message, hint: 'split the caption' });
  },
);

/** DR116: long enough. */
export const shortCaption = captionRule(
  { id: 'DR116', title: 'captions are on screen long enough', severity: 'warning' },
  (caption, _text, { report }) => {
    if (caption.durationUs! >= CAPTION_LIMITS.shortestUs) return;
    const message = `${caption.place}: on screen for ${formatUs(caption.durationUs!)}, less than ${formatUs(CAPTION_LIMITS.shortestUs)}`;
    report({ path: duration(caption), message, hint: 'lengthen it' });
  },
);

/** DR117: not too long. */
export const longCaption = captionRule(
  { id: 'DR117', title: 'captions are not on screen too long', severity: 'warning' },
  (caption, _text, { report }) => {
    if (caption.durationUs! <= CAPTION_LIMITS.longestUs) return;
    const message = `${caption.place}: on screen for ${formatUs(caption.durationUs!)}, more than ${formatUs(CAPTION_LIMITS.longestUs)}`;
    report({ path: duration(caption), message, hint: 'split the caption' });
  },
);

/** DR118: captions are where nothing of the app or platform covers them. */
export const captionPlace = captionRule(
  { id: 'DR118', title: 'captions are in the safe area', severity: 'warning' },
  (caption, _text, { view, report }) => {
    const { x, y } = objectOf(objectOf(caption.value.clip).transform);
    const { width = 0, height = 0 } = view.canvas;
    const safeY = height > width ? CAPTION_LIMITS.safeYPortrait : CAPTION_LIMITS.safeY;
    const isSafe = Math.abs(numberOf(x) ?? 0) <= CAPTION_LIMITS.safeX && Math.abs(numberOf(y) ?? 0) <= safeY;
    if (isSafe) return;
    const message = `${caption.place} is outside of the safe area: platforms cover it or cut it off`;
    report({ path: [...caption.path, 'clip', 'transform'], message, hint: 'move it' });
  },
);
