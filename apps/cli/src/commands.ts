import type { Command, Help as FrameworkHelp } from '@oclif/core';
import { loadCommands } from './command-ids.ts';

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
  Object.assign(COMMANDS, await loadCommands(words));
  // A shell that asks how a command line goes on wants the commands of that line.
  const argv = words[0] === 'completion' && words[1] === '--words' ? words.slice(3) : words;
  if (argv !== words) Object.assign(COMMANDS, await loadCommands(argv));
  if (argv[0] !== 'tool' || ['list', 'show', 'test'].includes(argv[1] ?? '')) return;
  const { toolCommands } = await import('./commands/tool/tool-commands.ts');
  Object.assign(COMMANDS, toolCommands(argv.slice(1)));
}
