import { UserError } from '@cozecut/problems';
import * as Args from '@oclif/core/args';
import { BaseCommand, manifestFlags } from '../../base-command.ts';
import { readManifest, toolNamed } from '../../services/manifest.ts';
import { manifestChoice } from './tool-plain.ts';

/** What is left when `tool run NAME` names no tool: every tool of the manifest is a command of its own. */
export default class ToolRun extends BaseCommand {
  static override summary = 'Run a tool of a plugin';
  static override description =
    'Every tool of the manifest is a command with flags and help made from its schema. `tool list` names them.';
  static override examples = [
    '<%= config.bin %> tool run create_draft --name News',
    '<%= config.bin %> tool run add_captions --help',
    '<%= config.bin %> tool run add_captions --input @captions.json',
  ];
  static override strict = false;
  static override args = { name: Args.string({ description: 'name of the tool' }) };
  static override flags = manifestFlags;

  async run(): Promise<void> {
    // Not parsed: the flags belong to the tool that was meant, and the name is what is wrong.
    const name = this.argv.find((word) => !word.startsWith('-'));
    const choice = manifestChoice(this.argv);
    if (name === undefined) {
      throw new UserError('TOOL_UNKNOWN', 'the name of a tool is missing', {
        hint: '`cozecut tool list` names them',
      });
    }
    toolNamed(readManifest(choice, this.environment, process.cwd()), name);
    throw new UserError('USAGE', 'the name of the tool must stand before its flags', {
      hint: `cozecut tool run ${name} --help`,
    });
  }
}
