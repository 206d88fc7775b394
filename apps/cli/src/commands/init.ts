import { relative } from 'node:path';
import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { BaseCommand } from '../base-command.ts';
import type { NewPlugin } from '../services/init-plugin.ts';
import { chooseLanguage, languageFlag } from '../text.ts';

/** Starts a plugin. */
export default class Init extends BaseCommand {
  static override summary = 'Make a plugin folder that works at once';
  static override description =
    'Writes a manifest, one tool in TypeScript with its test and types, the document that Coze imports, and a CI ' +
    'file that lints, tests and compares. An existing folder must be empty.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> my-plugin',
    '<%= config.bin %> <%= command.id %> 我的插件 --name my-plugin --lang zh',
  ];
  static override args = { folder: Args.string({ required: true, description: 'folder of the new plugin' }) };
  static override flags = {
    name: Flags.string({ description: 'name in the manifest (default: from the folder)' }),
  };

  async run(): Promise<NewPlugin> {
    const { args, flags } = await this.parse(Init);
    const { initPlugin } = await import('../services/init-plugin.ts');
    const made = initPlugin({
      target: args.folder,
      name: flags.name,
      language: chooseLanguage(languageFlag(this.argv), this.environment),
      folder: process.cwd(),
    });
    if (!this.jsonEnabled()) for (const file of made.files) this.log(file);
    this.say(`${this.texts.pluginMade} ${made.folder}`);
    this.say(this.texts.next);
    const folder = relative(process.cwd(), made.folder) || '.';
    const quoted = /[^\w./-]/.test(folder) ? JSON.stringify(folder) : folder;
    this.say(`  ${folder === '.' ? '' : `cd ${quoted} && `}npm install && npm test`);
    this.say('  npx cozecut dev');
    return made;
  }
}
