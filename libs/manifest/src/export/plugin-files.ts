import type { Problem } from '@cozecut/problems';
import type { ManifestFiles } from '../files.ts';
import { openapiToJson, openapiToYaml } from '../openapi/print.ts';
import { clip } from '../openapi/text.ts';
import type { Plugin, ServerAuth } from '../types.ts';
import { exportOpenapi } from './export-openapi.ts';

/** Limits of the form in which Coze shows a plugin. */
const MAX_NAME = 30;
const MAX_DESCRIPTION = 600;
/** Longest token that the form takes. */
const MAX_TOKEN = 400;

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
  const [caller, ...others] = profile === 'local' ? [] : plugin.serverAuth;
  const placeholder = placeholderOf(caller?.secret);
  const secret = caller === undefined ? undefined : (options.resolveSecret?.(caller.secret) ?? placeholder);
  const manifest = aiPlugin(plugin, profile, secret);
  return {
    files: [
      { name: PLUGIN_FILE[profile], text: openapiToJson(manifest) },
      { name: 'openapi.yaml', text: openapiToYaml(document) },
    ],
    problems: [...problems, ...authProblems(caller, others, secret, placeholder)],
  };
}

/** What stands for a secret in a file. */
export function placeholderOf(secret: string | undefined): string {
  return `\${${secret?.replace(/^secret:/, '')}}`;
}

/**
 * The file that describes the plugin itself.
 *
 * @param secret - Token of the caller, or what stands for it; without one the plugin has no authentication.
 * @param documentUrl - Address of the OpenAPI document, where it has one.
 */
export function aiPlugin(
  plugin: Plugin,
  profile: 'coze' | 'local',
  secret: string | undefined,
  documentUrl = '',
): object {
  const { name, openapi, description } = plugin;
  return {
    schema_version: 'v1',
    name_for_model: clip(name.replaceAll('-', '_'), MAX_NAME).replace(/…$/, ''),
    name_for_human: shownName(openapi.title, name),
    description_for_model: clip(description.model, MAX_DESCRIPTION),
    description_for_human: clip(openapi.description ?? description.human, MAX_DESCRIPTION),
    auth: secret === undefined ? { type: 'none', sub_type: '', payload: '' } : serviceAuth(secret),
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

/** Coze puts the value of the token into the header as it stands. */
function serviceAuth(secret: string): object {
  const payload = { key: 'Authorization', service_token: `Bearer ${secret}`, location: 'header' };
  return { type: 'service_http', sub_type: 'token/api_key', payload: JSON.stringify(payload) };
}

/** The form takes letters, digits, `_`, blanks and Chinese characters. */
function shownName(title: string, name: string): string {
  const plain = (text: string) =>
    [...text.replace(/[^\w\s\u4e00-\u9fa5]+/g, ' ').replace(/\s+/g, ' ')].slice(0, MAX_NAME).join('').trim();
  return plain(title) || plain(name);
}

function authProblems(
  caller: ServerAuth | undefined,
  others: readonly ServerAuth[],
  secret: string | undefined,
  placeholder: string,
): Problem[] {
  const problems: Problem[] = [];
  if (others.length > 0) {
    problems.push({
      code: 'AUTH_MORE_THAN_ONE',
      severity: 'info',
      message: `Coze gets the token of ${caller?.id}: a plugin has one, auth.server has ${others.length + 1}`,
    });
  }
  if (secret === placeholder) {
    problems.push({
      code: 'SECRET_LEFT_OUT',
      severity: 'info',
      message: `the token is left out: ${secret} stands in its place`,
      hint: 'Type the token into the form of Coze, or give --with-secrets',
    });
  }
  if (secret !== undefined && secret.length + 'Bearer '.length > MAX_TOKEN) {
    problems.push({
      code: 'SECRET_TOO_LONG',
      severity: 'warning',
      message: `Coze takes a token of at most ${MAX_TOKEN} characters, with "Bearer " before it`,
    });
  }
  return problems;
}
