import type { Api, Schemas } from './client.ts';
import { followEvents } from './follow-events.ts';

/** What is told of a job whenever something about it changes. */
export type JobNews = Pick<
  Schemas['Job'],
  'job_id' | 'status' | 'progress' | 'phase' | 'message' | 'attempt' | 'error' | 'output'
> & {
  draft_ids: string[];
  /** Files that are being fetched, when that has changed. */
  files?: { name: string; received_bytes: number; total_bytes?: number }[];
};

/** Whether nothing more will happen to a job. */
export function hasEnded({ status }: Pick<JobNews, 'status'>): boolean {
  return status !== 'queued' && status !== 'running';
}

/**
 * News of a job until it has ended; a connection that is cut is made again where it was.
 *
 * @throws Failure when there is no such job.
 */
export async function followJob(
  api: Api,
  jobId: string,
  signal: AbortSignal,
  onNews: (news: JobNews) => void,
): Promise<void> {
  for await (const { data } of followEvents(api, `v1/jobs/${jobId}/events`, { signal })) {
    const news = data as unknown as JobNews;
    onNews(news);
    if (hasEnded(news)) return;
  }
}
