import type { CueRange, RangeStyle, TimedWord } from './cue.ts';

/** Puts a text together from parts that have a style each. */
export class StyledText {
  #text = '';
  readonly #parts: { start: number; end: number; style: RangeStyle; key: string }[] = [];

  get length(): number {
    return this.#text.length;
  }

  add(text: string, style: RangeStyle = {}): void {
    if (text === '') return;
    const start = this.#text.length;
    this.#text += text;
    const key = JSON.stringify(style);
    const last = this.#parts.at(-1);
    if (last?.key === key && last.end === start) last.end = this.#text.length;
    else this.#parts.push({ start, end: this.#text.length, style: { ...style }, key });
  }

  /** The text without blanks and blank lines around it, and the parts with a style; words move along. */
  finish(words: readonly TimedWord[] = []): { text: string; ranges: CueRange[]; words: TimedWord[] } {
    const text = this.#text.trim();
    const shift = this.#text.length - this.#text.trimStart().length;
    const inside = (at: number): number => Math.max(0, Math.min(text.length, at - shift));
    const moved = <Part extends { start: number; end: number }>(part: Part): Part => ({
      ...part,
      start: inside(part.start),
      end: inside(part.end),
    });
    return {
      text,
      ranges: this.#parts
        .filter(({ key }) => key !== '{}')
        .map(({ start, end, style }) => moved({ start, end, style }))
        .filter(({ start, end }) => end > start),
      words: words.map(moved),
    };
  }
}
