import { BlockList, isIPv4 } from 'node:net';

/** Address ranges that are not the public internet (IANA special-purpose registries), by the word for them. */
const RANGES: Record<string, readonly string[]> = {
  loopback: ['127.0.0.0/8', '::1/128'],
  'link-local': ['169.254.0.0/16', 'fe80::/10'],
  // Where clouds tell a machine what it may know about itself, other than at a link-local address: Azure at a public
  // one, Alibaba, Oracle, Amazon and Google at ones that are private otherwise.
  metadata: [
    ...['168.63.129.16/32', '100.100.100.200/32', '192.0.0.192/32'],
    ...['fd00:ec2::254/128', 'fd20:ce::254/128'],
  ],
  private: ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10', 'fc00::/7', 'fec0::/10'],
  reserved: [
    ...['0.0.0.0/8', '192.0.0.0/24', '192.0.2.0/24', '192.88.99.0/24', '198.18.0.0/15', '198.51.100.0/24'],
    ...['203.0.113.0/24', '224.0.0.0/4', '240.0.0.0/4'],
    // 2000::/3 is all that is routed in public; these are the parts of it that are not.
    ...['::/3', '2001::/23', '2001:db8::/32', '3fff::/20', '4000::/2', '8000::/1'],
  ],
};

/** IPv6 ranges whose addresses stand for an IPv4 address, with the byte at which that begins. */
const EMBEDDED_V4: readonly (readonly [cidr: string, offset: number])[] = [
  ['::ffff:0:0/96', 12],
  ['64:ff9b::/96', 12],
  ['2002::/16', 2],
];

/** Says what kind of non-public address `address` is, or nothing when it is public. */
export type AddressJudge = (address: string) => string | undefined;

/** Builds the judge that tells public addresses from all others. */
export function createAddressJudge(): AddressJudge {
  // Two lists per kind: a BlockList compares an IPv4 address with IPv6 ranges too, as `::ffff:a.b.c.d`.
  const kinds = Object.entries(RANGES).map(([kind, cidrs]) => ({
    kind,
    ipv4: blockListOf(cidrs.filter((cidr) => !cidr.includes(':'))),
    ipv6: blockListOf(cidrs.filter((cidr) => cidr.includes(':'))),
  }));
  const embedded = EMBEDDED_V4.map(([cidr, offset]) => ({ list: blockListOf([cidr]), offset }));

  return function judge(address: string): string | undefined {
    const plain = address.replace(/%.*$/, '');
    if (isIPv4(plain)) return kinds.find(({ ipv4 }) => ipv4.check(plain, 'ipv4'))?.kind;
    const bytes = ipv6Bytes(plain);
    if (bytes === undefined) return 'reserved';
    const carrier = embedded.find(({ list }) => list.check(plain, 'ipv6'));
    if (carrier) return judge([...bytes.subarray(carrier.offset, carrier.offset + 4)].join('.'));
    return kinds.find(({ ipv6 }) => ipv6.check(plain, 'ipv6'))?.kind;
  };
}

function blockListOf(cidrs: readonly string[]): BlockList {
  const list = new BlockList();
  for (const cidr of cidrs) {
    const [network = '', prefix] = cidr.split('/');
    list.addSubnet(network, Number(prefix), isIPv4(network) ? 'ipv4' : 'ipv6');
  }
  return list;
}

/** The 16 bytes of an IPv6 address in any spelling; nothing for what is no address. */
function ipv6Bytes(address: string): Uint8Array | undefined {
  // The URL parser brings every spelling into groups of hex digits with at most one `::`.
  const canonical = URL.parse(`http://[${address}]/`)?.hostname.slice(1, -1);
  if (canonical === undefined) return undefined;
  const [left = [], right = []] = canonical.split('::').map((part) => part.split(':').filter(Boolean));
  const groups = [...left, ...Array(8 - left.length - right.length).fill('0'), ...right];
  return Uint8Array.from(
    groups.flatMap((group) => [Number.parseInt(group, 16) >> 8, Number.parseInt(group, 16) & 255]),
  );
}
