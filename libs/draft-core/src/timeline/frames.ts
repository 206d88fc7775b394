/** Whether frames of a rate can be counted; which rates the app has is another question. */
export function hasFrames(fps: number): boolean {
  return fps >= 1 && fps <= 1000;
}

/** Length of one frame in microseconds; not whole for most rates. */
export function frameLengthUs(fps: number): number {
  return 1_000_000 / fps;
}

/** Number of the frame nearest to a time. */
export function nearestFrame(us: number, fps: number): number {
  return Math.round((us * fps) / 1_000_000);
}

/** Number of the last frame that starts at or before a time, forgiving a microsecond of rounding. */
export function frameBefore(us: number, fps: number): number {
  return Math.floor(((us + 1) * fps) / 1_000_000);
}

/** Time at which a frame starts, in whole microseconds. */
export function frameToUs(frame: number, fps: number): number {
  return Math.round((frame * 1_000_000) / fps);
}

/** The time on the frame grid nearest to `us`. */
export function snapToFrame(us: number, fps: number): number {
  return frameToUs(nearestFrame(us, fps), fps);
}

/** Whether a time or a length is a whole number of frames, up to the rounding of its ends. */
export function isOnGrid(us: number, fps: number): boolean {
  return Math.abs(us - snapToFrame(us, fps)) <= 1;
}
