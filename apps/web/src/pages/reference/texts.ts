/** What this page says. */
export const TEXTS = {
  title: ['API reference', 'API 文档'],
} as const;
