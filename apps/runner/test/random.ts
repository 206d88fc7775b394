/** Numbers from 0 up to 1 that depend on the seed alone (mulberry32). */
export function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** What is made of such numbers. */
export function dice(random: () => number) {
  return {
    random,
    /** A whole number below `max`. */
    int: (max: number) => Math.floor(random() * max),
    chance: (share: number) => random() < share,
    pick: <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)]!,
  };
}

/** See {@link dice}. */
export type Dice = ReturnType<typeof dice>;
