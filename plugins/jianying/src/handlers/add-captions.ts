import { type Timeline, withoutStyleDefaults } from '@cozecut/draft-core';
import type { ToolContext } from '@cozecut/plugin-host';
import { addTrack } from '../add-track.ts';
import { bubbleOf } from '../bubble.ts';
import { captionProblems } from '../caption-problems.ts';
import { animated, halfCanvas, timed } from '../clip-input.ts';
import type { NewClip } from '../place-clips.ts';
import { reference } from '../reference.ts';
import { rangesOf, type TextStyleInput, textStyle } from '../text-input.ts';
import { templateOf } from '../text-template.ts';
import type { AddCaptionsInput, ToolHandler } from '../tools.gen.ts';
import { finding } from '../write-draft.ts';

/** Where captions stand when nobody says: near the lower edge, as the editor places them. */
export const BOTTOM = -0.8;

/** Captions on a text track. */
export const addCaptions: ToolHandler<'add_captions'> = async (input, context) => {
  const added = await addTrack(input, 'text', (timeline) => clipsOf(input, timeline, context), context);
  return { ...added, problems: [...added.problems, ...captionProblems(input).map(finding)] };
};

function clipsOf(input: AddCaptionsInput, timeline: Timeline, context: ToolContext): NewClip<'text'>[] {
  const { canvas } = timeline;
  // What goes without saying is not kept a hundred times; a track that is there may have defaults of its own.
  const isNew = input.track_id === undefined;
  const styleOf = (own: Pick<TextStyleInput, 'font_size' | 'text_color'>) => {
    const style = { ...textStyle({ ...input, ...own }), autoWrap: true };
    return isNew ? withoutStyleDefaults(style) : style;
  };
  const common = styleOf({});
  const scale = scaleOf(input);
  return input.captions.map((caption) => {
    const [x, y] = [caption.transform_x ?? input.transform_x, caption.transform_y ?? input.transform_y];
    const transform = {
      x: halfCanvas(x, canvas.width),
      y: y === undefined ? BOTTOM : halfCanvas(y, canvas.height),
      ...scale,
      ...(caption.rotation === undefined ? {} : { rotation: caption.rotation }),
    };
    if (caption.template_id !== undefined)
      return { clip: { ...templateOf(caption.template_id, [caption.text]), ...timed(caption), transform } };
    const font_size = caption.font_size || input.font_size;
    const { text_color = input.text_color } = caption;
    const isCommon = font_size === input.font_size && text_color === input.text_color;
    const decoration = caption.text_effect ?? input.text_effect;
    return {
      clip: {
        text: caption.text,
        ...timed(caption),
        style: isCommon ? common : styleOf({ font_size, text_color }),
        ...rangesOf(caption),
        transform,
        ...(decoration === undefined ? {} : { decoration: reference(decoration) }),
        ...bubbleOf(caption, timeline, context),
        ...animated(caption, 'loop'),
      },
    };
  });
}

function scaleOf({ scale, scale_x: scaleX, scale_y: scaleY }: AddCaptionsInput) {
  const isStretched = scaleX !== undefined || scaleY !== undefined;
  return isStretched ? { scaleX: scaleX ?? 1, scaleY: scaleY ?? 1 } : { scale };
}
