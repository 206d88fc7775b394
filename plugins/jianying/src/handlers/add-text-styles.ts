import { type Clip, type ClipOf, findKeywords } from '@cozecut/draft-core';
import { UserError } from '@cozecut/problems';
import { describeChange, mapClips, requireKind } from '../change-clips.ts';
import { changeDraft } from '../change-draft.ts';
import { layStyle, type Place } from '../lay-style.ts';
import { reference } from '../reference.ts';
import { partStyle, textStyle } from '../text-input.ts';
import type { AddTextStylesInput, ToolHandler } from '../tools.gen.ts';

type Item = AddTextStylesInput['text_styles'][number];
type TextClip = ClipOf<'text'>;

/** Styles of captions, or of parts of them. */
export const addTextStyles: ToolHandler<'add_text_styles'> = ({ draft_id, text_styles }, context) =>
  changeDraft(
    draft_id,
    (before) => {
      let timeline = before;
      for (const item of text_styles) {
        timeline = mapClips(timeline, [item.segment_id], (placed) => {
          requireKind(placed, ['text'], 'text');
          return styled(placed.clip as TextClip, item) as Clip;
        });
      }
      return {
        timeline,
        result: describeChange(draft_id, before, timeline, { message: 'styled the captions' }, context),
      };
    },
    context,
  );

function styled(clip: TextClip, item: Item): TextClip {
  const { keyword, start, end, text_effect, alignment, background_color } = item;
  if (keyword === undefined && start === undefined && end === undefined) {
    const { color, ...rest } = item;
    const style = textStyle({ ...rest, ...(color === undefined ? {} : { text_color: color }) });
    const decoration = text_effect === undefined ? {} : { decoration: reference(text_effect) };
    return { ...clip, style: { ...clip.style, ...style }, ...decoration };
  }
  if ([text_effect, alignment, background_color].some((value) => value !== undefined))
    throw new UserError('INPUT_INVALID', 'text_effect, alignment and background_color are for a whole text');
  return { ...clip, ranges: layStyle(clip.ranges ?? [], placesOf(clip.text, item), partStyle(item)) };
}

function placesOf(text: string, { keyword, start, end }: Item): Place[] {
  if (keyword !== undefined) {
    const places = findKeywords(text, keyword);
    if (places.length > 0) return places;
    throw new UserError(
      'INPUT_INVALID',
      `${JSON.stringify(keyword)} is not in the text ${JSON.stringify(text)}`,
    );
  }
  if (start !== undefined && end !== undefined && start < end) return [{ start, end }];
  throw new UserError('INPUT_INVALID', 'a part of a text needs a start, and an end behind it');
}
