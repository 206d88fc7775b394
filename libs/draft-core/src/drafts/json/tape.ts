/** What stands at an index of a {@link Tape}. A key is followed by its value. */
export const KIND = { object: 1, array: 2, string: 3, number: 4, literal: 5, key: 6 } as const;

/** One of {@link KIND}. */
export type Kind = (typeof KIND)[keyof typeof KIND];

const FIRST_CAPACITY = 1024;

/**
 * A parsed JSON text as flat arrays, in the order of the text: a draft of 50 MB has millions of values, and an object
 * for each would take many times its size.
 */
export class Tape {
  count = 0;
  kinds = new Uint8Array(FIRST_CAPACITY);
  /** Offset of the first character. */
  starts = new Int32Array(FIRST_CAPACITY);
  /** Offset after the last character. */
  ends = new Int32Array(FIRST_CAPACITY);
  /** Index of the list, of the key for a value in a map, of the map for a key; -1 for the root. */
  parents = new Int32Array(FIRST_CAPACITY);
  /** Index after everything that is inside. */
  nexts = new Int32Array(FIRST_CAPACITY);

  add(kind: Kind, start: number, end: number, parent: number): number {
    const index = this.count++;
    if (index === this.kinds.length) this.#grow();
    this.kinds[index] = kind;
    this.starts[index] = start;
    this.ends[index] = end;
    this.parents[index] = parent;
    this.nexts[index] = index + 1;
    return index;
  }

  /** Adds a value that holds no others. */
  addLeaf(kind: Kind, start: number, end: number, parent: number): void {
    this.add(kind, start, end, parent);
    if (parent !== -1 && this.kinds[parent] === KIND.key) this.nexts[parent] = this.count;
  }

  #grow(): void {
    const capacity = this.kinds.length * 2;
    const larger = new Uint8Array(capacity);
    larger.set(this.kinds);
    this.kinds = larger;
    for (const name of ['starts', 'ends', 'parents', 'nexts'] as const) {
      const array = new Int32Array(capacity);
      array.set(this[name]);
      this[name] = array;
    }
  }
}
