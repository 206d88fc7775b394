/** What the topics of commands are about. */
export const TOPICS: Readonly<Record<string, { en: string; zh: string }>> = {
  auth: { en: 'Sign in to Coze; tokens for callers of the server', zh: '登录扣子，管理调用服务的令牌' },
  'auth:token': { en: 'Tokens for callers of the server', zh: '管理调用服务的令牌' },
  bot: { en: 'Bots at Coze', zh: '扣子智能体' },
  catalog: {
    en: 'Find effects, filters, transitions, animations, fonts and masks by name',
    zh: '按名称查找特效、滤镜、转场、动画、字体和蒙版',
  },
  config: { en: 'Settings and where they come from', zh: '查看设置及其来源' },
  draft: { en: 'Make, look at, mend and change drafts', zh: '创建、查看、修复和编辑草稿' },
  'draft:edit': { en: 'Change a draft that is there', zh: '编辑已有草稿' },
  'draft:template': { en: 'Make many drafts from one', zh: '用一个模板草稿批量生成' },
  job: { en: 'Jobs of the store', zh: '管理任务' },
  manifest: { en: 'Check a plugin manifest and make things from it', zh: '检查插件清单，生成类型和结构' },
  openapi: { en: 'OpenAPI documents of a plugin', zh: '插件的 OpenAPI 文档' },
  plugin: { en: 'Files that Coze registers a plugin by', zh: '用于在扣子注册插件的文件' },
  store: { en: 'Backup, restore and upgrade of the store', zh: '备份、恢复和升级存储' },
  tool: { en: 'Tools of a plugin: list, run, test', zh: '列出、运行和测试插件工具' },
  workflow: { en: 'Workflows at Coze', zh: '扣子工作流' },
};
