import type { MediaFacts } from '../media-facts.ts';
import { fittedSize } from '../timeline/geometry.ts';
import { clipPlace, clipPointer, type NormalClip, type NormalVideoClip } from '../timeline/model.ts';
import type { Rule } from './rule.ts';

/** DR040, DR041, DR042, DR063: opacity, scale and place of a clip. */
export const transform: Rule = {
  clip(clip, _track, { timeline, facts, report }) {
    if (!('transform' in clip.input) || clip.input.transform === undefined) return;
    const { opacity, scale, scaleX, scaleY } = clip.input.transform;
    const place = `${clipPlace(clip)}.transform`;
    if (opacity !== undefined && !(opacity >= 0 && opacity <= 1)) {
      const message = `${place}.opacity must be 0 to 1 (got ${opacity})`;
      report('DR040', 'error', clipPointer(clip, 'transform', 'opacity'), message);
    }
    for (const [key, value] of Object.entries({ scale, scaleX, scaleY })) {
      if (value === undefined) continue;
      const pointer = clipPointer(clip, 'transform', key);
      if (!(value > 0)) report('DR041', 'error', pointer, `${place}.${key} must be > 0 (got ${value})`);
      else if (value > 10) report('DR041', 'warning', pointer, `${place}.${key} ${value} is unusually large`);
    }
    if (scale !== undefined && (scaleX ?? scaleY) !== undefined) {
      report(
        'DR063',
        'error',
        clipPointer(clip, 'transform', 'scale'),
        `${place}: choose scale or scaleX and scaleY`,
      );
    }
    if (
      clip.kind === 'video' &&
      !clip.broken &&
      isOutside(clip, facts?.get(clip.input.media), timeline.canvas)
    ) {
      report(
        'DR042',
        'warning',
        clipPointer(clip, 'transform'),
        `${clipPlace(clip)} is outside of the canvas all the time`,
      );
    }
  },
};

const moving = new Set(['positionX', 'positionY', 'scale', 'scaleX', 'scaleY', 'rotation']);

function isOutside(
  clip: NormalVideoClip,
  facts: MediaFacts | undefined,
  canvas: { width: number; height: number },
): boolean {
  const size = facts && fittedSize(facts, clip.input.crop, canvas);
  if (size === undefined || moves(clip)) return false;
  const { x = 0, y = 0, scale = 1, scaleX = scale, scaleY = scale, rotation = 0 } = clip.input.transform!;
  const angle = (rotation * Math.PI) / 180;
  const [cos, sin] = [Math.abs(Math.cos(angle)), Math.abs(Math.sin(angle))];
  const [width, height] = [size.width * scaleX, size.height * scaleY];
  const reachX = (width * cos + height * sin) / canvas.width;
  const reachY = (width * sin + height * cos) / canvas.height;
  return Math.abs(x) >= 1 + reachX || Math.abs(y) >= 1 + reachY;
}

function moves(clip: NormalClip): boolean {
  return 'curves' in clip && clip.curves.some(({ property }) => moving.has(property));
}
