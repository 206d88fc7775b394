import { goType } from './go-type.ts';
import { PluginRefusal, SERVER_BREAKS } from './plugin-refusal.ts';
import { breaksListing } from './stages.ts';
import type { PluginSchema, RegisteredPlugin } from './types.ts';

/** What the model is told about a tool. */
export interface ShownTool {
  name: string;
  description: string;
  parameters: PluginSchema;
}

/**
 * The tools as the model sees them: nothing that is disabled, no lists or objects of the query.
 *
 * @throws PluginRefusal 500 when the service takes the plugin and then cannot list its tools.
 */
export function shownTools(plugin: RegisteredPlugin): ShownTool[] {
  const broken = plugin.problems.find(breaksListing);
  if (broken) throw new PluginRefusal(SERVER_BREAKS, broken.predicted ?? broken.message);
  return plugin.tools.map(({ name, description, parameters, body }) => {
    const shown = parameters.filter(({ schema, in: place }) => {
      const isCompound = schema.type === 'array' || schema.type === 'object';
      return !isDisabled(schema) && !(place === 'query' && isCompound);
    });
    const inBody = enabled(body?.schema ?? {});
    return {
      name,
      description,
      parameters: {
        type: 'object',
        properties: {
          ...inBody.properties,
          ...Object.fromEntries(shown.map((parameter) => [parameter.name, parameter.schema])),
        },
        required: [
          ...shown.filter(({ required }) => required).map((parameter) => parameter.name),
          ...(inBody.required ?? []),
        ],
      },
    };
  });
}

/**
 * Whether a schema is hidden from the model and from answers.
 *
 * @throws PluginRefusal 500 when a switch is neither true nor false: the service panics where it reads it.
 */
export function isDisabled(schema: PluginSchema): boolean {
  const switches = [schema['x-local-disable'], schema['x-global-disable']].filter(
    (value) => value !== undefined,
  );
  for (const value of switches) {
    if (typeof value === 'boolean') continue;
    const words = `panic: interface conversion: interface {} is ${goType(value, 'float64')}, not bool`;
    throw new PluginRefusal(SERVER_BREAKS, words);
  }
  return switches.includes(true);
}

function enabled(schema: PluginSchema): PluginSchema {
  if (schema.items) return { ...schema, items: enabled(schema.items) };
  if (!schema.properties) return schema;
  const kept = Object.entries(schema.properties).filter(([, property]) => !isDisabled(property));
  const names = new Set(kept.map(([name]) => name));
  return {
    ...schema,
    properties: Object.fromEntries(kept.map(([name, property]) => [name, enabled(property)])),
    ...(schema.required ? { required: schema.required.filter((name) => names.has(name)) } : {}),
  };
}
