import { BaseCommand } from '../../base-command.ts';
import { tellerIn } from '../../messages/teller.ts';
import type { SettingState } from '../../services/config.ts';

/** The settings. */
export default class ConfigList extends BaseCommand {
  static override summary = 'List every setting with its value and where it comes from';
  static override description =
    'Flags are above the environment, that is above the file .env of the current folder, and NAME_FILE names a file ' +
    'that holds the value. Secrets are masked. What a manifest says is shown by `manifest print --origins`.';
  static override examples = ['<%= config.bin %> <%= command.id %>'];

  async run(): Promise<{ settings: SettingState[] }> {
    await this.parse(ConfigList);
    const { listSettings } = await import('../../services/config.ts');
    const settings = listSettings(this.environment);
    const teller = await tellerIn(this.texts.language);
    const width = Math.max(...settings.map(({ name }) => name.length));
    for (const { name, value, origin, problem, default: words = '' } of settings) {
      const shown = problem === undefined ? (value ?? teller.text(words)) : `! ${teller.text(problem)}`;
      this.log(`${name.padEnd(width)}  ${shown === '' ? '-' : shown}  [${origin}]`);
    }
    return { settings };
  }
}
