import type { Plugin } from '../types.ts';

/** Address that a document names: the given one, that of the deployment, else the one it listens on. */
export function serverAddress(plugin: Plugin, given: string | undefined): string {
  const { host, port, publicUrl } = plugin.deployment.server;
  const reachable = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  const name = reachable.includes(':') ? `[${reachable}]` : reachable;
  return (given ?? publicUrl ?? `http://${name}:${port}`).replace(/\/+$/, '');
}
