import type { Api, Schemas } from './client.ts';
import { Failure } from './failure.ts';

/** What is told of a job whenever something about it changes. */
export type JobNews = Pick<
  Schemas['Job'],
  'job_id' | 'status' | 'progress' | 'phase' | 'message' | 'attempt' | 'error' | 'output'
> & {
  draft_ids: string[];
  /** Files that are being fetched, when that has changed. */
  files?: { name: string; received_bytes: number; total_bytes?: number }[];
};

/** How long to wait before a connection that was cut is made again. */
const AGAIN_MS = 1_000;

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
  let after = 0;
  while (!signal.aborted) {
    try {
      for await (const { id, data } of api.events(`v1/jobs/${jobId}/events`, { signal, after })) {
        after = id;
        const news = data as unknown as JobNews;
        onNews(news);
        if (hasEnded(news)) return;
      }
    } catch (error) {
      if (signal.aborted) return;
      // Only what did not arrive is asked for again.
      if (error instanceof Failure && error.status !== 0) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
  }
}
