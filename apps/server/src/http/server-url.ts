import { isUnresolved, type Plugin } from '@cozecut/manifest';
import type { Request } from 'express';

/** The address under which others reach the server; nothing when none is set. */
export function publicUrlOf({ deployment }: Plugin): string | undefined {
  const { publicUrl } = deployment.server;
  return publicUrl === undefined || isUnresolved(publicUrl) ? undefined : publicUrl;
}

/** The address that documents name: the public one, else the one that was asked. */
export function serverUrlOf(plugin: Plugin, request: Request): string {
  const publicUrl = publicUrlOf(plugin);
  if (publicUrl !== undefined) return publicUrl.replace(/\/+$/, '');
  const { localAddress = '', localPort } = request.socket;
  const name = localAddress.includes(':') ? `[${localAddress}]` : localAddress;
  // Behind a proxy that is trusted, `host` is the name that the proxy was asked for; HTTP/1.0 may name none.
  return `${request.protocol}://${request.host ?? `${name}:${localPort}`}`;
}
