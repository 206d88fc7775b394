import type { TimelinePlan } from '@cozecut/draft-core';
import type { Problem } from '@cozecut/problems';
import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { BaseCommand } from '../../base-command.ts';
import { hasColor } from '../../drawing.ts';
import { inputFlags } from './input-flags.ts';

interface Output {
  timelines: TimelinePlan[];
  problems: Problem[];
}

/** Prints what is on the tracks of a draft. */
export default class DraftShow extends BaseCommand {
  static override summary = 'Draw the tracks of a draft or a timeline in the terminal';
  static override description =
    'DRAFT is a draft folder, a zip of one, or a file that `draft create` reads (- is standard input). ' +
    'One row a track, the front on top, sound below. With --json every clip with its times in microseconds.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> ./my-draft',
    '<%= config.bin %> <%= command.id %> export.json --time-unit ms --clips',
  ];
  static override args = {
    draft: Args.string({ description: 'draft folder, zip or input file', required: true }),
  };
  static override flags = {
    ...inputFlags,
    width: Flags.integer({ description: 'columns (default: those of the terminal)', min: 20 }),
    clips: Flags.boolean({ description: 'list every clip with its times as well' }),
  };

  async run(): Promise<Output> {
    const { args, flags } = await this.parse(DraftShow);
    this.sayIfLarge(args.draft);
    const { readPlans } = await import('../../services/plan.ts');
    const { describePlan } = await import('../../services/describe-plan.ts');
    const { plans, problems } = await readPlans({
      file: args.draft,
      flags,
      folder: process.cwd(),
    });
    await this.sayProblems(problems);
    const width = flags.width ?? process.stdout.columns ?? 80;
    const color = !flags['no-color'] && hasColor(process.stdout, this.environment);
    for (const plan of plans)
      this.log(describePlan(plan, { width, color, clips: flags.clips, texts: this.texts }));
    return { timelines: plans, problems };
  }
}
