import type { Problem } from '@cozecut/problems';
import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { BaseCommand } from '../../base-command.ts';
import { inputFlags } from './input-flags.ts';

interface Output {
  text: string;
  problems: Problem[];
}

/** Writes an input file in another format. */
export default class DraftConvert extends BaseCommand {
  static override summary = 'Convert a draft input, a timeline or subtitles into another format';
  static override description =
    'Reads FILE (- is standard input) and writes one of its drafts in another format. What the format cannot hold is ' +
    'named in a warning. Nothing is fetched.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> talk.ass --to srt --out talk.srt',
    '<%= config.bin %> <%= command.id %> edit.otio --to draft-timeline > edit.json',
  ];
  static override args = {
    file: Args.string({ description: 'file in any format that `draft create` reads', required: true }),
  };
  static override flags = {
    to: Flags.string({
      description: 'format to write',
      options: ['draft-timeline', 'otio', 'srt', 'vtt', 'ass', 'lrc'],
      required: true,
    }),
    ...inputFlags,
    out: Flags.string({ description: 'file to write (default: standard output)' }),
    number: Flags.integer({ description: 'which draft of the input, counted from 1', min: 1, default: 1 }),
  };

  async run(): Promise<Output> {
    const { args, flags } = await this.parse(DraftConvert);
    this.sayIfLarge(args.file);
    const { convertFile } = await import('../../services/convert-file.ts');
    const { text, problems, written } = await convertFile({
      file: args.file,
      flags,
      folder: process.cwd(),
      to: flags.to,
      out: flags.out,
      number: flags.number,
    });
    await this.sayProblems(problems);
    if (written === undefined) this.log(text.replace(/\n$/, ''));
    else await this.tellFiles([written]);
    return { text, problems };
  }
}
