/** Where Coze runs: `cn` = api.coze.cn, `com` = api.coze.com, `studio` = self-hosted Coze Studio. */
export type CozeRegion = 'cn' | 'com' | 'studio';

/** What is different from one place to another. */
export interface Dialect {
  /** Address of the API; a self-hosted service has none of its own. */
  baseUrl: string | undefined;
  /** Where the state of a workflow run is read. */
  runHistory(workflowId: string, executeId: string): { path: string; query?: Record<string, string> };
}

const cloudHistory: Dialect['runHistory'] = (workflowId, executeId) => ({
  path: `/v1/workflows/${encodeURIComponent(workflowId)}/run_histories/${encodeURIComponent(executeId)}`,
});

/** The dialect of each place. What is not here (events, codes, spellings) is read in every spelling everywhere. */
export const DIALECTS: Readonly<Record<CozeRegion, Dialect>> = {
  cn: { baseUrl: 'https://api.coze.cn', runHistory: cloudHistory },
  com: { baseUrl: 'https://api.coze.com', runHistory: cloudHistory },
  studio: {
    baseUrl: undefined,
    runHistory: (workflowId, executeId) => ({
      path: '/v1/workflow/get_run_history',
      query: { workflow_id: workflowId, execute_id: executeId },
    }),
  },
};
