import type { FileHandle } from 'node:fs/promises';

const WINDOW_BYTES = 65_536;

/** Reads single bytes anywhere in a file, a window at a time. */
export class ByteWindow {
  readonly #file: FileHandle;
  readonly #buffer = Buffer.alloc(WINDOW_BYTES);
  #start = 0;
  #length = 0;

  constructor(file: FileHandle) {
    this.#file = file;
  }

  /** The byte at `position`, or nothing behind the end of the file. */
  async byte(position: number): Promise<number | undefined> {
    if (position < this.#start || position >= this.#start + this.#length) {
      const { bytesRead } = await this.#file.read(this.#buffer, 0, WINDOW_BYTES, position);
      this.#start = position;
      this.#length = bytesRead;
    }
    return position < this.#start + this.#length ? this.#buffer[position - this.#start] : undefined;
  }

  /** Two bytes as a little-endian number; missing bytes count as 0. */
  async uint16(position: number): Promise<number> {
    const low = (await this.byte(position)) ?? 0;
    return low + 256 * ((await this.byte(position + 1)) ?? 0);
  }
}
