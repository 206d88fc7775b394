/** What is made of such numbers as `randomNumbers` gives. */
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
