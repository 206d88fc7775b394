import { isUserError } from '@cozecut/problems';
import { JsonDocument } from '../json/json-document.ts';
import { isObject, listOf, numberOf, objectOf, textOf } from '../loose.ts';
import { failEdit } from './fail.ts';
import type { Material, Mutable } from './parts.ts';

/**
 * Gives a text material other words. Each part with a style of its own keeps its share of the text, in UTF-16 units
 * and never inside of a character; parts for which no character is left go.
 *
 * @param placeOf - Where a place of the former words is in the new ones; default: at the same share of them.
 */
export function setText(material: Material, words: string, placeOf?: (at: number) => number): void {
  if (words.trim() === '') failEdit('DR102', 'the new text is empty');
  const content = readContent(material);
  const { text: former, styles } = objectOf(content.value(content.root));
  if (typeof former !== 'string' || !Array.isArray(styles))
    failEdit('DR105', `the content of text ${material.id} has no text and styles`);
  if (former === words) return;
  const ranges = scaleRanges(listOf(styles).map(rangeOf), former as string, words, placeOf);
  const edited = content.edit((editor) => {
    editor.set(content.at(['text'])!, words);
    for (const [index, range] of ranges.entries()) {
      const style = content.at(['styles', index])!;
      if (range === 'gone') editor.remove(style);
      else if (range !== undefined) {
        editor.set(content.at(['styles', index, 'range', 0])!, range.start);
        editor.set(content.at(['styles', index, 'range', 1])!, range.end);
      }
    }
  });
  material.content = edited.text;
  forgetTimedWords(material);
}

interface TextRange {
  start: number;
  end: number;
}

function readContent(material: Material): JsonDocument {
  try {
    return new JsonDocument(textOf(material.content) ?? '', `content of text ${material.id}`);
  } catch (error) {
    if (!isUserError(error)) throw error;
    return failEdit('DR105', `the content of text ${material.id} cannot be read: ${error.message}`);
  }
}

function rangeOf(style: unknown): TextRange | undefined {
  const [start, end] = listOf(objectOf(style).range).map(numberOf);
  return start === undefined || end === undefined ? undefined : { start, end };
}

/** Some tools count bytes or code points; what they call the end of the text is the end of the text. */
function scaleRanges(
  ranges: readonly (TextRange | undefined)[],
  former: string,
  words: string,
  placeOf?: (at: number) => number,
): (TextRange | 'gone' | undefined)[] {
  const ends = ranges.flatMap((range) => range?.end ?? []);
  const lengthOfCodePoints = [...former].length;
  const last = Math.max(0, ...ends);
  const length = last === lengthOfCodePoints || last > former.length ? last : former.length;
  const shareOf = (at: number): number => Math.round((at * words.length) / length);
  const place = (at: number): number =>
    wholeCharacter(words, placeOf !== undefined && length === former.length ? placeOf(at) : shareOf(at));
  const scaled = ranges.map((range) => range && { start: place(range.start), end: place(range.end) });
  if (scaled.every((range) => range === undefined || range.start >= range.end)) {
    const first = scaled.findIndex((range) => range !== undefined);
    return scaled.map((range, index) =>
      range === undefined ? range : index === first ? { start: 0, end: words.length } : 'gone',
    );
  }
  return scaled.map((range) => (range !== undefined && range.start >= range.end ? 'gone' : range));
}

/** The place, or the one behind it when it is inside of a surrogate pair. */
function wholeCharacter(text: string, at: number): number {
  const place = Math.max(0, Math.min(at, text.length));
  const isInside =
    place > 0 &&
    place < text.length &&
    /^[\ud800-\udbff][\udc00-\udfff]$/.test(text.slice(place - 1, place + 1));
  return isInside ? place + 1 : place;
}

/** When each word is spoken is known of the former words only. */
function forgetTimedWords(material: Material): void {
  const { words } = material;
  if (!isObject(words)) return;
  for (const [key, list] of Object.entries(words))
    if (Array.isArray(list) && list.length > 0) (words as Mutable)[key] = [];
}
