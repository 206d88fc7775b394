import type { ClipOf } from '@cozecut/draft-core';
import { reference } from './reference.ts';

/** A template of texts with the words that it shows. */
export function templateOf(
  template: string,
  [text = '', ...moreTexts]: readonly string[],
): Pick<ClipOf<'text'>, 'text' | 'template'> {
  return {
    text,
    template: { ...reference(template), ...(moreTexts.length === 0 ? {} : { moreTexts }) },
  };
}
