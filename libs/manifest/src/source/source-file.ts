import { LineTable, type Location, type Position } from '@cozecut/problems';

/** A text file that was read, with what is needed to turn offsets into lines. */
export interface SourceFile {
  /** Absolute path. */
  readonly path: string;
  /** Content without a byte order mark. */
  readonly text: string;
  readonly lines: LineTable;
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
  return { path, text, lines: new LineTable(text) };
}

/** Line and column of an offset. */
export function toPosition(file: SourceFile, offset: number): Position {
  // The start of a file needs no table, which would cost more than all else of a file that is refused for its size.
  if (offset === 0 || (offset < 100 && !file.text.slice(0, offset).includes('\n'))) {
    return { line: 1, column: offset + 1 };
  }
  return file.lines.position(offset);
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
