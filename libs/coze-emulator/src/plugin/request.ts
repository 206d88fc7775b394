import { isJsonObject } from '../exact-json.ts';
import { PluginRefusal } from './plugin-refusal.ts';
import type { ArgumentPlace, PluginTool, RegisteredPlugin } from './types.ts';
import { objectOf, parameterValue, type ValueContext } from './values.ts';

/** A request to a plugin, before it is sent. */
export interface PluginRequest {
  method: string;
  url: string;
  /** In the order and the case in which they are sent; a name may come more than once. */
  headers: [string, string][];
  body: string | undefined;
}

/** What a request is made from. */
export interface PluginCall extends ValueContext {
  plugin: RegisteredPlugin;
  tool: PluginTool;
  /** Arguments of the model, in one flat object. */
  args: Readonly<Record<string, unknown>>;
  /** Address in place of that of the document. */
  serverUrl: string | undefined;
  /** Headers that say who calls. */
  identity: [string, string][];
  /** Token of the user, for plugins with OAuth. */
  oauthToken: string | undefined;
}

/** A name that stands in several places belongs to the first of these. */
const PRECEDENCE: readonly ArgumentPlace[] = ['header', 'path', 'query'];

/** @throws PluginRefusal 109000009 when a required argument is missing. */
export function buildRequest(call: PluginCall): PluginRequest {
  const { plugin, tool } = call;
  const header = placed(call, 'header');
  const path = placed(call, 'path');
  const query = placed(call, 'query');
  authorize(call, header, query);
  const body = bodyOf(call);
  const server = call.serverUrl ?? plugin.serverUrl;
  // The values go in as they are and the whole is parsed: a slash or a question mark changes the address.
  const filled = tool.path.replace(/\{([^{}]+)\}/g, (whole, name: string) => path.get(name)?.[0] ?? whole);
  const url = new URL(server + filled);
  for (const [name, values] of query) for (const value of values) url.searchParams.append(name, value);
  const contentType: [string, string][] =
    body === undefined ? [] : [['Content-Type', tool.body?.mediaType ?? 'application/json']];
  const own = [...header].flatMap(([name, values]) => values.map((value): [string, string] => [name, value]));
  return {
    method: tool.method,
    url: url.href,
    headers: [...call.identity, ...contentType, ...own].map(([name, value]) => [canonical(name), value]),
    body: tool.method === 'GET' ? undefined : body,
  };
}

/** Values of one place by name, lists as several values; what is optional and missing is an empty text. */
function placed(call: PluginCall, place: ArgumentPlace): Map<string, string[]> {
  const values = new Map<string, string[]>();
  const taken = new Set(
    call.tool.parameters
      .filter((parameter) => PRECEDENCE.indexOf(parameter.in) < PRECEDENCE.indexOf(place))
      .map(({ name }) => name),
  );
  const common = call.plugin.common.filter((parameter) => parameter.place === place);
  for (const parameter of call.tool.parameters.filter((candidate) => candidate.in === place)) {
    const { name, schema, required } = parameter;
    const given = taken.has(name) || !Object.hasOwn(call.args, name) ? undefined : call.args[name];
    const fallback = common.find((candidate) => candidate.name === name)?.value;
    const value = parameterValue(given ?? fallback, schema, { name, required }, call) ?? '';
    values.set(name, Array.isArray(value) ? value.map(textOf) : [textOf(value)]);
  }
  for (const { name, value } of common) if (!values.has(name)) values.set(name, [value]);
  return values;
}

/** A service token goes where nothing else is under that name. */
function authorize(call: PluginCall, header: Map<string, string[]>, query: Map<string, string[]>): void {
  const { auth } = call.plugin;
  if (auth.type === 'service') {
    const values = auth.place === 'query' ? query : header;
    const isTaken = [...values].some(([name, [value]]) => same(name, auth.key) && value !== '');
    if (!isTaken) values.set(auth.key, [auth.token]);
  } else if (auth.type === 'oauth' && call.tool.authMode !== 'disabled') {
    if (call.oauthToken !== undefined) header.set('Authorization', [`Bearer ${call.oauthToken}`]);
    else if (call.tool.authMode === 'required') {
      throw new PluginRefusal(109000009, 'the user has not authorized the plugin');
    }
  }
}

/** A body is sent when its schema has properties; common values that the schema does not know are dropped. */
function bodyOf(call: PluginCall): string | undefined {
  const { body, parameters } = call.tool;
  if (!body?.schema.properties || Object.keys(body.schema.properties).length === 0) return undefined;
  const taken = new Set(parameters.map(({ name }) => name));
  const common = call.plugin.common.filter(({ place }) => place === 'body');
  const given = {
    ...Object.fromEntries(common.map(({ name, value }) => [name, value])),
    ...Object.fromEntries(Object.entries(call.args).filter(([name]) => !taken.has(name))),
  };
  const value = objectOf(given, body.schema, call) ?? {};
  if (body.mediaType !== 'application/x-www-form-urlencoded') return JSON.stringify(value);
  const form = new URLSearchParams();
  for (const [name, item] of Object.entries(value)) {
    const isNested = Array.isArray(item) || isJsonObject(item);
    form.append(name, isNested ? encodeURIComponent(JSON.stringify(item)) : textOf(item));
  }
  return form.toString();
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function same(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

/** `X-Tt-Logid`: the case in which Go writes header names. */
function canonical(name: string): string {
  return name
    .toLowerCase()
    .replace(/(^|-)([a-z])/g, (_, dash: string, letter: string) => dash + letter.toUpperCase());
}
