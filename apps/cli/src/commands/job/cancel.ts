import { manifestFlags } from '../../base-command.ts';
import { cancelJob, type JobOutput, jobOutput } from '../../services/jobs.ts';
import { JobCommand, jobArgs } from './job-command.ts';

/** Ends a job. */
export default class JobCancel extends JobCommand {
  static override summary = 'Cancel a job';
  static override description =
    'One that waits is cancelled at once; one that runs is asked to end, and has when `job logs --follow` says so.';
  static override args = jobArgs;
  static override flags = manifestFlags;

  async run(): Promise<JobOutput> {
    const { args, flags } = await this.parse(JobCancel);
    const job = jobOutput(await this.inStore(flags, (store) => cancelJob(store, args.id)));
    this.say(
      `${job.status === 'cancelled' ? this.texts.jobCancelled : this.texts.jobCancelling} ${job.job_id}`,
    );
    return job;
  }
}
