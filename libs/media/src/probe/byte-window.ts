import type { ByteSource } from './byte-source.ts';

const WINDOW_BYTES = 65_536;

/** Reads single bytes anywhere, a window at a time. */
export class ByteWindow {
  readonly #source: ByteSource;
  #window: Uint8Array = new Uint8Array();
  #start = 0;

  constructor(source: ByteSource) {
    this.#source = source;
  }

  /** The byte at `position`, or nothing behind the end. */
  async byte(position: number): Promise<number | undefined> {
    if (position < this.#start || position >= this.#start + this.#window.length) {
      this.#window = await this.#source.read(position, position + WINDOW_BYTES);
      this.#start = position;
    }
    return this.#window[position - this.#start];
  }

  /** Two bytes as a little-endian number; missing bytes count as 0. */
  async uint16(position: number): Promise<number> {
    const low = (await this.byte(position)) ?? 0;
    return low + 256 * ((await this.byte(position + 1)) ?? 0);
  }
}
