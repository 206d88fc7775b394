import { existsSync, realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Whether this runs from the bundle of a build, and not from the sources. */
export const IS_BUNDLE = !import.meta.url.endsWith('.ts');

/** Folder of a package that comes with the program, for the files in it that are not code. */
export function packageFolder(name: 'catalog' | 'plugin-jianying' | 'web'): string {
  return dirname(createRequire(import.meta.url).resolve(`@cozecut/${name}/package.json`));
}

/**
 * Imports the handler of a tool. Those of the built-in plugin are in the bundle, together with the libraries that they
 * have in common with the program.
 */
export function importHandlerModule(address: string): Promise<Record<string, unknown>> {
  return import((IS_BUNDLE ? bundledHandler(fileURLToPath(address)) : undefined) ?? address);
}

function bundledHandler(file: string): string | undefined {
  if (!existsSync(file)) return undefined;
  const way = relative(packageFolder('plugin-jianying'), realpathSync(file)).split(sep).join('/');
  const [, name] = /^(?:src|dist)\/handlers\/([\w-]+)\.[jt]s$/.exec(way) ?? [];
  const bundled = new URL(`./jianying/${name}.cjs`, import.meta.url);
  return name !== undefined && existsSync(bundled) ? bundled.href : undefined;
}
