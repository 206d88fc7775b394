/** Languages of the texts for people; data and error codes are the same in all of them. */
export type Language = 'en' | 'zh';

const TEXTS = {
  draftWritten: { en: 'Draft written:', zh: '草稿已写入：' },
  draftNext: {
    en: 'Copy the folder into the draft folder of the editor and open it there.',
    zh: '把这个文件夹放进剪映（或 CapCut）的草稿目录，打开软件即可看到。',
  },
  draftListed: {
    en: 'It is in the list of drafts when the editor is opened.',
    zh: '打开软件即可在草稿列表中看到。',
  },
  jianying: { en: 'JianYing', zh: '剪映' },
  installPlan: { en: 'This would be done:', zh: '将执行以下步骤：' },
  installDone: { en: 'Draft installed:', zh: '草稿已安装：' },
  installNext: {
    en: 'Open {app}; the draft is at the top of its list.',
    zh: '打开{app}，草稿位于列表最前面。',
  },
  installDryRun: {
    en: 'Nothing was written. Run it again without --dry-run.',
    zh: '未写入任何内容。去掉 --dry-run 再运行一次即可安装。',
  },
  installCopying: { en: 'Copying the draft', zh: '正在复制草稿' },
  stepMakeRoot: { en: 'make the draft folder {path}', zh: '新建草稿目录 {path}' },
  stepCopyDraft: { en: 'copy files: {files}, {size}', zh: '复制 {files} 个文件，共 {size}' },
  stepCopyMedia: { en: 'copy {path} into the draft, {size}', zh: '把 {path} 复制到草稿中，{size}' },
  stepWrite: {
    en: 'write {files} with the paths of the new place',
    zh: '按新位置的路径写入 {files}',
  },
  stepReplace: { en: 'replace {path}', zh: '替换 {path}' },
  stepPlace: { en: 'put the draft at {path}', zh: '放置草稿到 {path}' },
  stepVerify: { en: 'check the draft and its files: {files}', zh: '检查草稿及其 {files} 个文件' },
  stepList: { en: 'add it to {path}', zh: '登记到 {path}' },
  olderBuilds: { en: 'for older builds use', zh: '旧版本请用' },
  warnings: { en: 'Worth knowing:', zh: '请注意：' },
  servingOn: { en: 'Listening on', zh: '服务地址' },
  reachedAt: { en: 'Public address:', zh: '公网地址：' },
  importFrom: { en: 'Coze imports', zh: 'Coze 导入地址：' },
  servingStop: { en: 'Ctrl-C stops.', zh: '按 Ctrl-C 停止。' },
  listening: { en: 'Ready.', zh: '就绪。' },
  listenKeys: {
    en: 'Type a message and press Enter. Ctrl-C cancels, twice leaves.',
    zh: '输入内容并按回车。按一次 Ctrl-C 取消本轮，再按一次退出。',
  },
  listenCancelled: { en: 'Cancelled. Ctrl-C again leaves.', zh: '已取消。再按一次 Ctrl-C 退出。' },
  listenLeave: { en: 'Ctrl-C again leaves.', zh: '再按一次 Ctrl-C 退出。' },
  listenResumed: { en: 'goes on with a chat that was left open', zh: '继续处理上次未结束的对话' },
  listenSession: { en: 'Recorded:', zh: '记录：' },
  listenReplayed: { en: 'taken from the journal, not run again', zh: '取自日志，未再次运行' },
  listenAsks: { en: 'asks:', zh: '提问：' },
  listenAuthorize: {
    en: 'Open this address and agree, then press Enter:',
    zh: '请打开以下地址完成授权，然后按回车：',
  },
  listenUnknown: { en: 'The workflow stopped for something unknown:', zh: '工作流因未知原因中断：' },
  listenNotListed: { en: 'The draft is written but not listed:', zh: '草稿已写入，但未登记：' },
  tokenOnce: {
    en: 'Keep it now: it is not shown again.',
    zh: '请立即保存，此令牌不会再次显示。',
  },
  tokenRevoked: { en: 'Revoked:', zh: '已吊销：' },
  devKeys: {
    en: 'r reload, l lint, t test, o open the page, q quit',
    zh: 'r 重新加载，l 检查，t 运行示例，o 打开网页，q 退出',
  },
  devChanged: { en: 'changed:', zh: '已修改：' },
  devFormer: { en: 'The former version keeps serving.', zh: '仍在使用上一个版本提供服务。' },
  devWaiting: { en: 'Waiting for a change.', zh: '等待文件修改。' },
  pluginMade: { en: 'Plugin made:', zh: '插件已创建：' },
  next: { en: 'Next:', zh: '接下来：' },
  toolInput: { en: 'Input:', zh: '输入：' },
  toolOutput: { en: 'Output:', zh: '输出：' },
  toolErrors: { en: 'Errors:', zh: '可能的错误：' },
  deprecated: { en: 'Deprecated:', zh: '已弃用：' },
  examplesPassed: { en: 'passed', zh: '个通过' },
  examplesFailed: { en: 'failed', zh: '个失败' },
  toolsUntested: { en: 'Without an example:', zh: '没有示例：' },
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
  formerZip: { en: 'The zip as it was is kept as', zh: '原压缩包已保留为' },
  draftsCounted: { en: 'drafts', zh: '个草稿' },
  storeRestored: { en: 'Restored:', zh: '已恢复：' },
  restored: { en: 'Restored version', zh: '已恢复版本' },
  editDone: {
    en: 'Saved; undo with `draft restore`. Written:',
    zh: '已保存（可用 draft restore 撤销）。已写入：',
  },
  editNothing: { en: 'Nothing to change.', zh: '没有需要修改的内容。' },
  editDryRun: { en: 'Nothing was written (--dry-run).', zh: '未写入任何内容（--dry-run）。' },
  templateStart: { en: 'Rows to fill:', zh: '待填充的行数：' },
  templateRows: { en: 'drafts written', zh: '个草稿已生成' },
  templateFailed: { en: 'rows failed', zh: '行失败' },
  mended: { en: 'Mended:', zh: '已修复：' },
  manifestFine: { en: 'No errors in', zh: '没有错误：' },
  tools: { en: 'Tools of', zh: '插件工具：' },
  catalogName: { en: 'name', zh: '名称' },
  catalogOtherNames: { en: 'other names', zh: '别名' },
  catalogApp: { en: 'app', zh: '软件' },
  catalogKind: { en: 'kind', zh: '类别' },
  catalogId: { en: 'id', zh: 'ID' },
  catalogVip: { en: 'VIP', zh: '会员' },
  catalogDuration: { en: 'seconds', zh: '秒' },
  catalogParameters: { en: 'parameters', zh: '参数' },
  catalogOrigin: { en: 'origin', zh: '来源' },
  catalogRows: { en: 'rows', zh: '条目' },
  catalogAdded: { en: 'new', zh: '新增' },
  catalogChanged: { en: 'changed', zh: '更新' },
  catalogUnchanged: { en: 'same', zh: '不变' },
  catalogYes: { en: 'yes', zh: '是' },
  catalogNo: { en: 'no', zh: '否' },
  catalogNothing: { en: 'Nothing has that name or id.', zh: '没有找到这个名称或 ID。' },
  catalogClose: { en: 'Close names:', zh: '相近的名称：' },
  catalogMore: { en: 'more; --limit shows them', zh: '条未显示，可用 --limit 调整' },
  catalogSaved: { en: 'Saved to', zh: '已保存到' },
  catalogDryRun: { en: 'Nothing was written (--dry-run).', zh: '未写入任何内容（--dry-run）。' },
  catalogIgnored: { en: 'Columns without a meaning here:', zh: '未使用的列：' },
  catalogRead: { en: 'Read:', zh: '已读取：' },
  catalogSkipped: { en: 'Skipped:', zh: '已跳过：' },
  catalogNoDrafts: { en: 'There are no drafts in', zh: '没有找到草稿：' },
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
