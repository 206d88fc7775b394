/** What this page says. */
export const TEXTS = {
  title: ['Calls and jobs', '调用与任务'],
} as const;
