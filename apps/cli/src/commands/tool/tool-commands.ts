import type { Plugin, Tool } from '@cozecut/manifest';
import { UserError } from '@cozecut/problems';
import type { Command, Interfaces } from '@oclif/core';
import * as Flags from '@oclif/core/flags';
import { BaseCommand, manifestFlags } from '../../base-command.ts';
import { type ManifestChoice, readManifest } from '../../services/manifest.ts';
import { readEnvironment } from '../../settings.ts';
import { readUserFile } from '../../user-file.ts';

interface Property {
  type?: string | string[];
  description?: string;
  enum?: unknown[];
  default?: unknown;
}

/**
 * One command for each tool of the manifest, made from its schema. A manifest that cannot be read gives none: the
 * command `tool run` then reads it again and says why.
 */
export function toolCommands(argv: readonly string[]): Record<string, Command.Class> {
  const folder = process.cwd();
  try {
    const tool = argv[1]?.startsWith('-') ? undefined : argv[1];
    const choice = { ...manifestChoice(argv), tool };
    const plugin = readManifest(choice, readEnvironment(process.env, folder), folder);
    // Of one that is named only that one is made.
    const named = plugin.tools.filter(({ name }) => name === argv[1]);
    return Object.fromEntries(
      (named.length > 0 ? named : plugin.tools)
        .filter((tool) => tool.enabled)
        .map((tool) => [`tool:run:${tool.name}`, commandFor(tool, plugin)]),
    );
  } catch {
    return {};
  }
}

/** Which manifest is meant; flags are not parsed yet when the commands are made. */
export function manifestChoice(argv: readonly string[]): ManifestChoice {
  return { manifest: flagValue(argv, 'manifest'), deployment: flagValue(argv, 'deployment') };
}

function flagValue(argv: readonly string[], name: string): string | undefined {
  const at = argv.findIndex((word) => word === `--${name}` || word.startsWith(`--${name}=`));
  const word = argv[at];
  return word?.includes('=') ? word.slice(word.indexOf('=') + 1) : at < 0 ? undefined : argv[at + 1];
}

function commandFor(tool: Tool, plugin: Plugin): Command.Class {
  const properties = Object.entries((tool.input.properties ?? {}) as Record<string, Property>);
  const required = new Set((tool.input.required ?? []) as string[]);
  const toolFlags = Object.fromEntries(
    properties.map(([name, property]) => [name, flagFor(name, property, required.has(name))]),
  );
  return class extends BaseCommand {
    static override summary = tool.summary;
    // Without a text for people the manifest repeats the summary, which the help shows anyway.
    static override description = [tool.description.human, tool.description.model]
      .filter((text) => text && text !== tool.summary)
      .join('\n\n');
    static override examples = tool.examples.map(
      ({ input }) => `<%= config.bin %> tool run ${tool.name} --input '${JSON.stringify(input)}'`,
    );
    static override flags = {
      ...toolFlags,
      ...manifestFlags,
      input: Flags.string({
        description: 'whole input as JSON text, @FILE, or - for standard input; flags win',
      }),
    } as Interfaces.FlagInput;

    async run(): Promise<unknown> {
      const { flags } = await this.parse(this.ctor as Command.Class);
      const given = properties.flatMap(([name]) => (flags[name] === undefined ? [] : [[name, flags[name]]]));
      const { runTool } = await import('../../services/run-tool.ts');
      const output = await runTool({
        plugin,
        tool: tool.name,
        input: { ...readInput(flags.input as string | undefined), ...Object.fromEntries(given) },
        env: this.environment,
        folder: process.cwd(),
      });
      if (!this.jsonEnabled()) this.log(JSON.stringify(output, null, 2));
      return output;
    }
  } as unknown as Command.Class;
}

function flagFor(name: string, property: Property, isRequired: boolean): Interfaces.Flag<unknown> {
  const types = [property.type ?? 'string'].flat();
  const notes = [
    property.description,
    isRequired ? '(required)' : undefined,
    property.default === undefined ? undefined : `(default: ${JSON.stringify(property.default)})`,
    types.includes('array') || types.includes('object') ? '(JSON)' : undefined,
  ];
  const kebab = name.replaceAll('_', '-');
  const base = {
    description: notes.filter(Boolean).join(' '),
    ...(kebab === name ? {} : { aliases: [kebab] }),
  };
  if (types.includes('boolean')) return Flags.boolean({ ...base, allowNo: true }) as Interfaces.Flag<unknown>;
  const options = property.enum?.map(String);
  // Numbers stay text here: the host reads them by the schema, and one validator answers for all apps.
  return Flags.string({ ...base, ...(options === undefined ? {} : { options }) }) as Interfaces.Flag<unknown>;
}

function readInput(input: string | undefined): Record<string, unknown> {
  if (input === undefined) return {};
  const text =
    input === '-'
      ? readUserFile(0, input)
      : input.startsWith('@')
        ? readUserFile(input.slice(1), input.slice(1))
        : input;
  try {
    const value: unknown = JSON.parse(text);
    if (value !== null && typeof value === 'object' && !Array.isArray(value))
      return value as Record<string, unknown>;
  } catch (cause) {
    throw new UserError('INPUT_INVALID', `--input is not JSON: ${(cause as Error).message}`, { cause });
  }
  throw new UserError('INPUT_INVALID', '--input must be a JSON object');
}
