import type { Log } from '@cozecut/plugin-host';

const LEVELS = ['debug', 'info', 'warn', 'error'] as const;
type Level = (typeof LEVELS)[number];

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
