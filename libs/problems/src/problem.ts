/** `error` stops the work, `warning` comes back with the result, `info` is worth knowing. */
export type Severity = 'error' | 'warning' | 'info';

/** A place in a text. Both numbers count from 1; columns are UTF-16 code units. */
export interface Position {
  line: number;
  column: number;
}

/** Where in which file. `end` is exclusive. */
export interface Location {
  file: string;
  start: Position;
  end?: Position;
  /** The lines of `file`, kept so that a code frame can be printed without opening it again. */
  source?: string;
}

/** Replaces the characters between two offsets (UTF-16 code units, `end` exclusive) of a file. */
export interface TextEdit {
  file: string;
  start: number;
  end: number;
  text: string;
}

/** A repair that is certain enough to be made by a program. */
export interface Fix {
  title: string;
  edits: TextEdit[];
}

/** One thing that is wrong, or worth knowing, about something a person wrote. */
export interface Problem {
  /** Stable id: `UPPER_SNAKE`, or a rule id such as `DR020` or `CZ104`. */
  code: string;
  severity: Severity;
  /** What was expected, what came, and where; one sentence without a final full stop. */
  message: string;
  /** JSON pointer into the document. */
  pointer?: string;
  location?: Location;
  /** What to do next. */
  hint?: string;
  /** Close matches for a word that was not understood, best first. */
  suggestions?: string[];
  /** What the service that reads the document later is predicted to answer. */
  predicted?: string;
  /** Address of a page that explains the rule. */
  docs?: string;
  fix?: Fix;
}
