import type { Problem } from '@cozecut/problems';

/** The part of a JSON Schema that Coze reads. */
export interface PluginSchema {
  type?: string;
  description?: string;
  properties?: Record<string, PluginSchema>;
  required?: string[];
  items?: PluginSchema;
  default?: unknown;
  'x-assist-type'?: string;
  'x-variable-ref'?: string;
  'x-global-disable'?: boolean;
  'x-local-disable'?: boolean;
}

/** Where an argument travels. */
export type ArgumentPlace = 'header' | 'path' | 'query';

/** One parameter of a tool. */
export interface PluginParameter {
  name: string;
  in: ArgumentPlace;
  required: boolean;
  schema: PluginSchema;
}

/** One operation of a plugin. */
export interface PluginTool {
  /** `operationId`. */
  name: string;
  /** `summary`, which the model reads. */
  description: string;
  method: string;
  path: string;
  parameters: PluginParameter[];
  body: { mediaType: string; schema: PluginSchema } | undefined;
  /** Schema of the answer with status 200. */
  response: PluginSchema;
  authMode: 'required' | 'supported' | 'disabled';
}

/** A value that goes with every call that has none of that name. */
export interface CommonParameter {
  place: 'header' | 'query' | 'path' | 'body';
  name: string;
  value: string;
}

/** How Coze shows who it is. */
export type PluginAuth =
  | { type: 'none' }
  | { type: 'service'; place: 'header' | 'query'; key: string; token: string }
  | { type: 'oauth' };

/** A plugin that was accepted. */
export interface RegisteredPlugin {
  id: string;
  name: string;
  serverUrl: string;
  auth: PluginAuth;
  common: CommonParameter[];
  tools: PluginTool[];
  /** What the rules say besides what refuses a plugin. */
  problems: PluginProblem[];
}

/** The two texts that a plugin is registered with. */
export interface PluginFiles {
  /** OpenAPI document, JSON or YAML. */
  openapi: string;
  /** `ai_plugin.json` */
  aiPlugin: string;
}

/**
 * A finding that may say which step it breaks: `import` refuses the plugin, `tools` takes it and fails to list its tools,
 * `crash` is the one or, where `predicted` begins with `panic:`, the other.
 */
export type PluginProblem = Problem & { stage?: string };

/** What the emulator borrows to register plugins; the rules live elsewhere. */
export interface PluginServices {
  /** What the rules say about one of the texts, in the order in which they are looked at. */
  lint(text: string, file: keyof PluginFiles): readonly PluginProblem[];
  /** Reads JSON or YAML. */
  parse(text: string): unknown;
  /** What an import through format detection says; the route refuses everything when absent. */
  convert?(text: string): { ok: boolean; format: string | null; message: string | null };
}
