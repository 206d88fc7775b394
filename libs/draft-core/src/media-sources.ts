import type { PathSegment } from '@cozecut/problems';

/** Paths of the clips that name each file first, in order; of a font file the path of what names it. The cover comes last. */
export function mediaPaths(timeline: unknown): Map<string, PathSegment[]> {
  const paths = new Map<string, PathSegment[]>();
  const take = (source: unknown, ...path: PathSegment[]): void => {
    if (typeof source === 'string' && source !== '' && !paths.has(source)) paths.set(source, path);
  };
  for (const [track, { clips, defaults }] of entriesOf((timeline as Loose | null)?.tracks)) {
    const { style } = (defaults as Loose | null | undefined) ?? {};
    take(fontFile(style), 'tracks', track, 'defaults', 'style', 'font');
    for (const [index, clip] of entriesOf(clips)) {
      const font = fontFile(clip.style);
      // Captions come by the thousand, and most have neither.
      if (clip.media !== undefined) take(clip.media, 'tracks', track, 'clips', index);
      if (font !== undefined) take(font, 'tracks', track, 'clips', index, 'style', 'font');
      if (clip.ranges === undefined) continue;
      for (const [range, { style }] of entriesOf(clip.ranges)) {
        take(fontFile(style), 'tracks', track, 'clips', index, 'ranges', range, 'style', 'font');
      }
    }
  }
  take((timeline as Loose | null)?.cover, 'cover');
  return paths;
}

/** The distinct files and addresses that a timeline names, in order; reads what it can of a malformed one. */
export function mediaSources(timeline: unknown): string[] {
  return [...mediaPaths(timeline).keys()];
}

type Loose = Record<string, unknown>;

function fontFile(style: unknown): unknown {
  return ((style as Loose | null | undefined)?.font as Loose | null | undefined)?.file;
}

/** Entries of a list of maps; nothing for what is no list, an empty map for what is no map. */
function* entriesOf(list: unknown): Generator<[number, Loose]> {
  if (!Array.isArray(list)) return;
  for (let index = 0; index < list.length; index++) yield [index, (list[index] as Loose | null) ?? {}];
}
