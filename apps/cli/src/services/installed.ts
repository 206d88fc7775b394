import { existsSync, realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, relative, sep } from 'node:path';
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
  const name = basename(file).replace(/\.[jt]s$/, '');
  const bundled = new URL(`./jianying/${name}.cjs`, import.meta.url);
  // Where the built-in plugin is takes a while to find out.
  if (!existsSync(bundled) || !existsSync(file)) return undefined;
  const way = relative(packageFolder('plugin-jianying'), realpathSync(file)).split(sep).join('/');
  return /^(?:src|dist)\/handlers\/[\w-]+\.[jt]s$/.test(way) ? bundled.href : undefined;
}
