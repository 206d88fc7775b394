/** Languages of the page; the number is the column of {@link TEXTS}. */
export const LANGUAGES = { en: 0, zh: 1 } as const;
/** A language of the page. */
export type Language = keyof typeof LANGUAGES;

/** Everything the page says, in English and Chinese; `{}` is replaced by a number. */
export const TEXTS = {
  tagline: ['Coze output → JianYing / CapCut draft', 'Coze 输出 → 剪映 / CapCut 草稿'],
  navigation: ['Pages', '页面'],
  otherLanguage: ['中文', 'English'],
  manual: ['Make a draft', '生成草稿'],
  manualIntro: [
    'Paste what your bot or workflow exported, or drop the file here.',
    '粘贴智能体或工作流导出的内容，或把文件拖到这里。',
  ],
  content: ['Coze export (JSON)', 'Coze 导出内容（JSON）'],
  chooseFile: ['Choose a file…', '选择文件…'],
  timeUnit: ['Time unit', '时间单位'],
  unitAuto: ['Find out', '自动判断'],
  unitS: ['Seconds', '秒'],
  unitMs: ['Milliseconds', '毫秒'],
  unitUs: ['Microseconds', '微秒'],
  profile: ['Made for', '适用软件'],
  profileDefault: ['Usual choice of the server', '服务器默认'],
  makeDraft: ['Make draft', '生成草稿'],
  sending: ['Sending…', '正在提交…'],
  processing: ['Working…', '正在生成…'],
  completed: ['Draft ready', '草稿已生成'],
  failed: ['The draft could not be made', '草稿生成失败'],
  refused: ['Not accepted', '内容未被接受'],
  folder: ['Folder', '草稿文件夹'],
  download: ['Download (zip)', '下载（zip）'],
  findings: ['Findings: {}', '提示：{} 条'],
  error: ['Error', '错误'],
  warning: ['Warning', '警告'],
  info: ['Note', '说明'],
  unreachable: ['The server does not answer. Is it still running?', '服务器没有响应，请确认它仍在运行。'],
  unreadable: ['The server answered something unreadable (HTTP {}).', '服务器的回答无法识别（HTTP {}）。'],
  tools: ['Tools', '工具'],
  toolsIntro: [
    'What a Coze plugin, a script or any other program can call here.',
    'Coze 插件、脚本或其他程序可以在这里调用的功能。',
  ],
  loading: ['Loading…', '正在载入…'],
  noTools: ['This server offers no tools.', '这个服务器没有提供工具。'],
  inputs: ['Input ({})', '输入（{}）'],
  required: ['required', '必填'],
  openapi: ['OpenAPI document for Coze', '供 Coze 使用的 OpenAPI 文档'],
} as const satisfies Record<string, readonly [en: string, zh: string]>;
