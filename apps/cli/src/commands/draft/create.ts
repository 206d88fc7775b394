import type { Problem } from '@cozecut/problems';
import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { BaseCommand, manifestFlags } from '../../base-command.ts';
import { keepHeapSmall } from '../../services/small-heap.ts';
import { inputFlags } from './input-flags.ts';

interface Output {
  drafts: { draft_id: string; name: string; folder_path: string; duration_us: number; zip_path?: string }[];
  problems: Problem[];
}

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
  static override flags = {
    ...manifestFlags,
    out: Flags.string({
      description: 'folder to make, which must not exist; with --register the draft folder of the app',
      required: true,
    }),
    zip: Flags.boolean({ description: 'write DIR.zip, too, with paths that work on any machine' }),
    register: Flags.boolean({
      description: 'put the draft into the list of the app; the app must be closed',
    }),
    force: Flags.boolean({ description: 'register while the app is running', dependsOn: ['register'] }),
    profile: Flags.string({
      description: 'app family the draft is for, see "draft profiles" (default: jianying-5.9-win)',
    }),
    'marker-generation': Flags.string({
      description: 'version markers to write (default: native when a feature needs them)',
      options: ['baseline', 'native'],
    }),
    seed: Flags.string({
      description: 'take version markers from a draft of the app: auto, off, a folder or a timeline file',
      default: 'off',
    }),
    ...inputFlags,
  };

  async run(): Promise<Output> {
    const { args, flags } = await this.parse(DraftCreate);
    keepHeapSmall();
    const { createDraftFromFile } = await import('../../services/create-draft.ts');
    const output = (await createDraftFromFile({
      file: args.file,
      out: flags.out,
      zip: flags.zip,
      register: flags.register,
      force: flags.force,
      seed: flags.seed,
      markerGeneration: flags['marker-generation'],
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
    for (const { folder_path, zip_path } of output.drafts) {
      this.log(folder_path);
      if (zip_path !== undefined) this.log(zip_path);
    }
    this.say(flags.register ? this.texts.draftListed : this.texts.draftNext);
    return output;
  }
}
