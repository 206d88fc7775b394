/**
 * What the libraries say, in Chinese. They speak English; this is the one table from which every face that speaks
 * Chinese takes its words. A message that the book does not have yet comes with the meaning of its code in front.
 *
 * @packageDocumentation
 */
import type { PrintWords } from '../print-words.ts';
import type { Problem } from '../problem.ts';
import fields from './fields.json' with { type: 'json' };
import meanings from './meanings.json' with { type: 'json' };
import { createPhraseBook, type Phrases } from './phrase-book.ts';
import commands from './phrases/commands.json' with { type: 'json' };
import coze from './phrases/coze.json' with { type: 'json' };
import drafts from './phrases/drafts.json' with { type: 'json' };
import edits from './phrases/edits.json' with { type: 'json' };
import manifest from './phrases/manifest.json' with { type: 'json' };
import media from './phrases/media.json' with { type: 'json' };
import programs from './phrases/programs.json' with { type: 'json' };
import reasons from './phrases/reasons.json' with { type: 'json' };
import values from './phrases/values.json' with { type: 'json' };
import words from './phrases/words.json' with { type: 'json' };

const MEANINGS: Readonly<Record<string, string>> = meanings;
const tables: readonly Phrases[] = [
  values,
  words,
  manifest,
  drafts,
  edits,
  programs,
  commands,
  coze,
  media,
  reasons,
];
const book = createPhraseBook(tables);
/** What our own schemas say about their keys. */
const FIELDS: Readonly<Record<string, string>> = fields;
/** A hint that is a key and what its schema says about it: words of whoever wrote the schema, but for those of ours. */
const DESCRIPTION = /^([\w-]+): /;
/** What begins a hint of ours that lists what there is, such as `formats: `. */
const LISTS = new Set(
  tables.flatMap((table) => Object.keys(table).flatMap((key) => /^([\w-]+: )\{\w+\}$/.exec(key)?.[1] ?? [])),
);

/**
 * A message in Chinese, names and values as they are; where the book has none, the meaning of its code and the message.
 *
 * @example
 * ```ts
 * import { messageInChinese } from '@cozecut/problems/chinese';
 *
 * console.log(messageInChinese('PORT_IN_USE', 'port 7788 on 127.0.0.1 is in use')); // => 127.0.0.1 的端口 7788 已被占用
 * ```
 */
export function messageInChinese(code: string, message: string): string {
  const said = book(message);
  if (said !== undefined) return said;
  return Object.hasOwn(MEANINGS, code) ? `${MEANINGS[code]}：${message}` : message;
}

/** A hint in Chinese; as it is where the book has none. */
export function hintInChinese(hint: string): string {
  const [lead, key] = DESCRIPTION.exec(hint) ?? [];
  const field = lead === undefined ? undefined : fieldInChinese(hint.slice(lead.length));
  if (field !== undefined) return `${key}：${field}`;
  const isOurs = lead === undefined || LISTS.has(lead) || tables.some((table) => Object.hasOwn(table, hint));
  return (isOurs ? book(hint) : undefined) ?? hint;
}

/** What one of our own schemas says about a key, in Chinese; nothing when none of them says it. */
export function fieldInChinese(description: string): string | undefined {
  return Object.hasOwn(FIELDS, description) ? FIELDS[description] : undefined;
}

/** Any other text of ours in Chinese, such as what a tool is doing; as it is where the book has none. */
export function textInChinese(text: string): string {
  return book(text) ?? text;
}

/** A problem whose texts are Chinese. What Coze is predicted to answer stays: Coze answers it so. */
export function problemInChinese<T extends Pick<Problem, 'code' | 'message' | 'hint'>>(problem: T): T {
  const { code, message, hint } = problem;
  return {
    ...problem,
    message: messageInChinese(code, message),
    ...(hint === undefined ? {} : { hint: hintInChinese(hint) }),
  };
}

/** What is printed around problems, in Chinese. */
export const CHINESE_WORDS: PrintWords = {
  error: '错误',
  warning: '警告',
  info: '提示',
  didYouMean: (names) => `是否指 ${names.join(' 或 ')}？`,
  predicted: '扣子会返回：',
  more: (count) => `… 还有 ${count} 条，用 --json 查看全部`,
  summary({ errors, warnings, infos }) {
    const parts = [
      errors === 0 ? '' : `${errors} 个错误`,
      warnings === 0 ? '' : `${warnings} 个警告`,
      infos === 0 ? '' : `${infos} 个提示`,
    ].filter((part) => part !== '');
    return parts.length === 0 ? '没有问题' : parts.join('，');
  },
};
