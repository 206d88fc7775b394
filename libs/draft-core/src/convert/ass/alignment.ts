/** Where a numpad alignment puts a cue. */
export interface Place {
  align: 'left' | 'center' | 'right';
  /** Half-canvas units from the centre, up is positive. */
  y: number;
}

const columns = ['left', 'center', 'right'] as const;
const rows = [-0.8, 0, 0.8];

/** Place for 1..9 as on the number pad: 1-3 at the bottom, 7-9 at the top. */
export function numpadPlace(code: number): Place | undefined {
  if (!Number.isInteger(code) || code < 1 || code > 9) return undefined;
  return { align: columns[(code - 1) % 3]!, y: rows[Math.floor((code - 1) / 3)]! };
}

/** The older code: 1-3 left, centre, right; 4 more for the top, 8 more for the middle. */
export function legacyPlace(code: number): Place | undefined {
  const column = code & 3;
  if (!Number.isInteger(code) || code < 1 || code > 11 || column === 0) return undefined;
  return { align: columns[column - 1]!, y: code >= 8 ? 0 : code >= 4 ? 0.8 : -0.8 };
}

/** The number-pad code of a place. */
export function numpadCode({ align, y }: Place): number {
  const row = y > 0.4 ? 2 : y < -0.4 ? 0 : 1;
  return row * 3 + columns.indexOf(align) + 1;
}
