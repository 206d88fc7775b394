import { useMutation } from '@tanstack/react-query';
import { useApi } from '../../api/api-context.tsx';
import { sendRequest, type ToolAnswer, type ToolRequest } from '../../api/tool-request.ts';

/** What a call ended with. */
export interface RunResult extends ToolAnswer {
  durationMs: number;
  /** Job that the call goes on as. */
  jobId: string | undefined;
}

/** Calls a tool. */
export function useRun() {
  const api = useApi();
  return useMutation({
    mutationFn: async (request: ToolRequest): Promise<RunResult> => {
      const started = performance.now();
      const { status, output } = await sendRequest(api, request);
      const { job_id: jobId } = (output ?? {}) as { job_id?: string };
      const durationMs = performance.now() - started;
      return { status, output, durationMs, jobId: status === 202 ? jobId : undefined };
    },
  });
}
