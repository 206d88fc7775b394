import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react';
import { type Formats, makeFormats } from './make-formats.ts';
import { AS_TOLD, loadChinese, type Told, ToldContext } from './told.ts';

/** A language of the page. */
export type Language = 'en' | 'zh';
/** Texts of a page in English and Chinese; `{name}` is replaced by a value, `{name|word|words}` by a number and its word. */
export type Texts = Readonly<Record<string, readonly [en: string, zh: string]>>;
/** Gives a text of a table in the language of the page. */
export type Say<Table extends Texts> = (
  key: keyof Table,
  values?: Readonly<Record<string, string | number>>,
) => string;

interface LanguageState {
  language: Language;
  /** For `Intl`. */
  locale: string;
  formats: Formats;
  /** Changes to the other language and remembers it. */
  switchLanguage(): void;
}

const LanguageContext = createContext<LanguageState | undefined>(undefined);
const KEY = 'cozecut.language';

/** Gives the page a language: the one chosen last, else the browser's. */
export function LanguageProvider({ children }: { children: ReactNode }) {
  const [language, setLanguage] = useState<Language>(() =>
    languageOf(localStorage.getItem(KEY) ?? navigator.language),
  );
  const [chinese, setChinese] = useState<Told>();
  const locale = language === 'zh' ? 'zh-CN' : 'en';
  const formats = useMemo(() => makeFormats(locale), [locale]);
  useEffect(() => {
    document.documentElement.lang = locale;
  }, [locale]);
  useEffect(() => {
    // Without the table the server is quoted as it is.
    if (language === 'zh') loadChinese().then(setChinese, () => undefined);
  }, [language]);
  useEffect(() => {
    // Chosen in another tab.
    const onStorage = ({ key, newValue }: StorageEvent) => {
      if (key === KEY && newValue !== null) setLanguage(languageOf(newValue));
    };
    window.addEventListener('storage', onStorage);
    return () => window.removeEventListener('storage', onStorage);
  }, []);
  const switchLanguage = () => {
    const next = language === 'zh' ? 'en' : 'zh';
    localStorage.setItem(KEY, next);
    setLanguage(next);
  };
  return (
    <LanguageContext value={{ language, locale, formats, switchLanguage }}>
      <ToldContext value={language === 'zh' ? (chinese ?? AS_TOLD) : AS_TOLD}>{children}</ToldContext>
    </LanguageContext>
  );
}

function languageOf(tag: string): Language {
  return tag.startsWith('zh') ? 'zh' : 'en';
}

/** The language and its switch. */
export function useLanguage(): LanguageState {
  const state = useContext(LanguageContext);
  if (!state) throw new Error('useLanguage is used outside of LanguageProvider');
  return state;
}

/** The texts of a table in the language of the page. */
export function useTexts<Table extends Texts>(table: Table): Say<Table> {
  const { language } = useLanguage();
  return (key, values = {}) => fill(table[key]![language === 'zh' ? 1 : 0], values);
}

function fill(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{(\w+)(?:\|(.*?)\|(.*?))?\}/g, (all, name: string, one?: string, other?: string) => {
    const value = values[name];
    if (value === undefined) return all;
    return one === undefined ? String(value) : `${value} ${value === 1 ? one : other}`;
  });
}
