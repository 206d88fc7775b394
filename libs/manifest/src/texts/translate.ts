import { SCHEMA_HOLDERS } from '../json-schema/keywords.ts';
import type { JsonSchema, Plugin, Tool } from '../types.ts';

/** Gives a text of a plugin in a language; one that has no translation comes back as it is. */
export type Say = (text: string) => string;

/** Keywords of a schema that are read by people and by models. */
const SAID = new Set(['title', 'description']);

/** A tool whose texts are in another language: names, values and examples stay. */
export function translateTool(tool: Tool, say: Say): Tool {
  const { description, deprecated } = tool;
  return {
    ...tool,
    summary: say(tool.summary),
    description: { human: say(description.human), model: say(description.model) },
    input: saySchema(tool.input, say),
    output: saySchema(tool.output, say),
    ...(deprecated?.message === undefined
      ? {}
      : { deprecated: { ...deprecated, message: say(deprecated.message) } }),
  };
}

/** A plugin whose texts and tools are in another language. */
export function translatePlugin(plugin: Plugin, say: Say): Plugin {
  const { description, openapi } = plugin;
  return {
    ...plugin,
    description: { human: say(description.human), model: say(description.model) },
    tools: plugin.tools.map((tool) => translateTool(tool, say)),
    openapi: {
      ...openapi,
      title: say(openapi.title),
      ...(openapi.description === undefined ? {} : { description: say(openapi.description) }),
    },
  };
}

/** Every text of a plugin that a table can translate, each once, in the order of the tools. */
export function textsOf(plugin: Plugin): string[] {
  const texts = new Set<string>();
  translatePlugin(plugin, (text) => {
    texts.add(text);
    return text;
  });
  return [...texts];
}

/** A schema whose texts are in another language. */
export function saySchema(schema: JsonSchema, say: Say): JsonSchema {
  return translateSchema(schema, say) as JsonSchema;
}

/** A map of schemas whose texts are in another language; its keys are names. */
export function saySchemas(schemas: Readonly<Record<string, JsonSchema>>, say: Say): Record<string, unknown> {
  return mapValues(schemas, (schema) => translateSchema(schema, say));
}

function translateSchema(schema: unknown, say: Say): unknown {
  if (!isMap(schema)) return schema;
  return mapValues(schema, (value, keyword) => {
    if (SAID.has(keyword)) return typeof value === 'string' ? say(value) : value;
    switch (SCHEMA_HOLDERS[keyword]) {
      case 'schema':
        return translateSchema(value, say);
      case 'schemas':
        return Array.isArray(value) ? value.map((item) => translateSchema(item, say)) : value;
      case 'map':
        return isMap(value) ? mapValues(value, (item) => translateSchema(item, say)) : value;
      default:
        return value;
    }
  });
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function mapValues(
  map: Record<string, unknown>,
  change: (value: unknown, key: string) => unknown,
): Record<string, unknown> {
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [key, change(value, key)]));
}
