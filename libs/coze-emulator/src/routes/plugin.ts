import { PluginRefusal } from '../plugin/plugin-refusal.ts';
import { registerPlugin } from '../plugin/register.ts';
import { Refusal } from '../refusal.ts';
import { fieldsOf, requiredText } from './fields.ts';
import type { Answer, Call } from './route.ts';

/** `POST /api/plugin_api/register` */
export function registerPluginRoute({ world, body, plugins }: Call): Answer {
  if (!plugins) throw new Refusal(5000, 'the emulator was given no rules for plugins');
  const fields = fieldsOf(body);
  const files = { aiPlugin: requiredText(fields, 'ai_plugin'), openapi: requiredText(fields, 'openapi') };
  const id = world.nextId();
  try {
    world.plugins.set(id, registerPlugin(files, plugins, id));
  } catch (error) {
    if (!(error instanceof PluginRefusal)) throw error;
    throw new Refusal(error.code, error.message);
  }
  return { kind: 'json', data: { plugin_id: id, openapi: files.openapi } };
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
