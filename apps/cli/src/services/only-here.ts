import { isUnresolved, type Plugin } from '@cozecut/manifest';
import { type Environment, setting } from '../settings.ts';

/**
 * Whether only this machine reaches the server of a deployment: it listens here alone, and neither a public address nor
 * a proxy that tells who calls leads others to it.
 */
export function isOnlyHere({ deployment }: Plugin, env: Environment): boolean {
  const { host, publicUrl } = deployment.server;
  const isTold = publicUrl !== undefined && !(isHttp(publicUrl) && isHere(new URL(publicUrl).hostname));
  return isHere(host) && !isTold && !isYes(setting(env, 'COZECUT_TRUST_PROXY') ?? 'no');
}

/** Whether a setting says yes. */
export function isYes(text: string): boolean {
  return /^(?:1|true|yes|on)$/i.test(text);
}

/** Whether a host is this machine alone. */
export function isHere(name: string): boolean {
  return ['127.0.0.1', '::1', '[::1]', 'localhost'].includes(name);
}

function isHttp(url: string): boolean {
  return !isUnresolved(url) && URL.canParse(url);
}
