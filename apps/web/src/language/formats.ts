import { useLanguage } from './language.tsx';
import type { Formats } from './make-formats.ts';

/** The formats of the language of the page. */
export function useFormats(): Formats {
  return useLanguage().formats;
}
