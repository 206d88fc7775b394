import { ownValue } from '../own-value.ts';
import type { NormalTextClip, NormalTextRange } from './model.ts';
import type { ClipOf, TextDefaults, TextRange, Track } from './schema.ts';

/** What a caption looks like when nobody says so. */
const CAPTION_DEFAULTS: TextDefaults = {
  style: { size: 5, align: 'center', autoWrap: true },
  transform: { y: -0.8 },
};

/** What the clips of a track take over: what is built in for captions, and over it what the track says. */
export function inheritedBy(track: Track): TextDefaults | undefined {
  if (track.type !== 'text') return undefined;
  const layers: TextDefaults[] = [];
  if (track.captions === true) layers.push(CAPTION_DEFAULTS);
  if (track.defaults !== undefined) layers.push(track.defaults);
  const inherited: TextDefaults = {};
  for (const layer of layers) layOver(inherited, layer);
  return inherited;
}

/** A text clip with what it takes over, and with its ranges at their places. */
export function textInput(
  clip: ClipOf<'text'>,
  inherited: TextDefaults | undefined,
): NormalTextClip['input'] {
  // Nothing to lay over and nothing to place: the clip is what it says.
  if (inherited === undefined || Object.keys(inherited).length === 0) {
    if (clip.ranges === undefined) return clip as NormalTextClip['input'];
  }
  // A template has looks of its own; where it stands is for the track to say.
  const { transform } = inherited ?? {};
  const taken = clip.template === undefined ? inherited : transform === undefined ? {} : { transform };
  const input = { ...clip, ...taken } as NormalTextClip['input'];
  layOver(input, clip);
  if (clip.ranges !== undefined) input.ranges = placeRanges(clip.text, clip.ranges);
  return input;
}

/** What a text clip shows: its own words, and those of the other texts of its template. */
export function shownTexts({ text, template }: Pick<ClipOf<'text'>, 'text' | 'template'>): string[] {
  return [text, ...(template?.moreTexts ?? [])].filter((words) => words !== '');
}

// Key by key: what else stands in a document is a mistake that was told, and is not taken over.
function layOver(target: TextDefaults, { style, transform, animations }: TextDefaults): void {
  if (style !== undefined) target.style = layered(target.style, style);
  if (transform !== undefined) target.transform = layered(target.transform, transform);
  if (animations !== undefined) target.animations = layered(target.animations, animations);
}

const RESOURCE = ['name', 'id', 'effectId', 'file'];
/** Keys that say the same in different ways: who gives one means none of the others. */
const INSTEAD_OF: Readonly<Record<string, readonly string[]>> = {
  ...Object.fromEntries(RESOURCE.map((key) => [key, RESOURCE])),
  scale: ['scaleX', 'scaleY'],
  scaleX: ['scale'],
  scaleY: ['scale'],
};

/** One map laid over another, key by key and all the way down. */
export function layered<Layer extends object>(below: Layer | undefined, above: Layer): Layer {
  // A clip alone on its layer comes with its own values in place.
  if (below === undefined || below === above) return above;
  const result = { ...below } as Record<string, unknown>;
  const entries = Object.entries(above).filter(([, value]) => value !== undefined);
  for (const [key] of entries) for (const other of ownValue(INSTEAD_OF, key) ?? []) delete result[other];
  for (const [key, value] of entries) {
    const under = result[key];
    result[key] = isMap(value) && isMap(under) ? layered(under, value) : value;
  }
  return result as Layer;
}

function isMap(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

// Places in numbers have to be in order; words are looked for, so they may come in any.
function placeRanges(text: string, ranges: readonly TextRange[]): NormalTextRange[] {
  const placed = ranges.flatMap((range, index) =>
    placesOf(text, range).map(([start, end]) => ({ start, end, style: range.style, index })),
  );
  return ranges.some((range) => 'match' in range) ? placed.sort((a, b) => a.start - b.start) : placed;
}

/** Where a range is in the text, `[start, end)`; nowhere, or for words at several places. */
export function placesOf(text: string, range: TextRange): [start: number, end: number][] {
  if (!('match' in range)) return [[range.start, range.end]];
  const { match, occurrence } = range;
  const places: [number, number][] = [];
  for (let at = text.indexOf(match); at >= 0; at = text.indexOf(match, at + match.length)) {
    places.push([at, at + match.length]);
  }
  return occurrence === undefined ? places : places.slice(occurrence - 1, occurrence);
}
