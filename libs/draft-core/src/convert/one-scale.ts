import type { ClipOf } from '../timeline/schema.ts';

type Drawn = Pick<ClipOf<'video'>, 'transform' | 'keyframes'>;

/**
 * Other formats give a clip one scale and curves of its axes, or the other way round, where a timeline has to choose:
 * as soon as one of them tells the axes apart, both do. Changes the clip in place.
 */
export function chooseScale(clip: Drawn): void {
  const { transform = {}, keyframes = {} } = clip;
  if (transform.scale !== undefined && hasAxes(keyframes)) clip.transform = byAxis(transform);
  if (keyframes.scale !== undefined && hasAxes(transform) && !hasAxes(keyframes)) {
    clip.keyframes = byAxis(keyframes);
  }
}

function hasAxes({ scaleX, scaleY }: { scaleX?: unknown; scaleY?: unknown }): boolean {
  return (scaleX ?? scaleY) !== undefined;
}

function byAxis<Value>({ scale, ...rest }: { scale?: Value; scaleX?: Value; scaleY?: Value }): object {
  return { scaleX: scale, scaleY: scale, ...rest };
}
