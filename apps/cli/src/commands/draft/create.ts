import * as Args from '@oclif/core/args';
import { BaseCommand } from '../../base-command.ts';
import { frameworkFlags } from '../../plain/framework-flags.ts';
import { type CreatedDrafts, DRAFT_CREATE } from './create-plain.ts';

/** Manual mode: a file in, a draft folder out. */
export default class DraftCreate extends BaseCommand {
  static override summary = 'Make a draft from a Coze export, a timeline, an edit list or subtitles';
  static override description =
    'Reads FILE (- is standard input), gets the media it names and writes the draft into the new folder DIR. ' +
    'Media may be given by path, file: or https: address; a path is relative to FILE. ' +
    'With --register DIR is the draft folder of the app: the draft goes into it, under its own name, and into the ' +
    'list that the app shows.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> export.json --out ./my-draft',
    '<%= config.bin %> <%= command.id %> export.json --out ./my-draft --time-unit ms --profile jianying-11-mac',
    '<%= config.bin %> <%= command.id %> export.json --out "$DRAFTS" --register --profile capcut-mac --seed auto',
  ];
  static override args = {
    file: Args.string({
      description: 'Coze export, timeline, call log, plan, OTIO or subtitles',
      required: true,
    }),
  };
  static override flags = frameworkFlags(DRAFT_CREATE.flags);

  async run(): Promise<CreatedDrafts> {
    const { args, flags } = await this.parse(DraftCreate);
    return DRAFT_CREATE.run({ flags, args: [args.file] }, this.voice());
  }
}
