import { CAPTION_LIMITS } from '../../captions/caption-limits.ts';
import { type CharacterCount, countCharacters, linesOf } from '../../text/characters.ts';
import { formatUs } from '../../timeline/time.ts';
import type { DraftContext, DraftFinding, DraftRule, RuleHead } from '../draft-rule.ts';
import { isCaptionTrack, type SegmentView, type TextView } from '../draft-view.ts';
import type { Change } from '../json/json-editor.ts';
import { numberOf, objectOf } from '../loose.ts';
import { editContent } from './text-content.ts';

function captionRule(
  head: RuleHead,
  check: (caption: SegmentView, text: string, context: DraftContext, view: TextView) => void,
): DraftRule {
  return {
    ...head,
    draft(context) {
      const texts = new Map(context.view.texts.map((view) => [view.value, view]));
      for (const track of context.view.tracks) {
        if (!isCaptionTrack(track)) continue;
        for (const caption of track.segments) {
          const view = caption.material && texts.get(caption.material.value);
          if (view?.content !== undefined && caption.endUs !== undefined)
            check(caption, view.content.text, context, view);
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
  fixable: true,
  track(track, { frameUs, report }) {
    if (!isCaptionTrack(track)) return;
    let last: SegmentView | undefined;
    for (const caption of track.segments.toSorted((a, b) => (a.startUs ?? 0) - (b.startUs ?? 0))) {
      if (caption.endUs === undefined) continue;
      const gapUs = last === undefined ? 0 : caption.startUs! - last.endUs!;
      if (gapUs > 0 && gapUs < CAPTION_LIMITS.gapFrames * frameUs - 1) {
        const message = `${caption.place}: gap of ${formatUs(gapUs)} before it flickers`;
        report({
          path: [...caption.path, 'target_timerange', 'start'],
          message,
          ...closeGap(last!, caption.startUs!),
        });
      }
      if (last === undefined || caption.endUs > last.endUs!) last = caption;
    }
  },
};

/** The former caption stays until the next one comes; of one that is cut from something, nobody knows how it goes on. */
function closeGap(former: SegmentView, startUs: number): Pick<DraftFinding, 'fix' | 'hint'> {
  if (former.source !== undefined) return { hint: 'close the gap' };
  const change: Change = (edit) => edit.setAt(duration(former), startUs - former.startUs!);
  return { fix: { title: 'show the former caption until then', timeline: change } };
}

/** DR114: lines fit. */
export const longLine = captionRule(
  { id: 'DR114', title: 'lines of captions are short', severity: 'warning', fixable: true },
  (caption, text, { json, report }, view) => {
    for (const line of linesOf(text)) {
      const { visible } = countCharacters(line);
      if (isShort(line)) continue;
      const message = `${caption.place}: line of ${visible} characters (at most ${lineLimit(line)})`;
      const wrapped = linesOf(text).length < CAPTION_LIMITS.lines ? wrappedAtBlank(text, line) : undefined;
      report({
        path: [...caption.material!.path, 'content'],
        message,
        ...(wrapped === undefined
          ? { hint: 'break the line between words' }
          : {
              fix: {
                title: 'break the line between words',
                timeline: editContent(view, json, (edit) => edit.setAt(['text'], wrapped)),
              },
            }),
      });
    }
  },
);

function lineLimit(line: string): number {
  const { charactersPerLine, charactersPerLineCjk } = CAPTION_LIMITS;
  return isMostlyCjk(countCharacters(line)) ? charactersPerLineCjk : charactersPerLine;
}

function isShort(line: string): boolean {
  return countCharacters(line).visible <= lineLimit(line);
}

/**
 * The text with one blank of a line turned into a line end, so that both parts are short and as even as they can be; the
 * styles keep their places. Nothing where no blank is such a place: where else a word or a phrase ends is not certain.
 */
function wrappedAtBlank(text: string, line: string): string | undefined {
  const places = [...line.matchAll(/(?<=\S)[ \u3000](?=\S)/g)].flatMap(({ index }) => {
    const parts = [line.slice(0, index), line.slice(index + 1)];
    const [before, after] = parts.map((part) => countCharacters(part).visible) as [number, number];
    return parts.every(isShort) ? [{ index, uneven: Math.abs(before - after) }] : [];
  });
  const [best] = places.sort((a, b) => a.uneven - b.uneven);
  if (best === undefined) return undefined;
  const at = text.indexOf(line) + best.index;
  return `${text.slice(0, at)}\n${text.slice(at + 1)}`;
}

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
