import type { Command } from '@oclif/core';
import { loadCommands } from './command-ids.ts';

const argv = process.argv.slice(2);

/** The commands that the program was started for; the tools of the manifest are read only when one is meant. */
export const COMMANDS: Record<string, Command.Class> = {
  ...(await loadCommands(argv)),
  ...(argv[0] === 'tool' && !['list', 'show', 'test'].includes(argv[1] ?? '')
    ? (await import('./commands/tool/tool-commands.ts')).toolCommands(argv.slice(1))
    : {}),
};
