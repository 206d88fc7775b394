import type { Say } from '../../language/language.tsx';
import type { TEXTS } from './texts.ts';

/** Where a text stops being JSON, in the language of the page; browsers say it in English, each in words of its own. */
export function mistakeIn(text: string, error: unknown, say: Say<typeof TEXTS>): string {
  const { message } = error as Error;
  const [, line, column] = /line (\d+) column (\d+)/.exec(message) ?? [];
  if (line !== undefined && column !== undefined) return say('jsonPlace', { line, column });
  // Of a text that breaks off no browser says a place.
  return /\bend\b|EOF/i.test(message) ? say('jsonPlace', endOf(text)) : message;
}

function endOf(text: string): { line: number; column: number } {
  const lines = text.split('\n');
  return { line: lines.length, column: lines.at(-1)!.length + 1 };
}
