/** What this page says. */
export const TEXTS = {
  title: ['Tools', '工具'],
} as const;
