import type { Plugin, Tool } from '@cozecut/manifest';
import { execHandler } from './handlers/exec.ts';
import { importHandler } from './handlers/file.ts';
import { httpHandler } from './handlers/http.ts';
import { workflowHandler } from './handlers/workflow.ts';
import type { HandlerPorts, ToolHandler } from './types.ts';

/**
 * Makes the function behind a tool, from whatever its handler is.
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
      return importHandler(tool, handler, plugin.folder);
    case 'http':
      return httpHandler(tool, handler, ports);
    case 'exec':
      return execHandler(tool, handler, plugin.folder, ports);
    case 'workflow':
      return workflowHandler(tool, handler, plugin, ports);
  }
}
