import { fileURLToPath } from 'node:url';
import type { Log } from '@cozecut/plugin-host';

const LEVELS = ['debug', 'info', 'warn', 'error'] as const;
type Level = (typeof LEVELS)[number];

/**
 * Errors of a plugin as whoever runs one of its tools by hand reads them: which tool, what it says, and where in their own
 * files.
 *
 * @param program - Folder of what runs the tool, whose files say nothing about the mistake.
 * @param tell - Says a message in the language of the person.
 */
export function createErrorLog(
  program: string,
  write: (text: string) => void,
  tell = (text: string) => text,
): Log {
  const nothing = () => {};
  let last = '';
  return {
    debug: nothing,
    info: nothing,
    warn: nothing,
    error(message, { tool, error, problems }: Record<string, unknown> = {}) {
      const lines =
        typeof error === 'string' ? ownLines(error, program) : [tell(message), ...listed(problems, tell)];
      const text = `${typeof tool === 'string' ? `${tool}: ` : ''}${lines.join('\n')}\n`;
      // What ends a call that it was thrown from is told by both.
      if (text !== last) write(text);
      last = text;
    },
  };
}

function listed(problems: unknown, tell: (text: string) => string): string[] {
  return Array.isArray(problems) ? problems.map((problem) => `  ${tell(problem)}`) : [];
}

/**
 * The lines of a stack that lead to somebody's own files, as paths.
 *
 * @param program - Folder of the program, whose lines are left out.
 */
export function ownLines(stack: string, program: string): string[] {
  return stack
    .split('\n')
    .filter((line) => !/^\s+at /.test(line) || !(line.includes(program) || /node:|<anonymous>/.test(line)))
    .map((line) => line.replace(/file:\/\/\S+?(?=:\d+(?::\d+)?\)?$)/, (url) => fileURLToPath(url)));
}

/** One JSON object a line, on stderr; what is below `least` is left out. */
export function createLog(least: Level, write: (line: string) => void): Log {
  const at =
    (level: Level) =>
    (message: string, fields: Record<string, unknown> = {}) => {
      if (LEVELS.indexOf(level) < LEVELS.indexOf(least)) return;
      write(`${JSON.stringify({ time: new Date().toISOString(), level, message, ...fields })}\n`);
    };
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}

/**
 * Writes the lines of one turn of the event loop with one call of the system, and what is left when the program ends.
 *
 * @param write - Must have written when it returns.
 */
export function turnByTurn(write: (lines: string) => void): (line: string) => void {
  let lines = '';
  const flush = (): void => {
    const written = lines;
    lines = '';
    if (written !== '') write(written);
  };
  process.on('exit', flush);
  return (line) => {
    if (lines === '') setImmediate(flush);
    lines += line;
  };
}
