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
  return layered(track.captions === true ? CAPTION_DEFAULTS : undefined, track.defaults);
}

/** A text clip with what it takes over, and with its ranges at their places. */
export function textInput(
  clip: ClipOf<'text'>,
  inherited: TextDefaults | undefined,
): NormalTextClip['input'] {
  const { ranges, ...own } = clip;
  const input: NormalTextClip['input'] = own;
  for (const key of ['style', 'transform', 'animations'] as const) {
    const value = layered<object>(inherited?.[key], clip[key]);
    if (value !== undefined) Object.assign(input, { [key]: value });
  }
  if (ranges !== undefined) input.ranges = placeRanges(clip.text, ranges);
  return input;
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
function layered<Layer extends object>(
  below: Layer | undefined,
  above: Layer | undefined,
): Layer | undefined {
  if (below === undefined || above === undefined) return above ?? below;
  const result = { ...below } as Record<string, unknown>;
  const entries = Object.entries(above).filter(([, value]) => value !== undefined);
  for (const [key] of entries) for (const other of INSTEAD_OF[key] ?? []) delete result[other];
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
