import type { ClipOf, MediaFacts } from '@cozecut/draft-core';
import type { ToolContext } from '@cozecut/plugin-host';
import { type Problem, UserError } from '@cozecut/problems';
import { findSegment } from './change-clips.ts';
import { defined } from './defined.ts';
import { probeMedia } from './media.ts';
import { maskOf } from './reference.ts';
import { storedTimeline } from './stored-timeline.ts';
import type { AddMasksInput } from './tools.gen.ts';

type VideoClip = ClipOf<'video'>;
type Mask = NonNullable<VideoClip['mask']>;

/** Above it a width or a height is meant in pixels. */
const LARGEST_FRACTION = 1;

/** What {@link maskMaker} gives. */
export interface MaskMaker {
  maskFor(clip: VideoClip): Mask;
  /** What is said and does not go with the shape. */
  problems: Problem[];
}

/**
 * Makes the masks that an input describes. A size in pixels is one of the file, which is looked into for that.
 *
 * @throws UserError INPUT_INVALID, SEGMENT_NOT_FOUND, and what `probeMedia` throws.
 */
export async function maskMaker(input: AddMasksInput, context: ToolContext): Promise<MaskMaker> {
  const shape = maskOf(input.name);
  if (input.size !== undefined && input.height !== undefined)
    throw new UserError('INPUT_INVALID', 'give either size or height');
  const isRectangle = shape === 'rectangle';
  const width = isRectangle ? input.width : undefined;
  const { height, size } = shape === 'line' ? {} : input;
  const isInPixels = [width, height].some((value) => value !== undefined && value > LARGEST_FRACTION);
  const facts = isInPixels ? await factsOf(input, context) : new Map<string, MediaFacts>();
  const common = {
    shape,
    centerX: input.X,
    centerY: input.Y,
    feather: input.feather,
    rotation: input.rotation,
    invert: input.invert,
    roundCorner: isRectangle ? input.roundCorner : undefined,
  };
  const maskFor = ({ id, media }: VideoClip): Mask => {
    const share = (value: number | undefined, side: 'width' | 'height'): number | undefined => {
      if (value === undefined || value <= LARGEST_FRACTION) return value;
      const known = facts.get(media)?.[side];
      if (known !== undefined && known > 0) return value / known;
      throw new UserError('DRAFT_CONFLICT', `clip ${id} shows another file than a moment ago`, {
        hint: 'call the tool again',
      });
    };
    return defined<Mask>({
      ...common,
      size: size ?? share(height, 'height'),
      rectWidth: share(width, 'width'),
    });
  };
  return { maskFor, problems: unfit(input, shape) };
}

/** The files of the clips that are masked. */
async function factsOf(
  { draft_id, segment_ids }: AddMasksInput,
  context: ToolContext,
): Promise<Map<string, MediaFacts>> {
  const timeline = storedTimeline((await context.drafts.get(draft_id)).timeline);
  const sources = segment_ids.flatMap((id) => {
    const { clip, track } = findSegment(timeline, id);
    // Other clips are refused later, in the words for that.
    return track.type === 'video' ? [(clip as VideoClip).media] : [];
  });
  const probed = await probeMedia(sources, context);
  return new Map([...probed].map(([source, { facts }]) => [source, facts]));
}

function unfit(input: AddMasksInput, shape: Mask['shape']): Problem[] {
  const told = (key: string, hint: string): Problem => ({
    code: 'DR046',
    severity: 'warning',
    message: `${key} left out: a ${shape} mask has none`,
    hint,
  });
  const { width, roundCorner, height, size } = input;
  return [
    ...(shape !== 'rectangle' && width !== undefined ? [told('width', 'its width follows its height')] : []),
    ...(shape !== 'rectangle' && roundCorner ? [told('roundCorner', 'only rectangles have corners')] : []),
    ...(shape === 'line' && (height ?? size) !== undefined
      ? [told('size', 'it divides the whole picture')]
      : []),
  ];
}
