/** What this page says. */
export const TEXTS = {
  title: ['Local service', '本地服务'],
} as const;
