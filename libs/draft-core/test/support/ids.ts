/** A source of UUIDs that repeats: 1, 2, 3, … */
export function countingUuid(): () => string {
  let count = 0;
  return () => `00000000-0000-4000-8000-${(++count).toString(16).padStart(12, '0')}`;
}

/** A fixed clock: Unix time in milliseconds. */
export const fixedNow = (): number => 1_790_000_000_000;
