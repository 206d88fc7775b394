import { ENGLISH_WORDS, type PrintWords, type Problem } from '@cozecut/problems';
import type { Language } from '../text.ts';

/** Says what the libraries say in the language of the person. Programs get it as it is. */
export interface Teller {
  /** The message of an error. */
  message(code: unknown, message: string): string;
  hint(hint: string): string;
  /** Any other text of the libraries, such as what a tool is doing. */
  text(text: string): string;
  problems(problems: readonly Problem[]): readonly Problem[];
  /** What is printed around problems. */
  words: PrintWords;
}

const ENGLISH: Teller = {
  message: (_, message) => message,
  hint: (hint) => hint,
  text: (text) => text,
  problems: (problems) => problems,
  words: ENGLISH_WORDS,
};

/** The teller for a language. The table of the Chinese one is loaded here, since most runs have nothing to say. */
export async function tellerIn(language: Language): Promise<Teller> {
  if (language === 'en') return ENGLISH;
  const chinese = await import('@cozecut/problems/chinese');
  return {
    message: (code, message) => chinese.messageInChinese(typeof code === 'string' ? code : '', message),
    hint: chinese.hintInChinese,
    text: chinese.textInChinese,
    problems: (problems) => problems.map(chinese.problemInChinese),
    words: chinese.CHINESE_WORDS,
  };
}
