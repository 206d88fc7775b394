import type { Jobs, ToolError } from '@cozecut/plugin-host';
import type { Store } from '@cozecut/store';
import { jobNotFound } from './job-not-found.ts';
import { publicError } from './public-job.ts';
import type { Questions } from './questions.ts';
import { settledWithin } from './settled.ts';

/** The jobs of one owner, as tools see them. */
export function jobsOf(store: Store, questions: Questions, owner: string): Jobs {
  return {
    async answer(id, answer) {
      if ((await store.jobs.get(id, owner)) === undefined) throw jobNotFound();
      await questions.answer(id, answer);
    },

    async get(id, { waitMs, signal }) {
      const found = await store.jobs.get(id, owner);
      if (found === undefined) return undefined;
      const job = await settledWithin(store, found, waitMs, undefined, signal);
      return {
        id,
        tool: job.tool,
        state: job.state,
        fraction: job.fraction,
        phase: job.phase,
        message: job.message,
        draftIds: job.drafts.map(({ draftId }) => draftId),
        output: job.output,
        error: job.error === undefined ? undefined : (publicError(job.error) as ToolError),
        question: await questions.openOf(job),
      };
    },
  };
}
