import { isJsonObject, parseLiteral } from '../exact-json.ts';
import { PluginRefusal } from './plugin-refusal.ts';
import { buildRequest, type PluginRequest } from './request.ts';
import { type PluginResponse, sendRequest } from './transport.ts';
import { type TrimMode, trimAnswer } from './trim.ts';
import type { RegisteredPlugin } from './types.ts';

/** Options of {@link callTool}. */
export interface CallToolOptions {
  /** Address in place of that of the document, such as a server on loopback. */
  serverUrl?: string;
  /** `user_id` of the chat; default `user`. It is no identity: whoever calls the API chooses it. */
  userId?: string;
  /** Bot, when the call comes from a project. */
  botId?: string;
  conversationId?: string;
  logId?: string;
  /** Headers that the cloud adds, such as `Longitude`. */
  extraHeaders?: Readonly<Record<string, string>>;
  variables?: Readonly<Record<string, unknown>>;
  /** Optional objects that are missing: `enter` (default) asks for their required properties, `skip` leaves them out. */
  absentObjects?: 'enter' | 'skip';
  /** Turns the address of a stored file into a URL. */
  fileUrl?: (uri: string) => string;
  oauthToken?: string;
  /** Default `default`: a bot or a workflow calls. `error` is the debugging of a tool, where files stay as given. */
  mode?: TrimMode;
  signal?: AbortSignal;
  /** Sends the request; default node:http. */
  send?: (request: PluginRequest, signal?: AbortSignal) => Promise<PluginResponse>;
}

/** A call that worked. */
export interface ToolResult {
  request: PluginRequest;
  /** The answer as it came. */
  raw: string;
  /**
   * What the bot gets: only what the schema declares. A number that would be written in another way than the plugin
   * wrote it, such as `1.0` or an id of 19 digits, is a `JSON.rawJSON`; `JSON.stringify` gives back its text.
   */
  output: Record<string, unknown>;
}

const FAILED = 109000009;

/**
 * Calls a tool of a registered plugin as Coze does: headers, defaults, blank texts for what is optional and missing,
 * nothing but status 200 as success, the answer cut down to its schema. It tries once.
 *
 * @param args - One flat object of all arguments, or its JSON text. Numbers of the text travel as they are written.
 * @throws PluginRefusal 109000009 when the call fails or its answer does not fit, 500 when the service panics.
 */
export async function callTool(
  plugin: RegisteredPlugin,
  operation: string,
  args: string | Readonly<Record<string, unknown>>,
  options: CallToolOptions = {},
): Promise<ToolResult> {
  const tool = plugin.tools.find(({ name }) => name === operation);
  if (!tool) throw new PluginRefusal(FAILED, `the plugin has no tool ${operation}`);
  const { mode = 'default', serverUrl, variables = {}, fileUrl, oauthToken, send = sendRequest } = options;
  const request = buildRequest({
    plugin,
    tool,
    args: parseArguments(args),
    serverUrl,
    variables,
    absentObjects: options.absentObjects ?? 'enter',
    fileUrl: mode === 'error' ? undefined : fileUrl,
    oauthToken,
    identity: identityOf(options),
  });
  const response = await send(request, options.signal);
  if (response.status !== 200) {
    throw new PluginRefusal(FAILED, `http request failed, status=${response.status}, body=${response.text}`);
  }
  return { request, raw: response.text, output: trimAnswer(objectOf(response.text), tool.response, mode) };
}

function parseArguments(args: string | Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  if (typeof args !== 'string') return args;
  try {
    const value = parseLiteral(args);
    if (isJsonObject(value)) return value;
  } catch {
    // Said below.
  }
  throw new PluginRefusal(FAILED, `the arguments must be a JSON object, got ${JSON.stringify(args)}`);
}

function identityOf(options: CallToolOptions): [string, string][] {
  const { userId = 'user', botId, conversationId, logId = 'emulator-plugin', extraHeaders = {} } = options;
  return [
    ['X-Tt-Logid', logId],
    ['X-Aiplugin-Connector-Identifier', userId],
    ...(botId === undefined ? [] : [['X-Aiplugin-Bot-Id', botId] as [string, string]]),
    ...(conversationId === undefined
      ? []
      : [['X-Aiplugin-Conversation-Id', conversationId] as [string, string]]),
    ...Object.entries(extraHeaders),
  ];
}

function objectOf(text: string): Record<string, unknown> {
  if (text === '') return {};
  let value: unknown;
  try {
    value = parseLiteral(text);
  } catch {
    // Said below.
  }
  if (isJsonObject(value)) return value;
  throw new PluginRefusal(FAILED, `response is not object, raw response=${text}`);
}
