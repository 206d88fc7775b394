import { showValue } from '@cozecut/problems';
import { PluginRefusal, SERVER_BREAKS } from '../plugin/plugin-refusal.ts';
import { registerPlugin } from '../plugin/register.ts';
import { shownTools } from '../plugin/shown-tools.ts';
import { Refusal } from '../refusal.ts';
import { textOf } from '../text-of.ts';
import { fieldsOf, requiredText, wholeNumber } from './fields.ts';
import type { Answer, Call } from './route.ts';

/** `POST /api/plugin_api/register` */
export function registerPluginRoute({ world, body, plugins }: Call): Answer {
  if (!plugins) throw new Refusal(5000, 'the emulator was given no rules for plugins');
  const fields = fieldsOf(body);
  const files = { aiPlugin: requiredText(fields, 'ai_plugin'), openapi: requiredText(fields, 'openapi') };
  const id = world.nextId();
  const registered = orRefuse(() => registerPlugin(files, plugins, id));
  world.plugins.set(id, registered);
  return { kind: 'json', data: { plugin_id: id, openapi: files.openapi } };
}

/** `POST /api/plugin_api/get_plugin_apis`: the tools of a plugin; one that cannot be shown breaks the whole list. */
export function listToolsRoute({ world, body }: Call): Answer {
  const fields = fieldsOf(body);
  const id = textOf(fields.plugin_id);
  const plugin = world.plugins.get(id);
  if (!plugin) throw new Refusal(4000, `there is no plugin ${showValue(fields.plugin_id)}`);
  const page = wholeNumber(fields.page, 'page', 1, [1, Number.MAX_SAFE_INTEGER]);
  const size = wholeNumber(fields.size, 'size', MAX_TOOLS, [1, MAX_TOOLS]);
  const tools = orRefuse(() => shownTools(plugin)).map(({ name, description, parameters }, index) => {
    const { method, path } = plugin.tools[index]!;
    return { plugin_id: id, api_id: `${id}-${index + 1}`, name, desc: description, method, path, parameters };
  });
  const shown = tools.slice((page - 1) * size, page * size);
  return { kind: 'json', data: undefined, beside: { api_info: shown, total: tools.length } };
}

const MAX_TOOLS = 1_000;

/** @throws Refusal */
function orRefuse<T>(use: () => T): T {
  try {
    return use();
  } catch (error) {
    if (!(error instanceof PluginRefusal)) throw error;
    const { code, message } = error;
    throw new Refusal(code, message, code === SERVER_BREAKS ? SERVER_BREAKS : undefined);
  }
}

const CONVERSION_REFUSED = 109000010;

/** `POST /api/plugin_api/convert_to_openapi`: says whether the text could be imported. */
export function convertRoute({ body, plugins }: Call): Answer {
  if (!plugins?.convert) throw new Refusal(5000, 'the emulator was given no conversion for plugins');
  const text = requiredText(fieldsOf(body), 'data');
  const { ok, format, message } = plugins.convert(text);
  if (ok) return { kind: 'json', data: undefined, beside: { openapi: text, plugin_data_format: format } };
  // Errors without a number are hidden.
  const number = Number(/^\[(\d+)\]/.exec(message ?? '')?.[1]);
  if (Number.isNaN(number)) throw new Refusal(CONVERSION_REFUSED, 'internal server error');
  throw new Refusal(number, message ?? '');
}
