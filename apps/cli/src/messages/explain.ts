import type { Problem } from '@cozecut/problems';
import type { Texts } from '../text.ts';
import table from './zh.json' with { type: 'json' };

const TABLE: Readonly<Record<string, string>> = table;

/**
 * A message of a library in the language of the person. The libraries speak English; in Chinese the meaning of the code
 * comes first, and the message follows with the place and the values.
 */
export function explained(code: unknown, message: string, { language }: Pick<Texts, 'language'>): string {
  if (language !== 'zh' || typeof code !== 'string' || !Object.hasOwn(TABLE, code)) return message;
  return `${TABLE[code]}：${message}`;
}

/** {@link explained} for findings that people read; programs get them as they are. */
export function explainedProblems(problems: readonly Problem[], texts: Pick<Texts, 'language'>): Problem[] {
  return problems.map((problem) => ({
    ...problem,
    message: explained(problem.code, problem.message, texts),
  }));
}
