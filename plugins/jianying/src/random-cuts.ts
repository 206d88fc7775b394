/** Words of the state of the generator, and where the two words lie that a new one is made of. */
const [SIZE, OFFSET] = [624, 397];
/** The seed with which capcut-mate begins at every call, so that the same call gives the same parts. */
const SEED = 42;

/**
 * Random times from `start` to `end`, both included, in order: those that Python draws with `randint` after
 * `seed(42)`, which capcut-mate has made a habit of workflows.
 */
export function randomCuts(start: number, end: number, count: number): number[] {
  const nextWord = mersenneTwister(SEED);
  const choices = end - start + 1;
  const bits = bitLength(choices);
  const draw = (): number => {
    for (;;) {
      const value = randomBits(bits, nextWord);
      if (value < choices) return start + value;
    }
  };
  return Array.from({ length: count }, draw).sort((a, b) => a - b);
}

function bitLength(value: number): number {
  return value.toString(2).length;
}

/** Up to 53 random bits: the low word first, of the last one the upper bits. */
function randomBits(bits: number, nextWord: () => number): number {
  if (bits <= 32) return nextWord() >>> (32 - bits);
  const low = nextWord();
  return (nextWord() >>> (64 - bits)) * 2 ** 32 + low;
}

/** MT19937, initialised by the key `[seed]` as Python does it. */
function mersenneTwister(seed: number): () => number {
  const state = new Uint32Array(SIZE);
  const fill = (value: number): void => {
    state[0] = value;
    for (let index = 1; index < SIZE; index++) {
      const before = state[index - 1]! ^ (state[index - 1]! >>> 30);
      state[index] = Math.imul(1_812_433_253, before) + index;
    }
  };
  const mix = (index: number, factor: number, plus: number): void => {
    const before = state[index - 1]! ^ (state[index - 1]! >>> 30);
    state[index] = (state[index]! ^ Math.imul(before, factor)) + plus;
  };
  fill(19_650_218);
  let at = 1;
  const forward = (): void => {
    at += 1;
    if (at < SIZE) return;
    state[0] = state[SIZE - 1]!;
    at = 1;
  };
  for (let round = 0; round < SIZE; round++) {
    mix(at, 1_664_525, seed);
    forward();
  }
  for (let round = 1; round < SIZE; round++) {
    mix(at, 1_566_083_941, -at);
    forward();
  }
  state[0] = 0x80000000;

  let used = SIZE;
  return () => {
    if (used >= SIZE) {
      for (let index = 0; index < SIZE; index++) {
        const word = (state[index]! & 0x80000000) | (state[(index + 1) % SIZE]! & 0x7fffffff);
        state[index] = state[(index + OFFSET) % SIZE]! ^ (word >>> 1) ^ (word & 1 ? 0x9908b0df : 0);
      }
      used = 0;
    }
    let word = state[used++]!;
    word ^= word >>> 11;
    word ^= (word << 7) & 0x9d2c5680;
    word ^= (word << 15) & 0xefc60000;
    return (word ^ (word >>> 18)) >>> 0;
  };
}
