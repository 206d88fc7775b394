import { isIPv6 } from 'node:net';
import { UserError } from '@cozecut/problems';

/** What outgoing requests may reach and how much they may take. */
export interface EgressRules {
  /**
   * Hosts that may be reached: `host`, `host:port`, `*.example.com`, `*`. Empty means every public host.
   * A private or loopback address is reached only through an entry that names the host of the URL literally.
   */
  allow: readonly string[];
  /** Whether private, loopback, link-local and reserved addresses are refused. */
  denyPrivate: boolean;
  /** Size limit of one body after decompression, in bytes. */
  maxBytes: number;
  /** Wall clock of one request from the first connection to the last byte, in milliseconds; 5 minutes if not set. */
  totalTimeoutMs?: number;
  /** Redirects that are followed; 5 if not set. */
  maxRedirects?: number;
}

/** Why an address is not asked. */
export interface Refusal {
  rule: string;
  /** Whether another allow entry would change it. */
  ofHost: boolean;
}

/** The rules, ready to be asked. */
export interface EgressPolicy {
  /** Why `url` must not be asked, or nothing. */
  refuse(url: URL): Refusal | undefined;
  /** Whether this host (as {@link URL.hostname} writes it) may be at a private address. */
  mayBePrivate(hostname: string, port: number): boolean;
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
    mayBePrivate(hostname, port) {
      if (!rules.denyPrivate) return true;
      const host = withoutDot(hostname);
      return entries.some((entry) => entry.match === 'exact' && named(entry, host, port));
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
