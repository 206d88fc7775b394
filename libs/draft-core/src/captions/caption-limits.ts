/** What readers of captions can bear. Characters are those that people see, without blanks. */
export interface CaptionLimits {
  /** Characters in a second. */
  charactersPerSecond: number;
  /** The same for texts that are mostly Chinese, Japanese or Korean. */
  charactersPerSecondCjk: number;
  /** Characters in a line. */
  charactersPerLine: number;
  /** The same for lines that are mostly Chinese, Japanese or Korean. */
  charactersPerLineCjk: number;
  /** Lines of one caption. */
  lines: number;
  /** Shortest time on screen, in microseconds. */
  shortestUs: number;
  /** Longest time on screen, in microseconds. */
  longestUs: number;
  /** Shortest gap between two captions, in frames; none at all is fine. */
  gapFrames: number;
  /** How far from the centre a caption may be to the left and right, in half-canvas units. */
  safeX: number;
  /** The same up and down. */
  safeY: number;
  /** The same up and down on a canvas that is higher than wide, where apps cover more of it. */
  safeYPortrait: number;
}

/** Limits that hold when nobody says otherwise. */
export const CAPTION_LIMITS: Readonly<CaptionLimits> = {
  charactersPerSecond: 20,
  charactersPerSecondCjk: 11,
  charactersPerLine: 42,
  charactersPerLineCjk: 18,
  lines: 2,
  shortestUs: 800_000,
  longestUs: 7_000_000,
  gapFrames: 2,
  safeX: 0.9,
  safeY: 0.9,
  safeYPortrait: 0.85,
};
