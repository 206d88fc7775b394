import { createContext, useContext } from 'react';

/** Says in the language of the page what the libraries of the server say in English. Names and values stay. */
export interface Told {
  /** @param code - What the message is of, where it has a code. */
  message(code: string | undefined, message: string): string;
  hint(hint: string): string;
}

/** As the server says it. */
export const AS_TOLD: Told = { message: (_, message) => message, hint: (hint) => hint };

/** The Chinese table; it is as large as a page, and nobody else loads it. */
export async function loadChinese(): Promise<Told> {
  const { messageInChinese, hintInChinese } = await import('@cozecut/problems/chinese');
  return { message: (code = '', message) => messageInChinese(code, message), hint: hintInChinese };
}

/** What {@link useTold} gives. */
export const ToldContext = createContext<Told>(AS_TOLD);

/** The words for what the server says. */
export function useTold(): Told {
  return useContext(ToldContext);
}
