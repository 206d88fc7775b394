import { diskFiles, languageAmong, type Plugin, readTexts, translatePlugin } from '@cozecut/manifest';
import { UserError } from '@cozecut/problems';

/**
 * The plugin with the texts that it has in a language; as it is written when none is asked for.
 *
 * @throws UserError TEXTS_UNKNOWN when it has none in that language.
 */
export function withTexts(plugin: Plugin, language: string | undefined): Plugin {
  if (language === undefined) return plugin;
  const known = Object.keys(plugin.texts);
  if (languageAmong(known, language) !== undefined) {
    return translatePlugin(plugin, readTexts(plugin, language, diskFiles));
  }
  throw new UserError('TEXTS_UNKNOWN', `the plugin has no texts in ${JSON.stringify(language)}`, {
    hint:
      known.length === 0
        ? 'Name a file with them under texts of the manifest'
        : `It has ${known.join(', ')} besides what the manifest says itself`,
  });
}
