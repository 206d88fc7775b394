import type { Plugin, Tool } from '@cozecut/manifest';
import { importHandler } from './handlers/file.ts';
import type { HandlerPorts, ToolHandler } from './types.ts';

/**
 * Makes the function behind a tool, from whatever its handler is. The kinds that need no code of the plugin are loaded
 * when a tool has one.
 *
 * @throws UserError HANDLER_NOT_LOADED when a module cannot be imported or does not export the function.
 * @throws UserError HANDLER_TEMPLATE when a template cannot be read.
 */
export async function loadHandler(
  tool: Tool,
  plugin: Plugin,
  ports: HandlerPorts,
): Promise<ToolHandler<unknown>> {
  const { handler } = tool;
  switch (handler.kind) {
    case 'file':
    case 'package':
      return importHandler(tool, handler, plugin.folder, ports);
    case 'http':
      return (await import('./handlers/http.ts')).httpHandler(tool, handler, ports);
    case 'exec':
      return (await import('./handlers/exec.ts')).execHandler(tool, handler, plugin.folder, ports);
    case 'workflow':
      return (await import('./handlers/workflow.ts')).workflowHandler(tool, handler, plugin, ports);
  }
}
