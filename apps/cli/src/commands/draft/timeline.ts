import type { Problem } from '@cozecut/problems';
import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { BaseCommand } from '../../base-command.ts';
import { inputFlags } from './input-flags.ts';

interface Output {
  svg: string;
  problems: Problem[];
}

/** Draws a draft as a picture. */
export default class DraftTimeline extends BaseCommand {
  static override summary = 'Draw the tracks of a draft or a timeline as SVG';
  static override description =
    'DRAFT is a draft folder, a zip of one, or a file that `draft create` reads (- is standard input). ' +
    'Tracks, clips, transitions, keyframes, captions and markers; the same draft gives the same bytes.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> ./my-draft --svg > my-draft.svg',
    '<%= config.bin %> <%= command.id %> ./my-draft --svg --theme dark --out my-draft.svg',
  ];
  static override args = {
    draft: Args.string({ description: 'draft folder, zip or input file', required: true }),
  };
  static override flags = {
    ...inputFlags,
    svg: Flags.boolean({ description: 'as SVG, which is the default' }),
    out: Flags.string({ description: 'file to write (default: standard output)' }),
    theme: Flags.string({
      description: 'colours; auto follows the viewer',
      options: ['light', 'dark', 'auto'],
      default: 'auto',
    }),
    width: Flags.integer({ description: 'width in pixels', min: 320, max: 10_000, default: 960 }),
    number: Flags.integer({ description: 'which draft of the input, counted from 1', min: 1, default: 1 }),
  };

  async run(): Promise<Output> {
    const { args, flags } = await this.parse(DraftTimeline);
    this.sayIfLarge(args.draft);
    const { drawSvg } = await import('../../services/draw-svg.ts');
    const { svg, problems, written } = await drawSvg({
      file: args.draft,
      flags,
      folder: process.cwd(),
      out: flags.out,
      number: flags.number,
      theme: flags.theme as 'light' | 'dark' | 'auto',
      width: flags.width,
    });
    await this.sayProblems(problems);
    if (written === undefined) this.log(svg.trimEnd());
    else await this.tellFiles([written]);
    return { svg, problems };
  }
}
