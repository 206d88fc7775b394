import type { Command, Help as FrameworkHelp } from '@oclif/core';
import { COMMAND_IDS, commandsNamed, commandsShown, loadCommands } from './command-ids.ts';
import { tidyTyped } from './command-line.ts';

/** The commands that the framework knows; filled by {@link findCommands} before it looks. */
export const COMMANDS: Record<string, Command.Class> = {};

/** The help of another language; the framework finds it here by its name. */
export let Help: typeof FrameworkHelp | undefined;

/** Says which help the framework shows. */
export function useHelp(help: typeof FrameworkHelp): void {
  Help = help;
}

/** Loads the commands that a command line means; the tools of the manifest are read only when one is meant. */
export async function findCommands(words: readonly string[]): Promise<void> {
  // A shell that asks how a command line goes on wants the commands of that line, or the names of all.
  const isCompleted = words[0] === 'completion' && words[1] === '--words';
  const argv = isCompleted ? tidyTyped(words.slice(3)) : words;
  const named = commandsNamed(argv);
  const others = isCompleted ? COMMAND_IDS : commandsShown(argv);
  Object.assign(COMMANDS, await loadCommands(named.length > 0 ? named : others));
  if (isCompleted) Object.assign(COMMANDS, await loadCommands(['completion']));
  if (argv[0] !== 'tool' || ['list', 'show', 'test'].includes(argv[1] ?? '')) return;
  const { toolCommands } = await import('./commands/tool/tool-commands.ts');
  Object.assign(COMMANDS, toolCommands(argv.slice(1)));
}
