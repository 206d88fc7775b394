import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useApi } from '../../api/api-context.tsx';
import { type Api, answerOf, type Schemas } from '../../api/client.ts';
import { Failure } from '../../api/failure.ts';
import { followJob, type JobNews } from '../../api/follow-job.ts';
import { type Input, requestOf } from './input.ts';

/** What becomes of a request for drafts. */
export type Making =
  | { phase: 'idle' }
  | { phase: 'sending' }
  | { phase: 'working'; jobId: string; news: JobNews | undefined }
  | { phase: 'made'; drafts: Schemas['DraftStatus'][] }
  | { phase: 'refused'; error: unknown };

/** Makes drafts, and says how far they are. A new request takes the place of the former one. */
export function useMaking() {
  const api = useApi();
  const queries = useQueryClient();
  const [making, setMaking] = useState<Making>({ phase: 'idle' });
  const current = useRef<AbortController>(undefined);
  useEffect(() => () => current.current?.abort(), []);

  async function make(input: Input): Promise<void> {
    current.current?.abort();
    const stop = new AbortController();
    current.current = stop;
    const show = (next: Making) => {
      if (!stop.signal.aborted) setMaking(next);
    };
    show({ phase: 'sending' });
    try {
      show({ phase: 'made', drafts: await makeDrafts(api, input, stop.signal, show) });
    } catch (error) {
      show({ phase: 'refused', error });
    }
    void queries.invalidateQueries({ queryKey: ['drafts'] });
  }

  async function cancel(jobId: string): Promise<void> {
    const params = { path: { id: jobId } };
    await answerOf(api.client.POST('/v1/jobs/{id}/cancel', { params })).catch(() => undefined);
  }
  return { making, make, cancel };
}

async function makeDrafts(
  api: Api,
  input: Input,
  signal: AbortSignal,
  show: (next: Making) => void,
): Promise<Schemas['DraftStatus'][]> {
  const body = requestOf(input);
  const begun = await answerOf(api.client.POST('/api/draft/generate', { body, signal }));
  const { job_id: jobId } = begun;
  let last: JobNews | undefined;
  show({ phase: 'working', jobId, news: last });
  await followJob(api, jobId, signal, (told) => {
    // Not every piece of news is about files; what is known of them stays.
    const files = told.files ?? last?.files;
    const news = files === undefined ? told : { ...told, files };
    last = news;
    show({ phase: 'working', jobId, news });
  });
  if (last?.error !== undefined) {
    const { code, message, hint, problems } = last.error;
    throw new Failure({ status: 422, code, message, problems, ...(hint === undefined ? {} : { hint }) });
  }
  const status = (id: string) =>
    answerOf(api.client.GET('/api/draft/status/{id}', { params: { path: { id } }, signal }));
  return Promise.all(begun.draft_ids.map(status));
}
