/** What the page with the API reference says. */
export const TEXTS = {
  title: ['API reference', 'API 文档'],
  tools: ['Tools (REST)', '工具（REST）'],
  server: ['Server', '服务器'],
  coze: ['Tools as Coze calls them', 'Coze 调用的工具'],
  search: ['Search', '搜索'],
  copy: ['Copy', '复制'],
} as const;
