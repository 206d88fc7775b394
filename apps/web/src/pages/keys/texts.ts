/** What this page says. */
export const TEXTS = {
  title: ['Keys', '密钥'],
} as const;
