import { createRequire } from 'node:module';
import type * as Yaml from 'yaml';

/**
 * The YAML library. It is loaded when the first text is parsed, because a manifest that was parsed ahead needs none and
 * loading it takes longer than most commands.
 */
export function yamlLibrary(): typeof Yaml {
  return createRequire(import.meta.url)('yaml') as typeof Yaml;
}
