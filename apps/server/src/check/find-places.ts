import { JsonDocument } from '@cozecut/draft-core';
import { isUserError, LineTable, type Position, type Problem, parsePointer } from '@cozecut/problems';

/** A finding with its place in the text, where it has one. */
export interface PlacedProblem extends Problem {
  start?: Position;
  end?: Position;
}

/** Findings with their places in the text that was looked at: as they carry them, else where their pointer leads. */
export function findPlaces(text: string, problems: readonly Problem[]): PlacedProblem[] {
  const document = documentOf(text);
  const lines = new LineTable(text);
  return problems.map((problem) => {
    const { location, pointer, message } = problem;
    if (location !== undefined) {
      return {
        ...problem,
        start: location.start,
        ...(location.end === undefined ? {} : { end: location.end }),
      };
    }
    if (document !== undefined && pointer !== undefined && pointer !== '') {
      const node = document.nearest(parsePointer(pointer));
      if (node === document.root) return problem;
      const start = lines.position(document.start(node));
      return { ...problem, start, end: lines.position(document.end(node)) };
    }
    // A mistake in JSON itself has no pointer; where it is stands in its message.
    const [, line, column] = /\bat line (\d+), column (\d+)/.exec(message) ?? [];
    return line === undefined
      ? problem
      : { ...problem, start: { line: Number(line), column: Number(column) } };
  });
}

/** Nothing for a text that is no JSON, such as subtitles. */
function documentOf(text: string): JsonDocument | undefined {
  try {
    return new JsonDocument(text, 'input');
  } catch (error) {
    if (isUserError(error)) return undefined;
    throw error;
  }
}
