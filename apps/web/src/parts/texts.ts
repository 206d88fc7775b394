/** What the parts of all pages say. */
export const TEXTS = {
  unreachable: ['The server does not answer. Is it still running?', '服务器没有响应，请确认它仍在运行。'],
  unreadable: [
    'The server answered something unreadable (HTTP {status}).',
    '服务器的回答无法识别（HTTP {status}）。',
  ],
  loading: ['Loading…', '正在载入…'],
  again: ['Try again', '重试'],
  copy: ['Copy', '复制'],
  copied: ['Copied', '已复制'],
  error: ['Error', '错误'],
  warning: ['Warning', '警告'],
  info: ['Note', '说明'],
  line: ['Line {line}', '第 {line} 行'],
  more: ['Show more', '加载更多'],
  shownOf: ['{shown} of {total}', '{shown} / {total}'],
  zoomIn: ['Zoom in', '放大'],
  zoomOut: ['Zoom out', '缩小'],
  zoomFit: ['Whole timeline', '显示全部'],
  zoomKeys: ['Timeline: keys + - 0 zoom, arrows move', '时间线：按 + - 0 缩放，方向键移动'],
  installing: ['Putting it into the editor…', '正在放入剪映…'],
  installedJianying: [
    'The draft is in JianYing. Open JianYing to see it.',
    '草稿已放入剪映。打开剪映即可看到。',
  ],
  installedCapcut: [
    'The draft is in CapCut. Open CapCut to see it.',
    '草稿已放入 CapCut。打开 CapCut 即可看到。',
  ],
  running: ['The editor is open', '剪映正在运行'],
  runningHint: [
    'Close it and try again: while it is open it would overwrite its list of drafts, and the new one would be lost.',
    '请先关闭剪映再试。它打开时会覆盖草稿列表，新草稿会丢失。',
  ],
  replace: ['Replace the draft of this name', '替换同名草稿'],
} as const;
