import type { Problem } from '@cozecut/problems';
import type { ManifestFiles } from '../files.ts';
import { openapiToJson, openapiToYaml } from '../openapi/print.ts';
import { clip } from '../openapi/text.ts';
import type { Plugin } from '../types.ts';
import { exportOpenapi } from './export-openapi.ts';
import { NO_AUTH, pluginAuth } from './plugin-auth.ts';

/** Limits of the form in which Coze shows a plugin. */
const MAX_NAME = 30;
const MAX_DESCRIPTION = 600;

/** How the pair of files for "register by code" is made. */
export interface PluginFilesOptions {
  profile: 'coze' | 'local';
  /** Public address of the server; see {@link exportOpenapi}. */
  serverUrl?: string;
  /** Value of a secret reference. Left out: a placeholder such as `${PLUGIN_TOKEN}` stands in the file. */
  resolveSecret?(reference: string): string;
}

/** The pair of files, by name. */
export interface PluginFiles {
  files: { name: string; text: string }[];
  problems: Problem[];
}

/** Name of the file that describes the plugin itself, by profile. */
export const PLUGIN_FILE = { coze: 'ai_plugin.json', local: 'plugin.json' } as const;

/**
 * Makes the two files that Coze registers a plugin by: `ai_plugin.json`, or `plugin.json` for a local plugin, and
 * `openapi.yaml`.
 *
 * @throws UserError as {@link exportOpenapi}, and what `resolveSecret` throws.
 */
export function pluginFiles(plugin: Plugin, options: PluginFilesOptions, files: ManifestFiles): PluginFiles {
  const { profile, serverUrl } = options;
  const { document, problems } = exportOpenapi(
    plugin,
    { profile, ...(serverUrl === undefined ? {} : { serverUrl }) },
    files,
  );
  const { auth, problems: found } =
    profile === 'local' ? { auth: NO_AUTH, problems: [] } : pluginAuth(plugin, options);
  const manifest = aiPlugin(plugin, profile, auth);
  return {
    files: [
      { name: PLUGIN_FILE[profile], text: openapiToJson(manifest) },
      { name: 'openapi.yaml', text: openapiToYaml(document) },
    ],
    problems: [...problems, ...found],
  };
}

/**
 * The file that describes the plugin itself.
 *
 * @param auth - How Coze says who it is; see {@link pluginAuth}.
 * @param documentUrl - Address of the OpenAPI document, where it has one.
 */
export function aiPlugin(plugin: Plugin, profile: 'coze' | 'local', auth: object, documentUrl = ''): object {
  const { name, openapi, description } = plugin;
  return {
    schema_version: 'v1',
    name_for_model: clip(name.replaceAll('-', '_'), MAX_NAME).replace(/…$/, ''),
    name_for_human: shownName(openapi.title, name),
    description_for_model: clip(description.model, MAX_DESCRIPTION),
    description_for_human: clip(openapi.description ?? description.human, MAX_DESCRIPTION),
    auth,
    logo_url: '',
    contact_email: '',
    legal_info_url: '',
    api: { type: profile === 'local' ? 'localplugin' : 'openapi', url: documentUrl },
    // Coze sends its User-Agent only when it is listed here.
    common_params: {
      header: [{ name: 'User-Agent', value: 'Coze/1.0' }],
      body: [],
      path: [],
      query: [],
    },
  };
}

/** The form takes letters, digits, `_`, blanks and Chinese characters. */
function shownName(title: string, name: string): string {
  const plain = (text: string) =>
    [...text.replace(/[^\w\s\u4e00-\u9fa5]+/g, ' ').replace(/\s+/g, ' ')].slice(0, MAX_NAME).join('').trim();
  return plain(title) || plain(name);
}
