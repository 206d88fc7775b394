import { frameToUs, nearestFrame } from '../../timeline/frames.ts';
import { isStill, type SegmentView } from '../draft-view.ts';
import type { Change } from '../json/json-editor.ts';
import { numberOf } from '../loose.ts';

/** A range on the frame grid, at least one frame long: its ends are moved, not its length. */
export function snapped(
  startUs: number,
  endUs: number,
  fps: number,
): { startUs: number; durationUs: number } {
  const first = nearestFrame(startUs, fps);
  const start = frameToUs(first, fps);
  return {
    startUs: start,
    durationUs: frameToUs(Math.max(nearestFrame(endUs, fps), first + 1), fps) - start,
  };
}

/** Where the next segment of the track starts; infinite when none follows. */
export function roomAfter({ track, startUs, endUs }: SegmentView): number {
  const { starts } = track;
  let [low, high] = [0, starts.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (starts[middle]! >= endUs! && starts[middle]! > startUs!) high = middle;
    else low = middle + 1;
  }
  return starts[low] ?? Number.POSITIVE_INFINITY;
}

/** Moves a segment to the grid; its source follows, so that the speed stays what it is. */
export function snapSegment(segment: SegmentView, fps: number): Change {
  const { startUs, durationUs } = snapped(segment.startUs!, segment.endUs!, fps);
  const { source, speed, material, path } = segment;
  return (edit) => {
    edit.setAt([...path, 'target_timerange', 'start'], startUs);
    edit.setAt([...path, 'target_timerange', 'duration'], durationUs);
    if (source?.startUs === undefined || source.durationUs === undefined || durationUs === segment.durationUs)
      return;
    const fileUs = isStill(segment) ? undefined : numberOf(material?.value.duration);
    const room = fileUs === undefined || fileUs <= 0 ? Number.POSITIVE_INFINITY : fileUs - source.startUs;
    const length = Math.min(Math.round(durationUs * speed), room);
    if (length > 0) edit.setAt([...path, 'source_timerange', 'duration'], length);
  };
}
