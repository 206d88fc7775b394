/** What this page says. */
export const TEXTS = {
  title: ['Drafts', '草稿'],
} as const;
