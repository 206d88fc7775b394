import { isUserError } from '@cozecut/problems';
import { JsonDocument } from '../json/json-document.ts';
import { isObject, listOf, numberOf, objectOf, textOf } from '../loose.ts';
import { failEdit } from './fail.ts';
import type { Material, Mutable } from './parts.ts';
import { scaleRanges, type TextRange } from './scale-ranges.ts';

/**
 * Gives a text material other words. Each part with a style of its own keeps its share of the characters; parts for
 * which none is left go.
 *
 * @param placeOf - Where a place of the former words is in the new ones; default: at the same share of them.
 * @returns The former words of the parts that went.
 */
export function setText(material: Material, words: string, placeOf?: (at: number) => number): string[] {
  if (words.trim() === '') failEdit('DR102', 'the new text is empty');
  return putWords(material, words, placeOf);
}

/** The same for a text that may be empty, as one of several in a template may. */
export function putWords(material: Material, words: string, placeOf?: (at: number) => number): string[] {
  const content = readContent(material);
  const { text: former, styles } = objectOf(content.value(content.root));
  if (typeof former !== 'string' || !Array.isArray(styles))
    failEdit('DR105', `the content of text ${material.id} has no text and styles`);
  if (former === words) return [];
  const ranged = (styles as unknown[]).flatMap((style, index) => {
    const range = rangeOf(style);
    return range === undefined ? [] : [{ index, range }];
  });
  const scaled = scaleRanges(
    ranged.map(({ range }) => range),
    former as string,
    words,
    placeOf,
  );
  // A text without a style is none that the app shows.
  const [first] = scaled;
  if (first !== undefined && scaled.every(({ start, end }) => start >= end))
    Object.assign(first, { start: 0, end: words.length });
  const gone: TextRange[] = [];
  const edited = content.edit((editor) => {
    editor.set(content.at(['text'])!, words);
    for (const [at, { index, range }] of ranged.entries()) {
      const { start, end } = scaled[at]!;
      // An empty text keeps the style that it would have.
      if (start >= end && (words !== '' || at > 0)) {
        editor.remove(content.at(['styles', index])!);
        if (range.start < range.end) gone.push(range);
      } else {
        editor.set(content.at(['styles', index, 'range', 0])!, start);
        editor.set(content.at(['styles', index, 'range', 1])!, end);
      }
    }
  });
  material.content = edited.text;
  forgetTimedWords(material);
  return gone.map(({ start, end }) => (former as string).slice(start, end));
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

/** When each word is spoken is known of the former words only. */
function forgetTimedWords(material: Material): void {
  const { words } = material;
  if (!isObject(words)) return;
  for (const [key, list] of Object.entries(words))
    if (Array.isArray(list) && list.length > 0) (words as Mutable)[key] = [];
}
