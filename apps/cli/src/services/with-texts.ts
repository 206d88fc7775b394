import { diskFiles, type Plugin, pluginInLanguage, speaks } from '@cozecut/manifest';
import { UserError } from '@cozecut/problems';

/**
 * The plugin with the texts that it has in a language; as it is written when none is asked for.
 *
 * @throws UserError TEXTS_UNKNOWN when it has none in that language.
 */
export function withTexts(plugin: Plugin, language: string | undefined): Plugin {
  if (language === undefined) return plugin;
  if (speaks(plugin, language)) return pluginInLanguage(plugin, language, diskFiles);
  const known = Object.keys(plugin.texts);
  throw new UserError('TEXTS_UNKNOWN', `the plugin has no texts in ${JSON.stringify(language)}`, {
    hint:
      known.length === 0
        ? 'Name a file with them under texts of the manifest'
        : `It has ${known.join(', ')} besides what the manifest says itself`,
  });
}
