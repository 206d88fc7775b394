import type { ManifestFiles } from '../files.ts';
import type { Plugin } from '../types.ts';
import { type Say, translatePlugin } from './translate.ts';

/**
 * Reads the texts that a plugin has in a language. A plugin without any for it speaks as it is written, and so does one
 * whose file is no longer as it was checked.
 *
 * @param asked - `zh-CN`, `zh`; a language also stands for what the plugin has of its regions, and the other way round.
 */
export function readTexts(plugin: Plugin, asked: string, files: Pick<ManifestFiles, 'readFile'>): Say {
  const language = languageAmong(Object.keys(plugin.texts), asked);
  const title = languageAmong(Object.keys(plugin.title), asked);
  const table = new Map<string, string>();
  // The one text whose languages stand in the manifest itself.
  if (title !== undefined) table.set(plugin.openapi.title, plugin.title[title]!);
  if (language !== undefined) {
    for (const [text, said] of Object.entries(attempt(() => files.readFile(plugin.texts[language]!)))) {
      if (typeof said === 'string') table.set(text, said);
    }
  }
  return (text) => table.get(text) ?? text;
}

/** Whether a plugin can be shown in a language: it has texts in it, or is written in it. */
export function speaks(plugin: Plugin, asked: string): boolean {
  if (languageAmong(Object.keys(plugin.texts), asked) !== undefined) return true;
  const said = [plugin.description.human, ...plugin.tools.map(({ summary }) => summary)];
  return languageAmong(['zh-CN'], asked) !== undefined && said.some((text) => /\p{Script=Han}/u.test(text));
}

/** A plugin in a language, and so what its documents say besides; as it is written when it does not speak it. */
export function pluginInLanguage(
  plugin: Plugin,
  asked: string,
  files: Pick<ManifestFiles, 'readFile'>,
): Plugin {
  const said = translatePlugin(plugin, readTexts(plugin, asked, files));
  return speaks(plugin, asked) ? { ...said, language: asked } : said;
}

/** The language that is meant, by RFC 4647: the very one, else what it begins with, else a region of the same one. */
export function languageAmong(known: readonly string[], asked: string): string | undefined {
  const same = (one: string, other: string) => one.toLowerCase() === other.toLowerCase();
  for (let range = asked; range !== ''; range = range.slice(0, Math.max(0, range.lastIndexOf('-')))) {
    const found = known.find((language) => same(language, range));
    if (found !== undefined) return found;
  }
  const [main = ''] = asked.split('-');
  return known.find((language) => same(language.split('-')[0]!, main));
}

function attempt(read: () => string): object {
  try {
    const value: unknown = JSON.parse(read().replace(/^\uFEFF/, ''));
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}
