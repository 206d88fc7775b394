import type { Tool } from '@cozecut/manifest';
import { diskFiles, readTexts, translateTool } from '@cozecut/manifest/loader';
import type { Command, Interfaces } from '@oclif/core';
import { BaseCommand } from '../../base-command.ts';
import { frameworkFlags } from '../../plain/framework-flags.ts';
import { readEnvironment } from '../../settings.ts';
import { chooseLanguage, type Language, languageFlag } from '../../text.ts';
import { manifestChoice, readToolSource, type ToolSource, toolCommand } from './tool-plain.ts';

/**
 * One command for each tool of the manifest, made from its schema. A manifest that cannot be read gives none: the
 * command `tool run` then reads it again and says why.
 */
export function toolCommands(argv: readonly string[]): Record<string, Command.Class> {
  const folder = process.cwd();
  try {
    const tool = argv[1]?.startsWith('-') ? undefined : argv[1];
    const choice = { ...manifestChoice(argv), tool };
    const environment = readEnvironment(process.env, folder);
    const source = readToolSource(choice, environment, folder);
    const { plugin } = source;
    const language = chooseLanguage(languageFlag(argv), environment);
    const say = readTexts(plugin, language, diskFiles);
    // Of one that is named only that one is made.
    const named = plugin.tools.filter(({ name }) => name === argv[1]);
    return Object.fromEntries(
      (named.length > 0 ? named : plugin.tools)
        .filter((tool) => tool.enabled)
        .map((tool) => [`tool:run:${tool.name}`, commandFor(translateTool(tool, say), source, language)]),
    );
  } catch {
    return {};
  }
}

function commandFor(tool: Tool, source: ToolSource, language: Language): Command.Class {
  const command = toolCommand(tool, source, language);
  return class extends BaseCommand {
    static override summary = tool.summary;
    // Without a text for people the manifest repeats the summary, which the help shows anyway.
    static override description = [tool.description.human, tool.description.model]
      .filter((text) => text && text !== tool.summary)
      .join('\n\n');
    static override examples = tool.examples.map(
      ({ input }) => `<%= config.bin %> tool run ${tool.name} --input ${shellQuoted(JSON.stringify(input))}`,
    );
    static override flags = frameworkFlags(command.flags) as Interfaces.FlagInput;

    async run(): Promise<unknown> {
      const { flags } = await this.parse(this.ctor as Command.Class);
      return command.run({ flags, args: [] }, this.voice());
    }
  } as unknown as Command.Class;
}

function shellQuoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
