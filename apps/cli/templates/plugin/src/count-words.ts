import type { ToolHandler } from './tools.gen.ts';

const segmenter = new Intl.Segmenter(undefined, { granularity: 'word' });

/** Input and output are of the types that the manifest declares; `satisfies` holds the code against them. */
export const countWords = (({ text, words_per_minute }) => {
  const words = [...segmenter.segment(text)].filter(({ isWordLike }) => isWordLike).length;
  return { words, seconds: (words * 60) / words_per_minute };
}) satisfies ToolHandler<'count_words'>;
