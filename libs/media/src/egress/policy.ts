import { isIP, isIPv6 } from 'node:net';
import { UserError } from '@cozecut/problems';

/** What outgoing requests may reach and how much they may take. */
export interface EgressRules {
  /**
   * Hosts that may be reached: `host`, `host:port`, `*.example.com`, `*`. Empty means every public host.
   * A private or loopback address is reached only through an entry that names the host of the URL literally, a
   * link-local, reserved or metadata address only through an entry that is this address.
   */
  allow: readonly string[];
  /** Whether private, loopback, link-local and reserved addresses are refused. */
  denyPrivate: boolean;
  /** Size limit of one body after decompression, in bytes. */
  maxBytes: number;
  /** Limits that differ from {@link EGRESS_LIMITS}. */
  totalTimeoutMs?: number;
  maxRedirects?: number;
  minBytesPerSecond?: number;
  slowGraceMs?: number;
  maxConcurrent?: number;
  maxConcurrentPerHost?: number;
  maxWaiting?: number;
}

/** What one guarded `fetch` takes at most when its rules do not say otherwise. */
export const EGRESS_LIMITS = {
  /** Wall clock of one request from its place in the queue to the last byte, redirects included, in milliseconds. */
  totalTimeoutMs: 300_000,
  /** Time for the lookup of a name and the connection, in milliseconds. */
  connectTimeoutMs: 10_000,
  /** Rate below which a body is cut off once it has used up `slowGraceMs`. */
  minBytesPerSecond: 1024,
  /** How long a body may lag behind `minBytesPerSecond` altogether, in milliseconds. */
  slowGraceMs: 20_000,
  /** Redirects that are followed. */
  maxRedirects: 5,
  /** Bytes of all headers of an answer. */
  maxHeaderBytes: 16_384,
  /** Requests under way at once. */
  maxConcurrent: 64,
  /** Requests under way at once to one host and port. */
  maxConcurrentPerHost: 8,
  /** Requests that wait for their turn; one more is refused. */
  maxWaiting: 256,
} as const;

/** Why an address is not asked. */
export interface Refusal {
  rule: string;
  /** Whether another allow entry would change it. */
  ofHost: boolean;
}

/**
 * Addresses that a host may have: `public` ones, those of one's own `network` too (loopback and private), or `any`.
 */
export type Reach = 'public' | 'network' | 'any';

/** The rules, ready to be asked. */
export interface EgressPolicy {
  /** Why `url` must not be asked, or nothing. */
  refuse(url: URL): Refusal | undefined;
  /** Where this host (as {@link URL.hostname} writes it) may be. */
  reachOf(hostname: string, port: number): Reach;
}

interface AllowEntry {
  host: string;
  match: 'all' | 'subdomains' | 'exact';
  port: number | undefined;
}

/**
 * Reads the allow list.
 *
 * @throws UserError EGRESS_RULE_INVALID when an entry is not of the form `host`, `host:port`, `*.example.com`, `*`.
 */
export function createEgressPolicy(rules: Pick<EgressRules, 'allow' | 'denyPrivate'>): EgressPolicy {
  const entries = rules.allow.map(parseEntry);
  const named = (entry: AllowEntry, hostname: string, port: number): boolean =>
    (entry.port === undefined || entry.port === port) &&
    (entry.match === 'all' ||
      (entry.match === 'exact' ? entry.host === hostname : hostname.endsWith(`.${entry.host}`)));

  return {
    refuse(url) {
      if (url.protocol !== 'http:' && url.protocol !== 'https:') {
        return { rule: `only http: and https: addresses may be opened, not ${url.protocol}`, ofHost: false };
      }
      if (url.username || url.password) {
        return { rule: 'a user name or password in an address is not accepted', ofHost: false };
      }
      const hostname = withoutDot(url.hostname);
      if (entries.length > 0 && !entries.some((entry) => named(entry, hostname, portOf(url)))) {
        return { rule: `${url.host} is not in the egress allow list`, ofHost: true };
      }
      return undefined;
    },
    reachOf(hostname, port) {
      if (!rules.denyPrivate) return 'any';
      const host = withoutDot(hostname);
      if (!entries.some((entry) => entry.match === 'exact' && named(entry, host, port))) return 'public';
      // Whoever answers for a name must not be able to point it at the metadata service of a cloud.
      return isIP(host.replace(/^\[|\]$/g, '')) === 0 ? 'network' : 'any';
    },
  };
}

/** Port of an http(s) URL, the default one written out. */
export function portOf(url: URL): number {
  return url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : Number(url.port);
}

function parseEntry(text: string): AllowEntry {
  const entry = isIPv6(text) ? `[${text}]` : text;
  const parts = /^(?<star>\*\.?)?(?<host>\[[^\]]*\]|[^:/@?#\s*]*)(?::(?<port>\d{1,5}))?$/.exec(entry)?.groups;
  const { star, host = '', port } = parts ?? {};
  const url = URL.parse(`http://${host || 'any'}/`);
  if (!parts || !url || (star === '*' ? host !== '' : host === '')) {
    throw new UserError(
      'EGRESS_RULE_INVALID',
      `an egress allow entry must be host, host:port, *.example.com or * (got ${JSON.stringify(text)})`,
    );
  }
  return {
    host: withoutDot(url.hostname),
    match: star === '*' ? 'all' : star === '*.' ? 'subdomains' : 'exact',
    port: port === undefined ? undefined : Number(port),
  };
}

function withoutDot(hostname: string): string {
  return hostname.replace(/\.$/, '');
}
