import { hasFrames, isOnGrid, snapToFrame } from './frames.ts';
import type { NormaliseInput } from './normalise-input.ts';
import type { ClipReport } from './resolve.ts';

/** Ends of clips that are not on the frame grid: each is a warning when it stays so, one note when all are moved. */
export class OffGrid {
  readonly #input: NormaliseInput;
  #count = 0;
  #largestUs = 0;
  #first: string | undefined;

  constructor(input: NormaliseInput) {
    this.#input = input;
  }

  check(us: number, clip: ClipReport): void {
    const { fps } = this.#input.timeline.canvas;
    if (!hasFrames(fps) || isOnGrid(us, fps)) return;
    const offUs = Math.abs(us - snapToFrame(us, fps));
    if (!this.#input.quantise) {
      const message = `${clip.place}: ${us} us is ${offUs} us off the ${fps} fps grid`;
      this.#input.report('DR008', 'warning', clip.pointer(), message, { hint: 'the app will move it' });
      return;
    }
    this.#count++;
    this.#largestUs = Math.max(this.#largestUs, offUs);
    this.#first ??= clip.pointer();
  }

  summarise(): void {
    if (this.#first === undefined) return;
    const { fps } = this.#input.timeline.canvas;
    const ends = this.#count === 1 ? '1 clip end was' : `${this.#count} clip ends were`;
    const message = `${ends} moved to the ${fps} fps grid, by at most ${this.#largestUs} us`;
    this.#input.report('DR008', 'info', this.#first, message);
  }
}
