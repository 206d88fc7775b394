import { manifestFlags } from '../../base-command.ts';
import { type JobOutput, jobNamed, jobOutput } from '../../services/jobs.ts';
import { JobCommand, jobArgs } from './job-command.ts';

/** One job. */
export default class JobShow extends JobCommand {
  static override summary = 'Show a job with its output or its error';
  static override args = jobArgs;
  static override flags = manifestFlags;

  async run(): Promise<JobOutput> {
    const { args, flags } = await this.parse(JobShow);
    const shown = jobOutput(await this.inStore(flags, (store) => jobNamed(store, args.id)));
    this.log(JSON.stringify(shown, null, 2));
    return shown;
  }
}
