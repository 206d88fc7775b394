import { type Summary, summaryText } from './formats/summary.ts';

/** What is printed around problems, in the language of the person. */
export interface PrintWords {
  error: string;
  warning: string;
  info: string;
  /** The question whether one of these names, each in quotes, was meant. */
  didYouMean(names: readonly string[]): string;
  /** Stands before what the service is predicted to answer. */
  predicted: string;
  /** Tells how many problems are not shown. */
  more(count: number): string;
  /** How many problems there are of each severity, or that there are none. */
  summary(summary: Summary): string;
}

/** The words when nobody asks for others. */
export const ENGLISH_WORDS: PrintWords = {
  error: 'error',
  warning: 'warning',
  info: 'info',
  didYouMean: (names) => `did you mean ${names.join(' or ')}?`,
  predicted: 'Coze will say:',
  more: (count) => `… ${count} more; --json has them all`,
  summary: summaryText,
};
