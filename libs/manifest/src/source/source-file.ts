import type { Location, Position } from '@cozecut/problems';

/** A text file that was read, with what is needed to turn offsets into lines. */
export interface SourceFile {
  /** Absolute path. */
  readonly path: string;
  /** Content without a byte order mark. */
  readonly text: string;
  /** Offset of the first character of each line. */
  readonly lineStarts: readonly number[];
}

/** A range of characters of a file: offsets in UTF-16 code units, `end` exclusive. */
export interface Place {
  readonly file: SourceFile;
  readonly start: number;
  readonly end: number;
}

/** Keeps a text together with its line table; a byte order mark is dropped. */
export function sourceFile(path: string, content: string): SourceFile {
  const text = content.startsWith('\uFEFF') ? content.slice(1) : content;
  const lineStarts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) lineStarts.push(at + 1);
  return { path, text, lineStarts };
}

/** Line and column of an offset. */
export function toPosition(file: SourceFile, offset: number): Position {
  let low = 0;
  let high = file.lineStarts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (file.lineStarts[middle]! <= offset) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, column: offset - file.lineStarts[low]! + 1 };
}

/** The location that problems carry. */
export function toLocation(place: Place): Location {
  const { file, start, end } = place;
  return {
    file: file.path,
    start: toPosition(file, start),
    end: toPosition(file, Math.max(end, start)),
    source: file.text,
  };
}
