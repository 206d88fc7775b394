import type { Problem } from '@cozecut/problems';
import { Args, Flags } from '@oclif/core';
import { BaseCommand, manifestFlags } from '../../base-command.ts';
import { inputFlags } from './input-flags.ts';

interface Output {
  drafts: { draft_id: string; name: string; folder_path: string; duration_us: number }[];
  problems: Problem[];
}

/** Manual mode: a file in, a draft folder out. */
export default class DraftCreate extends BaseCommand {
  static override summary = 'Make a draft from a Coze export, a timeline, an edit list or subtitles';
  static override description =
    'Reads FILE (- is standard input), gets the media it names and writes the draft into the new folder DIR. ' +
    'Media may be given by path, file: or https: address; a path is relative to FILE.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> export.json --out ./my-draft',
    '<%= config.bin %> <%= command.id %> export.json --out ./my-draft --time-unit ms --profile jianying-11-mac',
  ];
  static override args = {
    file: Args.string({
      description: 'Coze export, timeline, call log, plan, OTIO or subtitles',
      required: true,
    }),
  };
  static override flags = {
    ...manifestFlags,
    out: Flags.string({ description: 'folder to make; it must not exist', required: true }),
    profile: Flags.string({ description: 'app family the draft is for (default: jianying-5.9-win)' }),
    ...inputFlags,
  };

  async run(): Promise<Output> {
    const { args, flags } = await this.parse(DraftCreate);
    const { createDraftFromFile } = await import('../../services/create-draft.ts');
    const output = (await createDraftFromFile({
      file: args.file,
      out: flags.out,
      profile: flags.profile,
      input: flags,
      manifest: flags.manifest,
      deployment: flags.deployment,
      env: this.environment,
      folder: process.cwd(),
      say: (line) => this.say(line),
    })) as Output;
    this.sayProblems(output.problems);
    this.say(this.texts.draftWritten);
    for (const draft of output.drafts) this.log(draft.folder_path);
    this.say(this.texts.draftNext);
    return output;
  }
}
