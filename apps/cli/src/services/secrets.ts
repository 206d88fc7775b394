import { readFileSync } from 'node:fs';
import { resolveSecret } from '@cozecut/auth';
import type { Plugin } from '@cozecut/manifest';
import type { Environment } from '../settings.ts';

/** Looks up `secret:NAME` where the selected deployment keeps it, at the moment of the call. */
export function secretsOf(plugin: Plugin, env: Environment): (reference: string) => string {
  const { secrets: places } = plugin.deployment;
  return (reference) =>
    resolveSecret(reference, { env, places, readFile: (path) => readFileSync(path, 'utf8') });
}
