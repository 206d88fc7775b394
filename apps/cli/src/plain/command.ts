import type { Problem } from '@cozecut/problems';
import { problemLines } from '../error-text.ts';
import { tellerIn } from '../messages/teller.ts';
import { fill } from '../services/fill.ts';
import type { Environment } from '../settings.ts';
import type { Texts } from '../text.ts';
import type { FlagValues, PlainFlags } from './flags.ts';

/** How a command speaks, and what it knows of the process. */
export interface Voice {
  environment: Environment;
  texts: Texts;
  /** Whether what is said is for a program, which gets everything as it is written. */
  isForPrograms: boolean;
  /** Writes a line for people to stderr. */
  say(line: string): void;
  /** Draws on the terminal for people; nothing when there is none, or when nothing is to be said. */
  draw: ((text: string) => void) | undefined;
  /** Writes a line of the result to stdout. */
  log(line: string): void;
}

/** A command that needs nothing of the framework: it runs without it when its words are plain. */
export interface PlainCommand<F extends PlainFlags = PlainFlags> {
  flags: F;
  /** How many arguments there are; all of them have to be there. */
  arguments: number;
  run(words: { flags: FlagValues<F>; args: readonly string[] }, voice: Voice): Promise<unknown>;
}

/**
 * Says what has to be waited for, before the wait begins. At a terminal the waiting sign stands for it.
 *
 * @param text - With `{what}` in it.
 */
export function sayPhase({ draw, say }: Pick<Voice, 'draw' | 'say'>, text: string, what: string): void {
  if (draw === undefined) say(fill(text, { what }));
}

/** Writes warnings for people. */
export async function sayProblems(problems: readonly Problem[], { say, texts }: Voice): Promise<void> {
  if (problems.length === 0) return;
  say(texts.warnings);
  for (const text of problemLines(problems, await tellerIn(texts.language))) say(text.replace(/^/gm, '  '));
}
