import type { CueStyle, CueTransform, RangeStyle, TimedWord } from '../subtitles/cue.ts';
import type { LineFindings } from '../subtitles/line-findings.ts';
import { tidy } from '../values.ts';
import { legacyPlace, numpadPlace, type Place } from './alignment.ts';
import { readAssColor } from './color.ts';

/** Size of the picture that positions and sizes of a file are counted in. */
export interface PlayRes {
  width: number;
  height: number;
}

// Longest first: the name of a tag ends where its value begins.
const names = (
  'alpha iclip xbord ybord xshad yshad clip move fade blur bord shad fscx fscy fad pos org fsc fsp frx fry frz fax fay ' +
  'pbo fr fn fs fe be an kf ko kt 1c 2c 3c 4c 1a 2a 3a 4a a b i u s c k K q r p t'
).split(' ');
const tag = new RegExp(`^(${names.join('|')})(.*)$`, 's');

/** Reads the override tags of one cue (`{\i1\pos(10,20)}`), block after block. */
export class OverrideReader {
  /** What differs from the style of the cue from here on. */
  style: RangeStyle = {};
  cueStyle: CueStyle | undefined;
  transform: CueTransform | undefined;
  /** Whether what follows is a drawing. */
  isDrawing = false;
  readonly words: TimedWord[] = [];
  readonly #playRes: PlayRes;
  readonly #findings: LineFindings;
  readonly #base: CueStyle;
  readonly #styleNamed: (name: string) => RangeStyle | undefined;
  #clockUs = 0;
  #hasPosition = false;

  /**
   * @param base - Style of the cue, which a tag without a value goes back to.
   * @param styleNamed - What a style differs in from that of the cue.
   */
  constructor(
    playRes: PlayRes,
    findings: LineFindings,
    base: CueStyle = {},
    styleNamed: (name: string) => RangeStyle | undefined = () => undefined,
  ) {
    this.#playRes = playRes;
    this.#findings = findings;
    this.#base = base;
    this.#styleNamed = styleNamed;
  }

  /**
   * @param block - Text between the braces.
   * @param at - Length of the text so far, where a word of karaoke begins.
   */
  read(block: string, line: number, at = 0): void {
    for (const part of splitTags(block)) {
      const [, known, value = ''] = tag.exec(part) ?? [];
      // A longer name that begins like one of these is another tag.
      const name = /^[biu]$/.test(known ?? '') && !/^\s*\d*\s*$/.test(value) ? undefined : known;
      const isUnderstood = name !== undefined && this.#apply(name, value.trim(), at);
      if (!isUnderstood) this.#findings.dropped(line, `the override \\${name ?? part.slice(0, 20)}`);
    }
  }

  /** Ends the last word of karaoke. */
  finish(at: number): void {
    const last = this.words.at(-1);
    if (last !== undefined) last.end = at;
  }

  /** Whether the tag means something for a draft. */
  #apply(name: string, value: string, at: number): boolean {
    switch (name) {
      case 'b':
        return this.#set('bold', value === '' ? undefined : value === '1' || Number(value) >= 600);
      case 'i':
        return this.#set('italic', value === '' ? undefined : value === '1');
      case 'u':
        return this.#set('underline', value === '' ? undefined : value === '1');
      case 'c':
      case '1c':
        return this.#set('color', readAssColor(value)?.color);
      case '3c': {
        const color = readAssColor(value)?.color;
        return this.#set('border', color === undefined ? undefined : { ...this.#base.border, color });
      }
      case '1a':
      case 'alpha':
        return this.#set('opacity', value === '' ? undefined : opacityOf(value));
      case 'fs':
        return this.#size(value);
      case 'an':
        return this.#place(numpadPlace(Number(value)));
      case 'a':
        return this.#place(legacyPlace(Number(value)));
      case 'pos':
        return this.#position(value);
      case 'fr':
      case 'frz':
        this.transform = { ...this.transform, rotation: tidy(0 - (Number(value) || 0)) };
        return true;
      case 'k':
      case 'K':
      case 'kf':
      case 'ko':
        this.#word(Number(value), at);
        return true;
      case 'r':
        this.style = value === '' ? {} : { ...this.#styleNamed(value) };
        return true;
      case 'p':
        this.isDrawing = Number(value) > 0;
        return true;
      case 's':
        return value !== '1';
      default:
        return name === 'q';
    }
  }

  #set<Key extends 'bold' | 'italic' | 'underline' | 'color' | 'opacity' | 'size' | 'border'>(
    key: Key,
    value: RangeStyle[Key] | undefined,
  ): true {
    const isBase =
      value === undefined || JSON.stringify(value) === JSON.stringify(this.#base[key] ?? neutral[key]);
    const { [key]: _, ...rest } = this.style;
    this.style = isBase ? rest : { ...rest, [key]: value };
    return true;
  }

  #size(value: string): boolean {
    const size = Number(value);
    // A sign makes it relative.
    if (value !== '' && (!(size > 0) || value.startsWith('+'))) return false;
    return this.#set('size', value === '' ? undefined : tidy((size * 100) / this.#playRes.height));
  }

  #place(place: Place | undefined): boolean {
    if (place === undefined) return false;
    this.cueStyle = { ...this.cueStyle, align: place.align };
    if (!this.#hasPosition) this.transform = { ...this.transform, y: place.y };
    return true;
  }

  #position(value: string): boolean {
    const [x, y] = value
      .replace(/^\(|\)$/g, '')
      .split(',')
      .map(Number);
    if (!Number.isFinite(x) || !Number.isFinite(y)) return false;
    const { width, height } = this.#playRes;
    this.#hasPosition = true;
    this.transform = {
      ...this.transform,
      x: tidy((2 * x!) / width - 1),
      y: tidy(1 - (2 * y!) / height),
    };
    return true;
  }

  #word(centiseconds: number, at: number): void {
    const length = Number.isFinite(centiseconds) && centiseconds > 0 ? Math.round(centiseconds * 10_000) : 0;
    this.finish(at);
    this.words.push({ startUs: this.#clockUs, endUs: this.#clockUs + length, start: at, end: at });
    this.#clockUs += length;
  }
}

const neutral: Readonly<RangeStyle> = { bold: false, italic: false, underline: false, opacity: 1 };

function opacityOf(value: string): number | undefined {
  const hex = /^&?H?([0-9a-f]{1,2})&?$/i.exec(value)?.[1];
  return hex === undefined ? undefined : Math.round((1 - Number.parseInt(hex, 16) / 255) * 1000) / 1000;
}

/** `\t(\fs20)` holds a tag of its own, so backslashes in brackets divide nothing. */
function splitTags(block: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let current: string | undefined;
  for (const sign of block) {
    if (sign === '(') depth++;
    if (sign === ')') depth = Math.max(0, depth - 1);
    if (sign === '\\' && depth === 0) {
      if (current !== undefined) parts.push(current);
      current = '';
    } else if (current !== undefined) current += sign;
  }
  if (current !== undefined) parts.push(current);
  return parts.map((part) => part.trim()).filter((part) => part !== '');
}
