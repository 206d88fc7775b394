import { isSameSecret } from './bearer.ts';
import type { Caller } from './caller.ts';

/** A gateway in front of us that says in headers of its own who it is and whom it speaks for. */
export interface HeaderCheckOptions {
  /** Secret that the gateway sends in `HtySudoerToken`. */
  token: string;
  /** Hosts it may speak for in `HtyHost`; empty: any. */
  hosts: readonly string[];
  /** What such a caller may do. */
  scopes: readonly string[];
}

/** Request headers, their names in lower case. */
export type Headers = Readonly<Record<string, string | readonly string[] | undefined>>;

/** Makes a check of those headers; each host is an owner of its own. */
export function createHeaderCheck(options: HeaderCheckOptions): (headers: Headers) => Caller | undefined {
  return ({ htysudoertoken: token, htyhost: host }) => {
    const isKnown = isSameSecret(typeof token === 'string' ? token : '', options.token);
    if (!isKnown || typeof host !== 'string' || !/^[\w.:-]{1,253}$/.test(host)) return undefined;
    if (options.hosts.length > 0 && !options.hosts.includes(host)) return undefined;
    return { id: 'gateway', owner: `gateway:${host}`, scopes: options.scopes };
  };
}
