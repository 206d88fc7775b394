import * as Flags from '@oclif/core/flags';
import { manifestFlags } from '../../base-command.ts';
import { EXIT } from '../../exit-code.ts';
import { type Teller, tellerIn } from '../../messages/teller.ts';
import { interruptible } from '../../services/interrupt.ts';
import { type JobEventOutput, jobEvents } from '../../services/jobs.ts';
import { JobCommand, jobArgs } from './job-command.ts';

/** What happened to a job. */
export default class JobLogs extends JobCommand {
  static override summary = 'Print what happened to a job';
  static override description =
    'With --follow until the job has ended; with --json as well, each event is then one line of JSON.';
  static override examples = ['<%= config.bin %> <%= command.id %> 0c6e… --follow'];
  static override args = jobArgs;
  static override flags = {
    ...manifestFlags,
    follow: Flags.boolean({ char: 'f', description: 'wait for what happens, until the job has ended' }),
  };

  async run(): Promise<{ events: JobEventOutput[] }> {
    const { args, flags } = await this.parse(JobLogs);
    const events: JobEventOutput[] = [];
    const teller = await tellerIn(this.texts.language);
    await this.inStore({ manifest: flags.manifest, deployment: flags.deployment }, (store) =>
      interruptible(async (signal) => {
        for await (const event of jobEvents(store, args.id, flags.follow ? signal : undefined)) {
          events.push(event);
          if (!this.jsonEnabled()) this.log(lineOf(event, teller));
          else if (flags.follow) process.stdout.write(`${JSON.stringify(event)}\n`);
        }
        if (signal.aborted) process.exitCode = EXIT.interrupted;
      }),
    );
    // The events were printed one by one.
    if (flags.follow) this.exit(0);
    return { events };
  }
}

function lineOf({ at, status, progress, phase, message, error }: JobEventOutput, teller: Teller): string {
  const percent = `${Math.round(progress * 100)}%`.padStart(4);
  const words =
    error === undefined
      ? [phase, teller.text(message)]
      : [phase, `${teller.message(error.code, error.message)} [${error.code}]`];
  return [at, status.padEnd(9), percent, ...words.filter((word) => word !== '')].join('  ');
}
