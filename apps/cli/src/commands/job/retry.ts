import { manifestFlags } from '../../base-command.ts';
import { type JobOutput, jobOutput, retryJob } from '../../services/jobs.ts';
import { JobCommand, jobArgs } from './job-command.ts';

/** Does again what a job was to do. */
export default class JobRetry extends JobCommand {
  static override summary = 'Put a job that failed or was cancelled into the queue again';
  static override description =
    'It is a new job with an id of its own; a server that uses the store runs it.';
  static override args = jobArgs;
  static override flags = manifestFlags;

  async run(): Promise<JobOutput> {
    const { args, flags } = await this.parse(JobRetry);
    const job = jobOutput(await this.inStore(flags, (store) => retryJob(store, args.id)));
    this.log(job.job_id);
    this.say(this.texts.jobQueued);
    return job;
  }
}
