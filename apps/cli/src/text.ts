/** Languages of the texts for people; data and error codes are the same in all of them. */
export type Language = 'en' | 'zh';

const TEXTS = {
  language: { en: 'en', zh: 'zh' },
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
  listenEnded: { en: 'has ended; it hears nothing any more', zh: '已结束，不再接收消息' },
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
  tokensNone: { en: 'No token was made yet.', zh: '还没有创建过令牌。' },
  tokenRevoked: { en: 'Revoked:', zh: '已吊销：' },
  devKeys: { en: 'Press ? for the keys, q to quit.', zh: '按 ? 查看快捷键，按 q 退出。' },
  devKeyList: {
    en: [
      '  c  say something to the bot, such as: TOOL {"input": …}',
      '  e  let the bot call a tool with one of its examples',
      '  t  run the examples of all tools',
      '  l  lint the manifest',
      '  r  load the files anew',
      '  o  open the page',
      '  q  quit',
    ].join('\n'),
    zh: [
      '  c  对智能体说话，例如：工具名 {"输入": …}',
      '  e  让智能体用示例调用工具',
      '  t  运行全部工具的示例',
      '  l  检查清单文件',
      '  r  重新加载文件',
      '  o  打开网页',
      '  q  退出',
    ].join('\n'),
  },
  devCoze: { en: 'Coze emulator, no account needed:', zh: '扣子模拟器（无需账号）：' },
  devBotHelp: {
    en: 'Say the name of a tool and its input: JSON, a text, the name of an example, or nothing for the first example.',
    zh: '请说出工具名和输入：JSON、文本、示例名；不写输入则使用第一个示例。',
  },
  devNoExamples: { en: 'The manifest has no examples.', zh: '清单中没有示例。' },
  devRefused: { en: 'Coze would not import this:', zh: '扣子无法导入：' },
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
  outputLost: { en: 'the output could not be written:', zh: '无法写出结果：' },
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
  signInOpen: { en: 'Open in a browser:', zh: '请在浏览器中打开：' },
  signInCode: { en: 'Code:', zh: '验证码：' },
  signInDone: { en: 'Signed in to', zh: '已登录：' },
  signInRemoved: { en: 'Signed out of', zh: '已退出登录：' },
  signInNone: { en: 'Nobody was signed in to', zh: '没有登录记录：' },
  signInReady: { en: 'ready', zh: '可用' },
  signInMissing: { en: 'not set up', zh: '未设置' },
  signInExpired: { en: 'expired', zh: '已过期' },
  signInRenewed: { en: 'renewed by itself', zh: '自动续期' },
  upgradeNext: {
    en: 'Nothing was written. Run it again with --write.',
    zh: '未写入任何内容。加上 --write 再运行一次即可更新。',
  },
  manifestCurrent: { en: 'which is current.', zh: '已是最新格式。' },
  settingsFine: { en: 'No mistakes in the settings.', zh: '设置没有错误。' },
  jobsNone: { en: 'There are no such jobs.', zh: '没有符合条件的任务。' },
  jobCancelled: { en: 'Cancelled:', zh: '已取消：' },
  jobCancelling: { en: 'Asked to end:', zh: '已请求停止：' },
  jobQueued: {
    en: 'In the queue: a server that uses this store runs it.',
    zh: '已进入队列，由使用该存储的服务执行。',
  },
  botUnpublished: { en: 'not published to the API', zh: '未发布到 API' },
  nothingListed: { en: 'The token sees none.', zh: '此令牌看不到任何内容。' },
  conversation: { en: 'Conversation:', zh: '会话：' },
  workflowAsks: { en: 'Answer it with:', zh: '用以下命令回答：' },
  toolsRefused: {
    en: 'Not given; `listen` runs tools of this machine:',
    zh: '未提供本机工具，请改用 listen：',
  },
  since: { en: 'since', zh: '登录于' },
  until: { en: 'until', zh: '有效期至' },
  doctorNodeNext: { en: 'install Node {wanted} or newer', zh: '安装 Node {wanted} 或更新版本' },
  doctorStore: { en: '{path}, {free} free', zh: '{path}，剩余 {free}' },
  doctorStoreNew: {
    en: '{path} (made when it is needed), {free} free',
    zh: '{path}（需要时创建），剩余 {free}',
  },
  doctorStoreNext: {
    en: 'set COZECUT_STORE to a folder that you may write to, or the address of a database',
    zh: '把 COZECUT_STORE 设为可写的文件夹或数据库地址',
  },
  doctorFreeNext: { en: 'make room on the disk of {path}', zh: '清理 {path} 所在的磁盘' },
  doctorPortFree: { en: '{place} is free', zh: '{place} 可用' },
  doctorPortOurs: { en: '{place}: a server is running', zh: '{place}：服务正在运行' },
  doctorPortBusy: { en: '{place} is used by another program', zh: '{place} 已被其他程序占用' },
  doctorPortRefused: { en: 'cannot listen on {place} ({code})', zh: '无法监听 {place}（{code}）' },
  doctorRootNext: {
    en: 'set DRAFT_ROOT to a folder that is there and that you may write to',
    zh: '把 DRAFT_ROOT 设为已存在且可写的文件夹',
  },
  doctorApp: {
    en: '{path}, last saved by {app} {version}',
    zh: '{path}，上次由 {app} {version} 保存',
  },
  doctorNoEditor: {
    en: 'JianYing and CapCut have no draft folder on this machine',
    zh: '本机没有剪映或 CapCut 的草稿目录',
  },
  doctorEditor: {
    en: 'the editor is running; it would overwrite its list of drafts',
    zh: '剪辑软件正在运行，会覆盖草稿列表',
  },
  doctorEditorNext: {
    en: 'close it before `cozecut draft install`',
    zh: '运行 cozecut draft install 前请先关闭',
  },
  doctorNoFfprobe: { en: 'not installed; nothing here needs it', zh: '未安装，不影响使用' },
  doctorSecret: { en: 'set', zh: '已设置' },
  doctorSecretOptional: {
    en: 'not set; needed beyond this machine only',
    zh: '未设置，仅对外提供服务时需要',
  },
  doctorNoPublic: { en: 'the deployment has none', zh: '该部署未设置' },
  doctorPublicOther: {
    en: '{url} answers {status}, and not as this server does',
    zh: '{url} 返回 {status}，不是本服务的应答',
  },
  doctorPublicGone: { en: '{url} does not answer: {why}', zh: '{url} 无应答：{why}' },
  doctorPublicNext: {
    en: 'let the proxy or tunnel of that address lead to the server',
    zh: '让该地址的代理或隧道指向本服务',
  },
  doctorNoCoze: { en: 'no token, and nothing of Coze is bound', zh: '没有令牌，也没有绑定扣子资源' },
  doctorCoze: {
    en: '{address}, workspaces that the token sees: {count}',
    zh: '{address}，令牌可见的工作空间：{count}',
  },
  doctorCozeNext: {
    en: 'check COZE_BASE_URL, the network and the proxy, then: cozecut auth status',
    zh: '请检查 COZE_BASE_URL、网络和代理，然后运行：cozecut auth status',
  },
  doctorCozeNoList: {
    en: 'this service has no list to try the token with',
    zh: '该服务没有可用于验证令牌的列表接口',
  },
  doctorBotNoId: { en: 'no id', zh: '没有 ID' },
  doctorBotIdNext: {
    en: 'set COZE_BOT_ID to the id of a bot that is published to the API',
    zh: '把 COZE_BOT_ID 设为已发布到 API 的智能体 ID',
  },
  doctorBotUnpublished: { en: '{name} {id} is not published to the API', zh: '{name} {id} 未发布到 API' },
  doctorBotNext: {
    en: 'publish the bot to the API at Coze; `cozecut bot list --all` shows those that the token sees',
    zh: '在扣子把智能体发布到 API；cozecut bot list --all 列出令牌可见的智能体',
  },
  doctorClock: { en: 'agrees with Coze', zh: '与扣子一致' },
  doctorClockAhead: { en: '{seconds} s ahead of Coze', zh: '比扣子快 {seconds} 秒' },
  doctorClockBehind: { en: '{seconds} s behind Coze', zh: '比扣子慢 {seconds} 秒' },
  doctorClockNext: { en: 'set the clock of this machine by a time server', zh: '请校准本机时间' },
} as const satisfies Record<string, Record<Language, string>>;

/** Texts of one language. */
export type Texts = Record<Exclude<keyof typeof TEXTS, 'language'>, string> & { language: Language };

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
  // A variable that is set to nothing is not set.
  const locale = flag || env.LC_ALL || env.LC_MESSAGES || env.LANG || 'en';
  return locale.toLowerCase().startsWith('zh') ? 'zh' : 'en';
}
