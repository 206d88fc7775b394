import { languageAmong } from '../texts/read-texts.ts';
import type { Say } from '../texts/translate.ts';
import { humanise } from './text.ts';

/** What a document says besides the texts of the plugin, in one language. */
export interface Notes {
  /** A text that stands in the same words in every document. */
  say: Say;
  /** Stands for the description of a field that has none. */
  field(name: string): string;
  /** The values that a field may have: Coze shows the model nothing but the description. */
  choices(values: readonly string[]): string;
  /** A field that is text to Coze, and more than text to the tool: JSON types besides text. */
  textOf(types: readonly string[], isTextToo: boolean): string;
  /** What to call in place of a tool that is going away. */
  useInstead(tool: string): string;
  /** The codes that a failed call may have. */
  failed(codes: readonly string[]): string;
}

const TYPES: Readonly<Record<string, { en: string; zh: string }>> = {
  integer: { en: 'a whole number', zh: '整数' },
  number: { en: 'a number', zh: '数字' },
  boolean: { en: 'true or false', zh: 'true 或 false' },
};

/** The notes of documents that are as the manifest is written. */
export const ENGLISH_NOTES: Notes = {
  say: (text) => text,
  field: humanise,
  choices: (values) => `One of ${values.join(', ')}`,
  textOf: (types, isTextToo) =>
    `Text ${isTextToo ? 'or' : 'of'} ${types.map((type) => TYPES[type]?.en ?? type).join(' or ')}`,
  useInstead: (tool) => `Use ${tool}.`,
  failed: (codes) => `The call failed: ${codes.join(', ')}`,
};

const CHINESE: Readonly<Record<string, string>> = {
  Deprecated: '已弃用',
  'Pass it as JSON text': '以 JSON 文本传入',
  'JSON text': 'JSON 文本',
  'Result of the call': '调用结果',
  'The call goes on as a job': '调用转为任务继续执行',
  'The call failed': '调用失败',
  'A repeated call with the same key does not act twice': '使用相同的键重复调用，不会执行两次',
  'Whether the call worked': '调用是否成功',
  'Code of the error when the call failed': '调用失败时的错误代码',
  'What went wrong when the call failed': '调用失败时的原因',
  'Id of the job as which the call goes on; without one it has ended':
    '调用转为任务时的任务 ID；没有则表示调用已结束',
  'State of that job: queued or running': '该任务的状态：queued（排队中）或 running（执行中）',
  'Id of the job that the call became': '调用转成的任务的 ID',
  'Address of a page about this kind of problem': '说明这类问题的页面地址',
  'What went wrong': '出错原因',
  'HTTP status': 'HTTP 状态码',
  'What to do about it': '处理办法',
  'Code of the error': '错误代码',
  'Call tools, and see the drafts and jobs of the owner': '调用工具，查看所有者的草稿和任务',
  'See the things of everybody, and make tokens': '查看所有人的内容，创建令牌',
};

const CHINESE_NOTES: Notes = {
  say: (text) => CHINESE[text] ?? text,
  field: (name) => `字段 ${name}`,
  choices: (values) => `可选值：${values.join('、')}`,
  textOf(types, isTextToo) {
    const said = types.map((type) => TYPES[type]?.zh ?? type).join('或');
    return isTextToo ? `文本，或${said}` : `以文本给出的${said}`;
  },
  useInstead: (tool) => `请改用 ${tool}。`,
  failed: (codes) => `调用失败：${codes.join('、')}`,
};

/** The notes of a document in a language; English ones where there are no others. */
export function notesIn(language: string | undefined): Notes {
  return language !== undefined && languageAmong(['zh-CN'], language) !== undefined
    ? CHINESE_NOTES
    : ENGLISH_NOTES;
}
