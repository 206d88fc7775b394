import type { Fix, TextEdit } from '@cozecut/problems';
import type { Entry, MapNode, Node } from '../../source/node.ts';
import { type Place, toPosition } from '../../source/source-file.ts';
import type { Document } from '../document.ts';

/** A value as it can stand in YAML and in JSON. */
export function written(value: unknown): string {
  return JSON.stringify(value);
}

/** Replaces a value. */
export function replaceValue(document: Document, node: Node | undefined, text: string): TextEdit | undefined {
  const { place } = node ?? {};
  if (place === undefined || place.end <= place.start || !isHere(document, place)) return undefined;
  const start = place.start;
  return edit(document, place, start, contentEnd(place), text);
}

/** Gives a key another name. */
export function renameKey(document: Document, entry: Entry | undefined, name: string): TextEdit | undefined {
  const { key } = entry ?? {};
  if (key === undefined || !isHere(document, key)) return undefined;
  return edit(document, key, key.start, key.end, written(name));
}

/** Puts a key in front of the others of a map that has some. */
export function insertKey(
  document: Document,
  map: MapNode,
  name: string,
  text: string,
): TextEdit | undefined {
  const first = [...map.entries.values()][0]?.key;
  if (first === undefined || !isHere(document, first) || shares(document, map)) return undefined;
  if (isFlow(map)) return edit(document, first, first.start, first.start, `${written(name)}: ${text}, `);
  const indent = ' '.repeat(toPosition(first.file, first.start).column - 1);
  return edit(document, first, first.start, first.start, `${name}: ${text}\n${indent}`);
}

/** Takes a key out of a map that keeps others. */
export function removeKey(document: Document, map: MapNode, name: string): TextEdit | undefined {
  const entries = [...map.entries];
  const index = entries.findIndex(([key]) => key === name);
  const entry = entries[index]?.[1];
  const { key } = entry ?? {};
  if (entry === undefined || key === undefined || entries.length < 2 || !isHere(document, key))
    return undefined;
  if (shares(document, map)) return undefined;
  const { text } = key.file;
  const next = entries[index + 1]?.[1].key;
  if (isFlow(map)) {
    if (next !== undefined) return edit(document, key, key.start, next.start, '');
    const before = entries[index - 1]![1];
    return edit(document, key, before.value.place?.end ?? key.start, endOf(entry), '');
  }
  const lineStart = text.lastIndexOf('\n', key.start - 1) + 1;
  if (text.slice(lineStart, key.start).trim() !== '') {
    return next === undefined ? undefined : edit(document, key, key.start, next.start, '');
  }
  const lineEnd = text.indexOf('\n', endOf(entry));
  if (lineEnd !== -1) return edit(document, key, lineStart, lineEnd + 1, '');
  return edit(document, key, Math.max(0, lineStart - 1), text.length, '');
}

/** A fix, when all of its edits can be made. */
export function fixOf(title: string, ...edits: (TextEdit | undefined)[]): Fix | undefined {
  return edits.every((item) => item !== undefined) ? { title, edits } : undefined;
}

/** Whether a map has keys of another one; an edit in it could be an edit elsewhere. */
function shares(document: Document, map: MapNode): boolean {
  if (document.merges.length > 0) return true;
  const { place } = map;
  return (
    place === undefined ||
    [...map.entries.values()].some(({ key }) => key !== undefined && key.start < place.start)
  );
}

function isHere({ file, aliases }: Document, place: Place): boolean {
  // What is shared through an alias may be right in its other place.
  return place.file === file && aliases.length === 0;
}

function isFlow({ place }: MapNode): boolean {
  return place !== undefined && place.file.text[place.start] === '{';
}

function endOf({ key, value }: Entry): number {
  const end = value.place === undefined ? 0 : contentEnd(value.place);
  return Math.max(key?.end ?? 0, end);
}

/** A block ends behind its last line end; its content ends before. */
function contentEnd({ file, start, end }: Place): number {
  let at = end;
  while (at > start && /\s/.test(file.text[at - 1]!)) at--;
  return at;
}

function edit({ hasMark }: Document, place: Place, start: number, end: number, text: string): TextEdit {
  const shift = hasMark ? 1 : 0;
  return { file: place.file.path, start: start + shift, end: end + shift, text };
}
