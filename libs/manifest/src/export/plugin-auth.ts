import type { Problem } from '@cozecut/problems';
import { serverAddress } from '../openapi/server.ts';
import type { Plugin, ServerAuth } from '../types.ts';

/** Longest token that the form takes. */
const MAX_TOKEN = 400;
/** Longest id and secret of an OAuth client that the form takes. */
const MAX_CLIENT = 100;

/** How the part of `ai_plugin.json` is made that says who Coze is. */
export interface PluginAuthOptions {
  /** Public address of the server. */
  serverUrl?: string;
  /** Value of a secret reference. Without one, a placeholder such as `${PLUGIN_TOKEN}` stands in its place. */
  resolveSecret?(reference: string): string | undefined;
}

/** Where the server lets people decide, and where it gives out tokens. */
export const OAUTH_PATHS = { authorize: '/oauth/authorize', token: '/oauth/token' } as const;

/** A plugin that everybody may call. */
export const NO_AUTH: object = { type: 'none', sub_type: '', payload: '' };

/** An entry that Coze can use: a token of its own, or a client that people allow something. */
type Usable = Extract<ServerAuth, { type: 'bearer' | 'oauth' }> & { secret: string };

/** How Coze says who it is: by the first entry of `auth.server` that it has a form for. */
export function pluginAuth(
  plugin: Plugin,
  options: PluginAuthOptions = {},
): { auth: object; problems: Problem[] } {
  const { serverAuth } = plugin;
  const usable = serverAuth.find(isUsable);
  if (usable === undefined) return { auth: NO_AUTH, problems: serverAuth.length === 0 ? [] : [notForCoze()] };
  const placeholder = placeholderOf(usable.secret);
  const secret = options.resolveSecret?.(usable.secret) ?? placeholder;
  const problems = [
    ...(serverAuth.length > 1 ? [moreThanOne(usable, serverAuth.length)] : []),
    ...(secret === placeholder ? [leftOut(usable, secret)] : []),
    ...tooLong(usable, secret),
  ];
  const auth =
    usable.type === 'bearer'
      ? serviceAuth(secret)
      : oauthAuth(usable, secret, serverAddress(plugin, options.serverUrl));
  return { auth, problems };
}

/** What stands for a secret in a file. */
function placeholderOf(secret: string): string {
  return `\${${secret.replace(/^secret:/, '')}}`;
}

/** Coze wants a client to have a secret, and asks a person in the browser. */
function isUsable(entry: ServerAuth): entry is Usable {
  if (entry.type === 'bearer') return true;
  return entry.type === 'oauth' && entry.secret !== undefined && entry.redirectUrls.length > 0;
}

/** Coze puts the value of the token into the header as it stands. */
function serviceAuth(secret: string): object {
  const payload = { key: 'Authorization', service_token: `Bearer ${secret}`, location: 'header' };
  return { type: 'service_http', sub_type: 'token/api_key', payload: JSON.stringify(payload) };
}

function oauthAuth({ id, scopes }: Usable, secret: string, server: string): object {
  const payload = {
    client_id: id,
    client_secret: secret,
    client_url: server + OAUTH_PATHS.authorize,
    scope: scopes.join(' '),
    authorization_url: server + OAUTH_PATHS.token,
    authorization_content_type: 'application/json',
  };
  return { type: 'oauth', sub_type: 'authorization_code', payload: JSON.stringify(payload) };
}

function notForCoze(): Problem {
  return {
    code: 'AUTH_NOT_FOR_COZE',
    severity: 'warning',
    message: 'no entry of auth.server is one that Coze has a form for: the file says that everybody may call',
    hint: 'Add an entry of the type bearer, or one of the type oauth with secret and redirectUrls',
  };
}

function moreThanOne({ id, type }: Usable, count: number): Problem {
  const what = type === 'bearer' ? 'the token of' : 'the OAuth client';
  return {
    code: 'AUTH_MORE_THAN_ONE',
    severity: 'info',
    message: `Coze gets ${what} ${id}: a plugin has one, auth.server has ${count}`,
  };
}

function leftOut({ type }: Usable, placeholder: string): Problem {
  const what = type === 'bearer' ? 'token' : 'secret of the client';
  return {
    code: 'SECRET_LEFT_OUT',
    severity: 'info',
    message: `the ${what} is left out: ${placeholder} stands in its place`,
    hint: `Type the ${what} into the form of Coze, or give --with-secrets`,
  };
}

function tooLong({ id, type }: Usable, secret: string): Problem[] {
  const [longest, what] =
    type === 'bearer'
      ? [MAX_TOKEN - 'Bearer '.length, `a token of at most ${MAX_TOKEN} characters, with "Bearer " before it`]
      : [MAX_CLIENT, `an id and a secret of a client of at most ${MAX_CLIENT} characters`];
  if (secret.length <= longest && id.length <= MAX_CLIENT) return [];
  return [{ code: 'SECRET_TOO_LONG', severity: 'warning', message: `Coze takes ${what}` }];
}
