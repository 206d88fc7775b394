import { BaseCommand, manifestFlags } from '../../base-command.ts';
import type { ReadFile } from '../../services/config.ts';

/** The files that settings come from. */
export default class ConfigPath extends BaseCommand {
  static override summary =
    'List the files that are read: .env, files of variables, the manifest and its parts';
  static override examples = ['<%= config.bin %> <%= command.id %> --manifest my-plugin/plugin.yaml'];
  static override flags = manifestFlags;

  async run(): Promise<{ files: ReadFile[] }> {
    const { flags } = await this.parse(ConfigPath);
    const { filesRead } = await import('../../services/config.ts');
    const files = filesRead({ ...flags, onLong: this.onLong }, this.environment, process.cwd());
    for (const { path, as } of files) this.log(`${path}  [${as}]`);
    return { files };
  }
}
