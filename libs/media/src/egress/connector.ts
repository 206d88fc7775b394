import { lookup as dnsLookup, type LookupAddress, type LookupOptions } from 'node:dns';
import { isIP, isIPv6, type LookupFunction } from 'node:net';
import type { buildConnector } from 'undici';
import { createAddressJudge } from './address.ts';
import { EGRESS_LIMITS, type EgressPolicy, type Reach } from './policy.ts';

/** A socket was about to be opened to an address that is not public. */
export class NotPublicError extends Error {
  override readonly name = 'NotPublicError';
  /** `loopback`, `private`, `link-local`, `metadata` or `reserved`. */
  readonly kind: string;

  constructor(kind: string) {
    super(`not a public address: ${kind}`);
    this.kind = kind;
  }
}

/** Finds all addresses of a name: the part of `dns.lookup` that is used. */
export type Lookup = (
  hostname: string,
  options: LookupOptions & { all: true },
  callback: (error: NodeJS.ErrnoException | null, found: LookupAddress[]) => void,
) => void;

/** Whether a name that is allowed may be at such an address. */
export function isOwnNetwork(kind: string): boolean {
  return kind === 'loopback' || kind === 'private';
}

/** Why an address must not be connected to, or nothing. */
type Refuse = (address: string) => string | undefined;

/**
 * Opens sockets for undici, to public addresses only unless the policy names the host. What the lookup lets through
 * is what the socket connects to, so a name that changes its address between two lookups gains nothing.
 */
export function createGuardedConnector(
  policy: EgressPolicy,
  build: typeof buildConnector,
  lookup: Lookup = dnsLookup,
): buildConnector.connector {
  const judge = createAddressJudge();
  const refusals: Record<Reach, Refuse> = {
    public: judge,
    network: (address) => {
      const kind = judge(address);
      return kind !== undefined && isOwnNetwork(kind) ? undefined : kind;
    },
    any: () => undefined,
  };
  const connectors: Record<Reach, buildConnector.connector> = {
    public: connector(build, lookup, refusals.public),
    network: connector(build, lookup, refusals.network),
    any: connector(build, lookup, refusals.any),
  };
  return (options, callback) => {
    const { hostname, protocol } = options;
    const port = Number(options.port) || (protocol === 'https:' ? 443 : 80);
    const reach = policy.reachOf(isIPv6(hostname) ? `[${hostname}]` : hostname, port);
    return connectors[reach](options, callback);
  };
}

function connector(build: typeof buildConnector, lookup: Lookup, refuse: Refuse): buildConnector.connector {
  const connect = build({
    timeout: EGRESS_LIMITS.connectTimeoutMs,
    allowH2: false,
    // undici passes this on to `net.connect`, which its types do not say.
    lookup: filtered(lookup, refuse),
  } as buildConnector.BuildOptions);

  return (options, callback) => {
    // Node never looks up a literal address.
    const kind = isIP(options.hostname) === 0 ? undefined : refuse(options.hostname);
    if (kind !== undefined) return callback(new NotPublicError(kind), null);
    return connect(options, (...[error, socket]) => {
      if (error !== null) return callback(error, null);
      // Before anything is sent: whatever way the address came, the socket says where it really is.
      const found = refuse(socket.remoteAddress ?? '');
      if (found === undefined) return callback(null, socket);
      socket.destroy();
      return callback(new NotPublicError(found), null);
    });
  };
}

function filtered(lookup: Lookup, refuse: Refuse): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, found) => {
      if (error) return callback(error, '');
      const usable = found.filter(({ address }) => refuse(address) === undefined);
      const [first] = usable;
      if (!first) return callback(new NotPublicError(refuse(found[0]?.address ?? '') ?? 'reserved'), '');
      return options.all ? callback(null, usable) : callback(null, first.address, first.family);
    });
  };
}
