import type { ClipOf } from '../../timeline/schema.ts';
import type { JsonObject } from '../compiled-draft.ts';

/** Entry of `canvases`: what fills the canvas around a clip. */
export function canvasMaterial(id: string, fill: NonNullable<ClipOf<'video'>['background']>): JsonObject {
  const isBlur = fill.type === 'blur';
  return {
    blur: isBlur ? (fill.level ?? 0.0625) : 0,
    color: isBlur ? '#00000000' : withAlpha(fill.color),
    id,
    source_platform: 0,
    type: isBlur ? 'canvas_blur' : 'canvas_color',
  };
}

/** `#RRGGBB` as `#RRGGBBAA`. */
export function withAlpha(color: string): string {
  return color.length === '#RRGGBB'.length ? `${color}FF` : color;
}
