import type { Command } from '@oclif/core';

/** Commands whose next word is the name of a tool. */
const BEFORE_A_TOOL = ['tool run', 'tool show', 'tool test'];

/** What completion needs to know of the program. */
export interface Completions {
  /** Ids of commands, `draft:lint`; all of them, or the one that the words name. */
  ids: readonly string[];
  command(id: string): Promise<Command.Class>;
  /** Names of the tools of the manifest. */
  toolNames(): string[];
}

/**
 * Words that can stand where the cursor is.
 *
 * @param words - What was typed behind `cozecut`, tidied; the last one is not finished, and is empty behind a space.
 * @returns Sorted; empty where the shell should offer files.
 */
export async function complete(words: readonly string[], program: Completions): Promise<string[]> {
  const typed = words.slice(0, -1);
  const last = words.at(-1) ?? '';
  const fits = (candidates: Iterable<string>) =>
    [...new Set(candidates)].filter((candidate) => candidate.startsWith(last)).sort();

  // What stands behind a flag may be its value.
  const end = typed.findIndex((word) => word.startsWith('-'));
  const names = end === -1 ? typed : typed.slice(0, end);
  const id = commandId(names, program.ids);
  if (id !== undefined) {
    const command = await program.command(id);
    const values = valuesOf(command, typed.at(-1) ?? '');
    if (values !== undefined) return fits(values);
    if (last.startsWith('-')) return fits(flagsOf(command));
  }
  if (BEFORE_A_TOOL.includes(names.join(' '))) return fits(program.toolNames());
  return fits(nextWords(names, program.ids));
}

/** The longest command that the words begin with. */
function commandId(names: readonly string[], ids: readonly string[]): string | undefined {
  const lengths = names.map((_, index) => names.length - index);
  return lengths.map((length) => names.slice(0, length).join(':')).find((id) => ids.includes(id));
}

/** The words that go on from those before: topics and commands. */
function nextWords(names: readonly string[], ids: readonly string[]): string[] {
  return ids
    .map((id) => id.split(':'))
    .flatMap((parts) =>
      parts.length > names.length && names.every((name, index) => name === parts[index])
        ? [parts[names.length]!]
        : [],
    );
}

function flagsOf(command: Command.Class): string[] {
  return Object.entries({ ...command.baseFlags, ...command.flags, json: { hidden: false } })
    .filter(([, { hidden }]) => !hidden)
    .map(([name]) => `--${name}`);
}

/** What a flag takes, when that is known; `undefined` for a word that takes nothing. */
function valuesOf(command: Command.Class, word: string): readonly string[] | undefined {
  if (!word.startsWith('--')) return undefined;
  const name = word.slice(2);
  const flag = Object.entries({ ...command.baseFlags, ...command.flags }).find(
    ([key, { aliases }]) => key === name || aliases?.includes(name),
  )?.[1];
  return flag === undefined || flag.type === 'boolean' ? undefined : (flag.options ?? []);
}
