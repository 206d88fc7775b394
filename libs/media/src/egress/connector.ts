import { lookup as dnsLookup } from 'node:dns';
import { isIP, isIPv6, type LookupFunction } from 'node:net';
import type { buildConnector } from 'undici';
import { type AddressJudge, createAddressJudge } from './address.ts';
import type { EgressPolicy } from './policy.ts';

/** A socket was about to be opened to an address that is not public. */
export class NotPublicError extends Error {
  override readonly name = 'NotPublicError';
  /** `loopback`, `private`, `link-local` or `reserved`. */
  readonly kind: string;

  constructor(kind: string) {
    super(`not a public address: ${kind}`);
    this.kind = kind;
  }
}

/**
 * Opens sockets for undici, to public addresses only unless the policy names the host. What the lookup lets through
 * is what the socket connects to, so a name that changes its address between two lookups gains nothing.
 */
export function createGuardedConnector(
  policy: EgressPolicy,
  build: typeof buildConnector,
): buildConnector.connector {
  const judge = createAddressJudge();
  const open = build({});
  // undici passes these options on to `net.connect`, which its types do not say.
  const guarded = build({ lookup: publicLookup(judge) } as buildConnector.BuildOptions);

  return (options, callback) => {
    const { hostname, protocol } = options;
    const port = Number(options.port) || (protocol === 'https:' ? 443 : 80);
    if (policy.mayBePrivate(isIPv6(hostname) ? `[${hostname}]` : hostname, port))
      return open(options, callback);
    // Node never looks up a literal address.
    const kind = isIP(hostname) ? judge(hostname) : undefined;
    if (kind !== undefined) return callback(new NotPublicError(kind), null);
    return guarded(options, callback);
  };
}

function publicLookup(judge: AddressJudge): LookupFunction {
  return (hostname, options, callback) => {
    dnsLookup(hostname, { ...options, all: true }, (error, found) => {
      if (error) return callback(error, '');
      const usable = found.filter(({ address }) => judge(address) === undefined);
      const [first] = usable;
      if (!first)
        return callback(new NotPublicError(judge(found[0]?.address ?? '0.0.0.0') ?? 'reserved'), '');
      return options.all ? callback(null, usable) : callback(null, first.address, first.family);
    });
  };
}
