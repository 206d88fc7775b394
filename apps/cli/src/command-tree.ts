/**
 * Everything that can be written behind `cozecut`, as data: the reference is made from it, and scripts rely on it.
 * Run as a program it prints the tree as JSON.
 */
import type { Command } from '@oclif/core';
import { loadCommands } from './command-ids.ts';
import { TOPICS } from './help/topics.ts';
import { inChinese } from './help/zh.ts';

/** A flag of a command. */
export interface FlagFacts {
  name: string;
  char?: string;
  /** Whether it stands alone. */
  boolean?: true;
  /** Whether `--no-NAME` says false. */
  allow_no?: true;
  required?: true;
  multiple?: true;
  options?: readonly string[];
  default?: unknown;
  aliases?: readonly string[];
  description: string;
}

/** A command. */
export interface CommandFacts {
  /** Its words. */
  command: string;
  summary: { en: string; zh: string };
  description?: string;
  args: { name: string; required: boolean; multiple?: true; description: string }[];
  /** Its own flags; those of every command are not repeated. */
  flags: FlagFacts[];
  examples: string[];
}

/** The tree of commands. */
export interface CommandTree {
  topics: { topic: string; summary: { en: string; zh: string } }[];
  /** Flags of every command. */
  flags: FlagFacts[];
  commands: CommandFacts[];
}

/** Reads the tree out of the classes of the commands. */
export async function commandTree(): Promise<CommandTree> {
  const commands = Object.entries(await loadCommands()).sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    topics: Object.entries(TOPICS).map(([topic, { en, zh }]) => ({
      topic: topic.replaceAll(':', ' '),
      summary: { en, zh },
    })),
    flags: flagsOf(commands[0]![1].baseFlags ?? {}),
    commands: commands.map(([id, command]) => factsOf(id, command)),
  };
}

function factsOf(id: string, command: Command.Class): CommandFacts {
  const words = id.replaceAll(':', ' ');
  const summary = command.summary ?? '';
  const said = { 'config.bin': 'cozecut', 'command.id': words } as Record<string, string>;
  return {
    command: words,
    summary: { en: summary, zh: inChinese(summary) ?? '' },
    ...(command.description === undefined ? {} : { description: command.description }),
    args: Object.entries(command.args ?? {}).map(
      ([name, { required = false, multiple, description = '' }]) => ({
        name,
        required,
        ...(multiple ? { multiple } : {}),
        description,
      }),
    ),
    flags: flagsOf(command.flags ?? {}),
    examples: ((command.examples ?? []) as string[]).map((example) =>
      example.replace(/<%= ([\w.]+) %>/g, (whole, key: string) => said[key] ?? whole),
    ),
  };
}

function flagsOf(flags: Command.Class['flags']): FlagFacts[] {
  return Object.entries(flags)
    .filter(([, { hidden }]) => !hidden)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, flag]) => {
      const { char, type, required, description = '', aliases } = flag;
      const {
        multiple,
        options,
        default: value,
        allowNo,
      } = flag as Partial<{
        multiple: boolean;
        options: readonly string[];
        default: unknown;
        allowNo: boolean;
      }>;
      return {
        name,
        ...(char === undefined ? {} : { char }),
        ...(type === 'boolean' ? { boolean: true } : {}),
        ...(allowNo ? { allow_no: true } : {}),
        ...(required ? { required: true } : {}),
        ...(multiple ? { multiple: true } : {}),
        ...(options === undefined ? {} : { options }),
        ...(value === undefined || typeof value === 'function' ? {} : { default: value }),
        ...(aliases === undefined || aliases.length === 0 ? {} : { aliases }),
        description,
      };
    });
}

if (import.meta.main) process.stdout.write(`${JSON.stringify(await commandTree(), null, 2)}\n`);
