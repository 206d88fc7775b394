import { useApi } from '../../api/api-context.tsx';
import { type Api, answerOf, type Schemas } from '../../api/client.ts';
import { Failure } from '../../api/failure.ts';
import { pageOf, usePages } from '../../api/use-pages.ts';
import type { Filter } from './calls-and-jobs.tsx';

type Jobs = { total: number; jobs: Schemas['Job'][]; next_cursor?: string };

/** Jobs that fit; a search is the id of one of them, or of a draft. */
export function useListOfJobs(filter: Filter) {
  const api = useApi();
  return usePages({
    key: ['jobs', filter],
    fetchPage: (cursor, signal) =>
      filter.search === '' ? jobsPage(api, filter, cursor, signal) : found(api, filter.search, signal),
    rowsOf: (page: Jobs) => page.jobs,
    idOf: (job) => job.job_id,
  });
}

function jobsPage(
  { client }: Api,
  { tool, status }: Filter,
  cursor: string | undefined,
  signal: AbortSignal,
) {
  const query = {
    ...pageOf(cursor),
    ...(tool !== '' && { tool }),
    ...(status !== '' && { status: status as Schemas['Job']['status'] }),
  };
  return answerOf(client.GET('/v1/jobs', { signal, params: { query } }));
}

async function found({ client }: Api, id: string, signal: AbortSignal): Promise<Jobs> {
  const byId = answerOf(client.GET('/v1/jobs/{id}', { signal, params: { path: { id } } })).catch(
    unlessUnknown,
  );
  const ofDraft = answerOf(client.GET('/v1/jobs', { signal, params: { query: { draft_id: id } } }));
  const [job, { jobs }] = await Promise.all([byId, ofDraft]);
  const all = job === undefined ? jobs : [job, ...jobs];
  return { total: all.length, jobs: all };
}

function unlessUnknown(error: unknown): undefined {
  if (error instanceof Failure && error.status === 404) return undefined;
  throw error;
}
