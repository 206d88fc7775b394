/** What this page says. */
export const TEXTS = {
  title: ['Connect', '接入'],
} as const;
