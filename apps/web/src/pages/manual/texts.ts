/** What this page says. */
export const TEXTS = {
  title: ['Make a draft', '生成草稿'],
} as const;
