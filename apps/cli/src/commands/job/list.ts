import * as Flags from '@oclif/core/flags';
import { BaseCommand, manifestFlags } from '../../base-command.ts';
import { type JobOutput, jobOutput } from '../../services/jobs.ts';
import { isThere, manifestStore, withStore } from '../../services/store.ts';

/** The jobs of a store. */
export default class JobList extends BaseCommand {
  static override summary = 'List the jobs of the store, newest first';
  static override examples = ['<%= config.bin %> <%= command.id %> --state failed'];
  static override flags = {
    ...manifestFlags,
    state: Flags.option({
      options: ['queued', 'running', 'succeeded', 'failed', 'cancelled'] as const,
      description: 'only those in this state',
    })(),
    tool: Flags.string({ description: 'only those of a tool' }),
    owner: Flags.string({ description: 'only those of an owner' }),
    limit: Flags.integer({ description: 'how many', min: 1, max: 1000, default: 20 }),
    before: Flags.string({ description: 'only those before this one: the last id of the former page' }),
  };

  async run(): Promise<{ jobs: JobOutput[]; total: number }> {
    const { flags } = await this.parse(JobList);
    const { manifest, deployment, limit, state, tool, owner, before } = flags;
    this.sayManifest(manifest);
    const choice = manifestStore(
      { manifest, deployment, onDatabase: this.onDatabase },
      this.environment,
      process.cwd(),
    );
    const query = {
      limit,
      ...(state === undefined ? {} : { state }),
      ...(tool === undefined ? {} : { tool }),
      ...(owner === undefined ? {} : { owner }),
      ...(before === undefined ? {} : { before }),
    };
    const { jobs, total } = isThere(choice)
      ? await withStore(choice, (store) => store.jobs.list(query))
      : { jobs: [], total: 0 };
    const shown = jobs.map(jobOutput);
    for (const { job_id, status, progress, tool: name, created_at, error } of shown) {
      const percent = `${Math.round(progress * 100)}%`.padStart(4);
      this.log([job_id, status.padEnd(9), percent, created_at, name, error?.code ?? ''].join('  ').trimEnd());
    }
    if (shown.length === 0) this.say(this.texts.jobsNone);
    return { jobs: shown, total };
  }
}
