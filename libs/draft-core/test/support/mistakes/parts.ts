/** One mistake in `goodTimeline()` and the finding it gives. */
export interface Mistake {
  /** Path to change, from the timeline. */
  at: string;
  value: unknown;
  code: string;
  severity: 'error' | 'warning' | 'info';
  /** Part of the pointer of the finding, when it is not `at`. */
  pointer?: string;
}

export const video = 'tracks.0.clips.0';
export const photo = 'tracks.0.clips.1';
export const audio = 'tracks.1.clips.0';
export const text = 'tracks.2.clips.0';
export const error = 'error' as const;
export const warning = 'warning' as const;
export const info = 'info' as const;
