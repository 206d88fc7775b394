/** Languages of the texts for people; data and error codes are the same in all of them. */
export type Language = 'en' | 'zh';

const TEXTS = {
  draftWritten: { en: 'Draft written:', zh: '草稿已写入：' },
  draftNext: {
    en: 'Copy the folder into the draft folder of the editor and open it there.',
    zh: '把这个文件夹放进剪映（或 CapCut）的草稿目录，打开软件即可看到。',
  },
  warnings: { en: 'Worth knowing:', zh: '请注意：' },
  servingOn: { en: 'Listening on', zh: '服务地址' },
  servingStop: { en: 'Ctrl-C stops.', zh: '按 Ctrl-C 停止。' },
  listening: { en: 'Ready. Bot', zh: '就绪。智能体' },
  toolCall: { en: 'runs', zh: '调用' },
  toolDone: { en: 'done', zh: '完成' },
  toolFailed: { en: 'failed', zh: '失败' },
  submitted: { en: 'answers sent', zh: '结果已提交' },
  hint: { en: 'Hint:', zh: '提示：' },
  error: { en: 'Error:', zh: '错误：' },
  fileWritten: { en: 'Written:', zh: '已写入：' },
  fileUnchanged: { en: 'Up to date:', zh: '没有变化：' },
  filesDiffer: {
    en: 'Run the command again without --check to write what is right.',
    zh: '去掉 --check 再运行一次即可更新文件。',
  },
  majorNeeded: {
    en: 'Something was removed or narrowed; the version must be at least',
    zh: '有内容被删除或收窄，版本号至少应为',
  },
  noHistory: { en: 'cozecut has not changed this draft yet.', zh: 'cozecut 还没有修改过这个草稿。' },
  restored: { en: 'Restored version', zh: '已恢复版本' },
  mended: { en: 'Mended:', zh: '已修复：' },
  manifestFine: { en: 'No errors in', zh: '没有错误：' },
  tools: { en: 'Tools of', zh: '插件工具：' },
} as const satisfies Record<string, Record<Language, string>>;

/** Texts of one language. */
export type Texts = Record<keyof typeof TEXTS, string>;

/** The texts for a language. */
export function textsIn(language: Language): Texts {
  return Object.fromEntries(Object.entries(TEXTS).map(([key, text]) => [key, text[language]])) as Texts;
}

/** The language that the arguments ask for, readable before they are parsed. */
export function languageFlag(argv: readonly string[]): string | undefined {
  return /(?:^| )--lang[ =](zh|en)(?: |$)/.exec(argv.join(' '))?.[1];
}

/** The language a person reads: the flag, else the locale of the environment, else English. */
export function chooseLanguage(
  flag: string | undefined,
  env: Readonly<Record<string, string | undefined>>,
): Language {
  const locale = flag ?? env.LC_ALL ?? env.LC_MESSAGES ?? env.LANG ?? 'en';
  return locale.toLowerCase().startsWith('zh') ? 'zh' : 'en';
}
