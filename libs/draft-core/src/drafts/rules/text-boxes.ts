import { cleanCaption, whyUnclean } from '../../rules/caption-text.ts';
import { excessOf } from '../../rules/text-width.ts';
import { estimateSize, type ShownText, type Size } from '../../text/text-size.ts';
import type { DraftContext, DraftRule } from '../draft-rule.ts';
import { type DraftView, isCaptionTrack, type SegmentView, type TextView } from '../draft-view.ts';
import { listOf, numberOf, objectOf } from '../loose.ts';
import { editContent } from './text-content.ts';

/** More captions at once than any screen has room for; the oldest are not looked at any more. */
const MOST_AT_ONCE = 64;

/** The text of each segment that shows one which can be read. */
function textsOf({ view }: DraftContext): (segment: SegmentView) => TextView | undefined {
  const texts = new Map(view.texts.map((text) => [text.value, text]));
  return ({ material }) => (material === undefined ? undefined : texts.get(material.value));
}

function canvasOf({ canvas: { width, height } }: DraftView): Size | undefined {
  return width !== undefined && height !== undefined && width > 0 && height > 0
    ? { width, height }
    : undefined;
}

/** What the estimate of its size goes by. */
function shownText({ value: segment }: SegmentView, { value, content }: TextView): ShownText {
  const { typesetting, type, line_max_width: maxLineWidth } = value;
  const scale = objectOf(objectOf(segment.clip).scale);
  const sizes = (content?.styles ?? []).flatMap((style) => numberOf(style.size) ?? []);
  return {
    text: content?.text ?? '',
    style: {
      ...(sizes.length === 0 ? {} : { size: Math.max(...sizes) }),
      vertical: typesetting === 1,
      autoWrap: type === 'subtitle',
      maxLineWidth: numberOf(maxLineWidth) ?? 0.82,
    },
    transform: { scaleX: numberOf(scale.x) ?? 1, scaleY: numberOf(scale.y) ?? 1 },
  };
}

/** DR108: a text is not larger than the canvas, as far as that can be told without its font; a track is told once. */
export const textWidth: DraftRule = {
  id: 'DR108',
  title: 'texts fit into the canvas',
  severity: 'warning',
  draft(context) {
    const canvas = canvasOf(context.view);
    const textOf = textsOf(context);
    if (canvas === undefined) return;
    for (const { type, segments } of context.view.tracks) {
      if (type !== 'text') continue;
      const tooLarge = segments.flatMap((segment) => {
        const text = textOf(segment);
        const why = text && excessOf({ input: shownText(segment, text) }, canvas);
        return text === undefined || why === undefined ? [] : [{ segment, text, why }];
      });
      const [first, ...more] = tooLarge;
      if (first === undefined) continue;
      const others =
        more.length === 0
          ? ''
          : `; so ${more.length === 1 ? 'is 1 more' : `are ${more.length} more`} of the track`;
      context.report({
        path: [...first.text.path, 'content'],
        message: `${first.segment.place}: text is ${first.why}${others}`,
        hint: 'wrap or shrink it',
      });
    }
  },
};

/** DR112: captions of different tracks that are shown at once are at different places. */
export const captionCover: DraftRule = {
  id: 'DR112',
  title: 'captions that are shown at once do not cover each other',
  severity: 'warning',
  draft(context) {
    const canvas = canvasOf(context.view);
    const tracks = context.view.tracks.filter(isCaptionTrack);
    if (canvas === undefined || tracks.length < 2) return;
    const textOf = textsOf(context);
    const captions = tracks
      .flatMap(({ segments }) => segments)
      .filter(({ endUs }) => endUs !== undefined)
      .sort((a, b) => a.startUs! - b.startUs!);
    let shown: Box[] = [];
    for (const segment of captions) {
      const text = textOf(segment);
      if (text === undefined) continue;
      shown = shown.filter((box) => box.segment.endUs! > segment.startUs!);
      const box = { segment, size: estimateSize({ input: shownText(segment, text) }, canvas) };
      const other = shown.find((one) => one.segment.track !== segment.track && covers(one, box, canvas));
      if (other !== undefined) {
        context.report({
          path: segment.path,
          message: `${other.segment.place} and ${segment.place} are shown at once and cover each other`,
          hint: 'move one up or down',
        });
      }
      shown.push(box);
      if (shown.length > MOST_AT_ONCE) shown.shift();
    }
  },
};

interface Box {
  segment: SegmentView;
  size: Size;
}

function covers(a: Box, b: Box, canvas: Size): boolean {
  const [placeA, placeB] = [a, b].map(({ segment }) => objectOf(objectOf(segment.value.clip).transform));
  // A half-canvas unit is half of the canvas, and so is what a box reaches to either side of its centre.
  const apart = (key: 'x' | 'y'): number =>
    Math.abs((numberOf(placeA![key]) ?? 0) - (numberOf(placeB![key]) ?? 0));
  return (
    apart('x') * canvas.width < a.size.width + b.size.width &&
    apart('y') * canvas.height < a.size.height + b.size.height
  );
}

/** DR119: the text of a caption has nothing in it that a file left there. */
export const captionText: DraftRule = {
  id: 'DR119',
  title: 'captions hold nothing that a file has left',
  severity: 'info',
  fixable: true,
  draft(context) {
    const textOf = textsOf(context);
    for (const caption of context.view.tracks.filter(isCaptionTrack).flatMap(({ segments }) => segments)) {
      const text = textOf(caption);
      const words = text?.content?.text;
      if (text === undefined || words === undefined) continue;
      const why = whyUnclean(words);
      if (why.length === 0) continue;
      const clean = cleanCaption(words);
      const styles = text.content!.styles;
      const [start, end] = listOf(styles[0]?.range);
      // Of several styles it would have to be told which of them loses a character.
      const isOneStyle = styles.length === 1 && start === 0 && end === words.length;
      context.report({
        path: [...text.path, 'content'],
        message: `${caption.place}: text has ${why.join(', ')}`,
        hint: 'clean the text',
        ...(isOneStyle && clean !== words && clean.trim() !== ''
          ? {
              fix: {
                title: 'clean the text',
                timeline: editContent(text, context.json, (edit) => {
                  edit.setAt(['text'], clean);
                  edit.setAt(['styles', 0, 'range', 1], clean.length);
                }),
              },
            }
          : {}),
      });
    }
  },
};
