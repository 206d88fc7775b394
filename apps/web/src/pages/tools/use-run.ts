import { useMutation } from '@tanstack/react-query';
import { useApi } from '../../api/api-context.tsx';
import { failureOf } from '../../api/failure.ts';
import type { ToolRequest } from './request.ts';

/** What a call ended with. */
export interface RunResult {
  status: number;
  durationMs: number;
  /** JSON value. */
  output: unknown;
  /** Job that the call goes on as. */
  jobId: string | undefined;
}

/** Calls a tool. */
export function useRun() {
  const api = useApi();
  return useMutation({
    mutationFn: async ({ method, path, body }: ToolRequest): Promise<RunResult> => {
      const started = performance.now();
      const response = await api.fetch(path, {
        method,
        ...(body === undefined ? {} : { body, headers: { 'content-type': 'application/json' } }),
      });
      const output: unknown = await response.json().catch(() => undefined);
      if (!response.ok) throw failureOf(response.status, output);
      const { job_id: jobId } = (output ?? {}) as { job_id?: string };
      const isJob = response.status === 202;
      return {
        status: response.status,
        durationMs: performance.now() - started,
        output,
        jobId: isJob ? jobId : undefined,
      };
    },
  });
}
