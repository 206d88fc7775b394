/** Writes a bit stream, most significant bit first. */
export class BitWriter {
  readonly #bytes: number[] = [];
  #current = 0;
  #filled = 0;

  /** Appends the lowest `count` bits of `value`. */
  bits(value: number, count: number): this {
    for (let shift = count - 1; shift >= 0; shift--) {
      this.#current = (this.#current << 1) | ((value >>> shift) & 1);
      if (++this.#filled === 8) {
        this.#bytes.push(this.#current);
        this.#current = 0;
        this.#filled = 0;
      }
    }
    return this;
  }

  /** Appends `value` as an unsigned Exp-Golomb code. */
  ue(value: number): this {
    const length = 32 - Math.clz32(value + 1);
    return this.bits(0, length - 1).bits(value + 1, length);
  }

  /** Appends zero bits up to the next whole byte. */
  align(): this {
    return this.#filled === 0 ? this : this.bits(0, 8 - this.#filled);
  }

  /** Appends whole bytes; the stream must be aligned. */
  append(bytes: Uint8Array): this {
    for (const byte of bytes) this.#bytes.push(byte);
    return this;
  }

  /** Everything written so far; the stream must be aligned. */
  toBytes(): Uint8Array<ArrayBuffer> {
    return Uint8Array.from(this.#bytes);
  }
}
