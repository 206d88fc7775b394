import { createRequire } from 'node:module';
import { join, relative, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { HandlerRef, Tool } from '@cozecut/manifest';
import { UserError } from '@cozecut/problems';
import type { HandlerPorts, ToolHandler } from '../types.ts';

type ModuleRef = Extract<HandlerRef, { kind: 'file' | 'package' }>;

/**
 * Imports the function behind a tool.
 *
 * @throws UserError HANDLER_NOT_LOADED when the module cannot be imported or does not export the function.
 */
export async function importHandler(
  tool: Tool,
  handler: ModuleRef,
  pluginFolder: string,
  { importModule = (address) => import(address) }: Pick<HandlerPorts, 'importModule'> = {},
): Promise<ToolHandler<unknown>> {
  const { address, name, exportName } = locate(handler, tool, pluginFolder);
  let module: Record<string, unknown>;
  try {
    module = await importModule(address);
  } catch (cause) {
    const isModuleSyntax = cause instanceof SyntaxError && /export|import/.test(cause.message);
    const hint = isModuleSyntax
      ? 'set "type": "module" in the package.json beside the plugin, or name the file .mts'
      : 'mend the file, then call the tool again';
    throw notLoaded(tool, `${name} cannot be imported: ${whyOf(cause)}`, { cause, hint });
  }
  const found = module[exportName];
  if (typeof found !== 'function') {
    throw notLoaded(tool, `${name} does not export a function "${exportName}"`);
  }
  return found as ToolHandler<unknown>;
}

/** What is wrong with a module, and where in which file: that stands in the stack alone. */
function whyOf(error: unknown): string {
  const { message, stack = '' } = error instanceof Error ? error : new Error(String(error));
  const [, file, line] =
    /^(?!\s)(\S.*):(\d+)\n/.exec(stack) ??
    /\n\s+at (?:.* \()?(file:.*):(\d+):\d+\)?(?:\n|$)/.exec(stack) ??
    [];
  if (file === undefined) return message;
  return `${message} (${file.startsWith('file:') ? fileURLToPath(file) : file}:${line})`;
}

function locate(handler: ModuleRef, tool: Tool, pluginFolder: string) {
  switch (handler.kind) {
    case 'file': {
      const file = runnableFile(handler.file, pluginFolder);
      return { address: pathToFileURL(file).href, name: handler.file, exportName: handler.export };
    }
    case 'package': {
      try {
        const path = createRequire(join(pluginFolder, 'plugin.yaml')).resolve(handler.package);
        return { address: pathToFileURL(path).href, name: handler.package, exportName: handler.export };
      } catch (cause) {
        const hint = `npm install ${handler.package}`;
        throw notLoaded(tool, `the package ${handler.package} is not installed beside the plugin`, {
          cause,
          hint,
        });
      }
    }
  }
}

/**
 * Node does not strip the types of files in `node_modules`: an installed plugin brings the build of its sources, and
 * `src/a.ts` is loaded from `dist/a.js`.
 */
function runnableFile(file: string, pluginFolder: string): string {
  const way = relative(pluginFolder, file);
  const isInstalled = pluginFolder.split(sep).includes('node_modules');
  if (!isInstalled || !way.startsWith(`src${sep}`) || !way.endsWith('.ts')) return file;
  return join(pluginFolder, 'dist', way.slice(4, -3)).concat('.js');
}

function notLoaded(tool: Tool, why: string, options: { hint?: string; cause?: unknown } = {}): UserError {
  const { file, start } = tool.location;
  return new UserError('HANDLER_NOT_LOADED', `the handler of ${tool.name} (${file}:${start.line}): ${why}`, {
    hint: 'a handler is written as ./file.ts#export or pkg:@scope/name#export',
    ...options,
  });
}
