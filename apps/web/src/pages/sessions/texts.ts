/** What this page says. */
export const TEXTS = {
  title: ['Sessions', '会话'],
} as const;
