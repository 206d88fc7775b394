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
} as const;
