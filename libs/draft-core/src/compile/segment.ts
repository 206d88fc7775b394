import type { NormalClip, NormalTrack } from '../timeline/model.ts';
import { staticValue } from '../timeline/static-value.ts';
import type { JsonObject } from './compiled-draft.ts';

/** What differs between the segments of one track type and another. */
export interface SegmentParts {
  id: string;
  materialId: string;
  /** Ids of companion materials. */
  refs: string[];
  keyframes: JsonObject[];
}

type Drawn = Extract<NormalClip, { kind: 'video' | 'text' | 'sticker' }>;

function common(
  clip: NormalClip,
  track: NormalTrack,
  parts: Pick<SegmentParts, 'id' | 'materialId'> & Partial<SegmentParts>,
): JsonObject {
  return {
    enable_adjust: true,
    enable_color_correct_adjust: false,
    enable_color_curves: true,
    enable_color_match_adjust: false,
    enable_color_wheels: true,
    enable_lut: true,
    enable_smart_color_adjust: false,
    last_nonzero_volume: 1,
    reverse: false,
    track_attribute: 0,
    track_render_index: 0,
    visible: true,
    id: parts.id,
    material_id: parts.materialId,
    target_timerange: { start: clip.startUs, duration: clip.durationUs },
    common_keyframes: parts.keyframes ?? [],
    keyframe_refs: [],
    ...(parts.refs === undefined ? {} : { extra_material_refs: parts.refs }),
    render_index: track.renderIndex,
  };
}

/** The segment of a clip that plays a file. */
export function mediaSegment(
  clip: Extract<NormalClip, { kind: 'video' | 'audio' }>,
  track: NormalTrack,
  parts: SegmentParts,
): JsonObject {
  const volume = currentValue(clip, 'volume') ?? 1;
  const segment: JsonObject = {
    ...common(clip, track, parts),
    source_timerange: { start: clip.source.startUs, duration: clip.source.durationUs },
    speed: clip.speed,
    volume,
    is_tone_modify: clip.input.changePitch ?? false,
  };
  // The app crashes on a sound segment with a picture transform.
  if (clip.kind === 'audio') return Object.assign(segment, { clip: null, hdr_settings: null });
  return Object.assign(segment, drawnFields(clip), { hdr_settings: { intensity: 1, mode: 1, nits: 1000 } });
}

/** The segment of a clip that is drawn by the app itself: text or a sticker. */
export function drawnSegment(
  clip: Extract<NormalClip, { kind: 'text' | 'sticker' }>,
  track: NormalTrack,
  parts: SegmentParts,
): JsonObject {
  const fixed = { source_timerange: null, speed: 1, volume: 1, is_tone_modify: false };
  return Object.assign(common(clip, track, parts), fixed, drawnFields(clip));
}

/** The segment of a clip that works on what is under it: an effect or a filter. */
export function bareSegment(
  clip: Extract<NormalClip, { kind: 'effect' | 'filter' }>,
  track: NormalTrack,
  parts: Pick<SegmentParts, 'id' | 'materialId'>,
): JsonObject {
  return common(clip, track, parts);
}

function drawnFields(clip: Drawn): JsonObject {
  const { transform = {} } = clip.input;
  // Most clips stand still, and captions come by the thousand.
  if (clip.curves.length === 0) return stillFields(transform);
  const axes = clip.curves.some(({ property }) => property === 'scaleX' || property === 'scaleY');
  const scale = currentValue(clip, 'scale') ?? 1;
  return {
    clip: {
      alpha: currentValue(clip, 'opacity') ?? 1,
      flip: { horizontal: transform.flipX ?? false, vertical: transform.flipY ?? false },
      rotation: currentValue(clip, 'rotation') ?? 0,
      scale: { x: currentValue(clip, 'scaleX') ?? scale, y: currentValue(clip, 'scaleY') ?? scale },
      transform: { x: currentValue(clip, 'positionX') ?? 0, y: currentValue(clip, 'positionY') ?? 0 },
    },
    uniform_scale: { on: !axes, value: 1 },
  };
}

function stillFields(transform: NonNullable<Drawn['input']['transform']>): JsonObject {
  const { x = 0, y = 0, scale = 1, scaleX = scale, scaleY = scale, rotation = 0, opacity = 1 } = transform;
  return {
    clip: {
      alpha: opacity,
      flip: { horizontal: transform.flipX ?? false, vertical: transform.flipY ?? false },
      rotation,
      scale: { x: scaleX, y: scaleY },
      transform: { x, y },
    },
    uniform_scale: { on: true, value: 1 },
  };
}

/** The value a clip starts with: that of its first keyframe, else the one it states. */
function currentValue(
  clip: Extract<NormalClip, { curves: unknown }>,
  property: Parameters<typeof staticValue>[1],
): number | undefined {
  const curve = clip.curves.find((one) => one.property === property);
  return curve?.points[0]?.value ?? staticValue(clip.input, property);
}
