import type { Command } from '@oclif/core';
import { loadCommands } from './command-ids.ts';

const words = process.argv.slice(2);
/** A shell that asks how a command line goes on wants the commands of that line. */
const argv = words[0] === 'completion' && words[1] === '--words' ? words.slice(3) : words;

/** The commands that the program was started for; the tools of the manifest are read only when one is meant. */
export const COMMANDS: Record<string, Command.Class> = {
  ...(await loadCommands(words)),
  ...(argv === words ? {} : await loadCommands(argv)),
  ...(argv[0] === 'tool' && !['list', 'show', 'test'].includes(argv[1] ?? '')
    ? (await import('./commands/tool/tool-commands.ts')).toolCommands(argv.slice(1))
    : {}),
};
