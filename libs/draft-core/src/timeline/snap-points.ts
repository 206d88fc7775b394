import { frameToUs, nearestFrame } from './frames.ts';
import type { CurvePoint } from './model.ts';

interface Span {
  startUs: number;
  durationUs: number;
}

/**
 * Moves keyframes to the frame grid, in place, as their clip was moved. Two that fall on one frame become neighbours,
 * so that a jump stays a jump.
 *
 * @param stated - The clip as it was written.
 * @param placed - The clip on the grid.
 */
export function snapPoints(points: CurvePoint[], stated: Span, placed: Span, fps: number): void {
  const first = nearestFrame(placed.startUs, fps);
  const last = nearestFrame(placed.startUs + placed.durationUs, fps);
  const frames = points.map(({ atUs }) => nearestFrame(stated.startUs + atUs, fps));
  for (let index = 0; index < frames.length; index++) {
    frames[index] = Math.max(frames[index]!, index === 0 ? first : frames[index - 1]! + 1);
  }
  for (let index = frames.length - 1; index >= 0; index--) {
    frames[index] = Math.min(frames[index]!, index === frames.length - 1 ? last : frames[index + 1]! - 1);
  }
  const fit = frames[0]! >= first;
  for (const [index, point] of points.entries()) {
    point.atUs = fit
      ? frameToUs(frames[index]!, fps) - placed.startUs
      : // More keyframes than frames: they only follow the length of the clip.
        Math.round((point.atUs * placed.durationUs) / stated.durationUs);
  }
}
