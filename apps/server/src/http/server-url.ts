import { isUnresolved, type Plugin } from '@cozecut/manifest';
import type { Request } from 'express';

/** The address under which others reach the server; nothing when none is set. */
export function publicUrlOf({ deployment }: Plugin): string | undefined {
  const { publicUrl } = deployment.server;
  return publicUrl === undefined || isUnresolved(publicUrl) ? undefined : publicUrl;
}

/** The address that documents name: the public one, else the one that was asked. */
export function serverUrlOf(plugin: Plugin, request: Request): string {
  return publicUrlOf(plugin) ?? `${request.protocol}://${request.get('host')}`;
}
