import { createContext, type ReactNode, useContext, useEffect, useState } from 'react';
import { LANGUAGES, type Language, TEXTS } from './texts.ts';

/** Gives a text in the language of the page. */
export type Say = (text: keyof typeof TEXTS, number?: number) => string;

interface LanguageState {
  say: Say;
  /** Changes to the other language and remembers it. */
  switchLanguage(): void;
}

const LanguageContext = createContext<LanguageState | undefined>(undefined);
const KEY = 'cozecut.language';

/** Gives the page a language: the one chosen last, else the browser's. */
export function LanguageProvider({ children }: { children: ReactNode }) {
  const [language, setLanguage] = useState<Language>(() =>
    (localStorage.getItem(KEY) ?? navigator.language).startsWith('zh') ? 'zh' : 'en',
  );
  const say: Say = (text, number) => TEXTS[text][LANGUAGES[language]].replace('{}', String(number));
  useEffect(() => {
    document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
    document.title = `cozecut · ${TEXTS.tagline[LANGUAGES[language]]}`;
  }, [language]);
  const switchLanguage = () => {
    const next = language === 'zh' ? 'en' : 'zh';
    localStorage.setItem(KEY, next);
    setLanguage(next);
  };
  return <LanguageContext value={{ say, switchLanguage }}>{children}</LanguageContext>;
}

/** The texts and the switch of the language. */
export function useLanguage(): LanguageState {
  const state = useContext(LanguageContext);
  if (!state) throw new Error('useLanguage is used outside of LanguageProvider');
  return state;
}
