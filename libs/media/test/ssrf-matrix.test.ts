import type { LookupAddress } from 'node:dns';
import { isIPv6 } from 'node:net';
import { describe, expect, test } from 'vitest';
import { createGuardedFetch, type EgressRules, type Lookup } from '../src/index.ts';
import { failure, serve } from './support.ts';

/** What a name server answers, one list of addresses for each time it is asked; the last one is repeated. */
function nameServer(names: Record<string, readonly (readonly string[])[]>) {
  const asked: string[] = [];
  const lookup: Lookup = (hostname, _, callback) => {
    const answers = names[hostname];
    const earlier = asked.filter((name) => name === hostname).length;
    asked.push(hostname);
    const found = answers?.[Math.min(earlier, answers.length - 1)]?.map(
      (address): LookupAddress => ({ address, family: isIPv6(address) ? 6 : 4 }),
    );
    if (found) callback(null, found);
    else callback(Object.assign(new Error('not found'), { code: 'ENOTFOUND' }), []);
  };
  return { lookup, asked };
}

const names = {
  localhost: [['127.0.0.1', '::1']],
  'localhost.': [['127.0.0.1']],
  'inside.test': [['10.0.0.7']],
  'meta.test': [['169.254.169.254']],
  'azure.test': [['168.63.129.16']],
  'alibaba.test': [['100.100.100.200']],
  'amazon.test': [['fd00:ec2::254']],
  'six.test': [['fe80::1%eth0', 'fd00::1']],
  'nat64.test': [['64:ff9b::a9fe:a9fe']],
  'mapped.test': [['::ffff:192.168.0.1']],
  'zero.test': [['0.0.0.0']],
  'multicast.test': [['224.0.0.251']],
  'xn--fsqu00a.xn--0zwm56d': [['192.168.1.1']],
  '127.0.0.1.nip.test': [['127.0.0.1']],
};

function guarded(rules: Partial<EgressRules> = {}) {
  const all = { allow: [], denyPrivate: true, maxBytes: 100, totalTimeoutMs: 20_000, ...rules };
  return createGuardedFetch(all, { lookup: nameServer(names).lookup });
}

/** Addresses that a stranger may write, and the kind of place they lead to. */
const FORBIDDEN = [
  // Spellings of one IPv4 address.
  ['http://127.0.0.1:2/', 'loopback'],
  ['https://127.0.0.1:2/', 'loopback'],
  ['http://127.1:2/', 'loopback'],
  ['http://127.0.1:2/', 'loopback'],
  ['http://2130706433:2/', 'loopback'],
  ['http://0x7f000001:2/', 'loopback'],
  ['http://0x7f.0.0.1:2/', 'loopback'],
  ['http://0X7F.0x0.0x0.0x1:2/', 'loopback'],
  ['http://0177.0.0.1:2/', 'loopback'],
  ['http://017700000001:2/', 'loopback'],
  ['http://127.0.0.1.:2/', 'loopback'],
  ['http://127.0.0.255:2/', 'loopback'],
  ['http://①②⑦.⓪.⓪.①:2/', 'loopback'],
  ['http://127。0。0。1:2/', 'loopback'],
  ['http://%31%32%37.0.0.1:2/', 'loopback'],
  ['http:127.0.0.1:2/', 'loopback'],
  ['http:\\\\127.0.0.1:2\\', 'loopback'],
  ['\t http://127.0.0.1:2/ ', 'loopback'],
  ['http://127.0.0.1:2\\@public.test/', 'loopback'],
  ['http://127.0.0.1:2#@public.test/', 'loopback'],
  ['http://127.0.0.1:2?@public.test/', 'loopback'],
  ['http://0:2/', 'reserved'],
  ['http://0.0.0.0:2/', 'reserved'],
  ['http://10.0.0.1:2/', 'private'],
  ['http://172.20.1.1:2/', 'private'],
  ['http://0300.0250.0.1:2/', 'private'],
  ['http://3232235521:2/', 'private'],
  ['http://100.100.100.200:2/', 'metadata'],
  ['http://169.254.169.254/latest/meta-data/', 'link-local'],
  ['http://0xa9fea9fe/', 'link-local'],
  ['http://168.63.129.16/', 'metadata'],
  ['http://192.0.0.192/', 'metadata'],
  ['http://198.18.0.1/', 'reserved'],
  ['http://224.0.0.1:2/', 'reserved'],
  ['http://240.0.0.1:2/', 'reserved'],
  ['http://255.255.255.255:2/', 'reserved'],
  // IPv6, and IPv4 inside of it.
  ['http://[::]:2/', 'reserved'],
  ['http://[::1]:2/', 'loopback'],
  ['http://[0:0:0:0:0:0:0:1]:2/', 'loopback'],
  ['http://[0000::0001]:2/', 'loopback'],
  ['http://[::127.0.0.1]:2/', 'reserved'],
  ['http://[::ffff:127.0.0.1]:2/', 'loopback'],
  ['http://[::ffff:7f00:1]:2/', 'loopback'],
  ['http://[::FFFF:A9FE:A9FE]:2/', 'link-local'],
  ['http://[::ffff:0:7f00:1]:2/', 'reserved'],
  ['http://[64:ff9b::7f00:1]:2/', 'loopback'],
  ['http://[64:ff9b::10.0.0.1]:2/', 'private'],
  ['http://[64:ff9b:1::7f00:1]:2/', 'reserved'],
  ['http://[2002:7f00:1::]:2/', 'loopback'],
  ['http://[2002:a9fe:a9fe::]:2/', 'link-local'],
  ['http://[2001::7f00:1]:2/', 'reserved'],
  ['http://[fe80::1]:2/', 'link-local'],
  ['http://[fd00:ec2::254]/', 'metadata'],
  ['http://[fec0::1]:2/', 'private'],
  ['http://[ff02::1]:2/', 'reserved'],
  ['http://[2001:db8::1]:2/', 'reserved'],
  // Names, which lead where their owner wants.
  ['http://localhost:2/', 'loopback'],
  ['http://LOCALHOST:2/', 'loopback'],
  ['http://localhost.:2/', 'loopback'],
  ['http://ⓛocalhost:2/', 'loopback'],
  ['http://127.0.0.1.nip.test:2/', 'loopback'],
  ['http://inside.test:2/', 'private'],
  ['http://meta.test/', 'link-local'],
  ['http://azure.test/', 'metadata'],
  ['http://six.test:2/', 'link-local'],
  ['http://nat64.test/', 'link-local'],
  ['http://mapped.test:2/', 'private'],
  ['http://zero.test:2/', 'reserved'],
  ['http://multicast.test:2/', 'reserved'],
  ['http://例子.测试:2/', 'private'],
] as const;

describe('an address that leads inside', () => {
  test.each(FORBIDDEN)('%s is refused: %s', async (url, kind) => {
    for (const allow of [[], ['*']]) {
      const error = await failure(guarded({ allow })(url), 'EGRESS_DENIED');
      expect(error.message).toMatch(new RegExp(` is refused: .* is at a ${kind} address$`));
    }
  });

  test('is refused as well when a redirect leads there, with every status', async () => {
    let location = '';
    let status = 301;
    const { origin, port } = await serve((_, response) => response.writeHead(status, { location }).end());
    const fetch = guarded({ allow: ['*', `127.0.0.1:${port}`] });
    for (const [index, [url, kind]] of FORBIDDEN.entries()) {
      location = new URL(url).href;
      status = [301, 302, 303, 307, 308][index % 5]!;
      const error = await failure(fetch(`${origin}/a`), 'EGRESS_DENIED');
      expect(error.message, url).toContain(`(redirected from ${origin}/a)`);
      expect(error.message, url).toContain(`at a ${kind} address`);
    }
  });

  test.each([
    ['http://127.0.0.1@public.test@127.0.0.1:2/', 'user name'],
    ['http://public.test@127.0.0.1:2/', 'user name'],
    ['http://public.test:80@127.0.0.1:2/', 'user name'],
    ['http://:secret@127.0.0.1:2/', 'user name'],
    ...['ftp', 'gopher', 'dict', 'ws', 'ldap', 'jar'].map((scheme) => [
      `${scheme}://127.0.0.1:2/`,
      'only http: and https:',
    ]),
    ['file:///etc/passwd', 'only http: and https:'],
    ['data:text/plain,hi', 'only http: and https:'],
    ['javascript:1', 'only http: and https:'],
    ['blob:http://127.0.0.1/1', 'only http: and https:'],
  ])('%s is refused before anybody is asked, also as a redirect', async (url, words) => {
    expect((await failure(guarded()(url), 'EGRESS_DENIED')).message).toContain(words);
    const { origin, port } = await serve((_, response) => response.writeHead(302, { location: url }).end());
    const fetch = guarded({ allow: ['*', `127.0.0.1:${port}`] });
    expect((await failure(fetch(origin), 'EGRESS_DENIED')).message).toContain(words);
  });

  test.each([
    'http://[fe80::1%25eth0]:2/',
    'http://[::1%lo]:2/',
    'http://[::ffff:127.0.0.1.]:2/',
    'http://256.256.256.256/',
    'http://127.0.0.1.5.:2/',
    'http://0x100000000/',
    'http://127.0.0.1:65536/',
    'http://local host/',
    'http://a<b>/',
    'http://',
    '//127.0.0.1/',
    '',
  ])('%j is no address', async (url) => {
    await failure(guarded()(url), 'MEDIA_ADDRESS_INVALID');
  });

  test('a port of another protocol is not spoken to, even on a host that is named', async () => {
    for (const port of [22, 25, 6000, 6667]) {
      const fetch = guarded({ allow: [`127.0.0.1:${port}`] });
      const error = await failure(fetch(`http://127.0.0.1:${port}/`), 'MEDIA_UNREACHABLE');
      expect(error.message).toContain('bad port');
    }
  });
});

describe('a name that changes where it leads', () => {
  test('is looked up once for each connection: what was checked is what is used', async () => {
    const { port } = await serve((_, response) => response.end('first'));
    const { lookup, asked } = nameServer({ 'rebind.test': [['127.0.0.1'], ['169.254.169.254']] });
    const fetch = createGuardedFetch(
      { allow: ['rebind.test'], denyPrivate: true, maxBytes: 100 },
      { lookup },
    );
    expect(await (await fetch(`http://rebind.test:${port}/`)).text()).toBe('first');
    expect(asked).toEqual(['rebind.test']);
  });

  test('gets nothing on the second connection', async () => {
    const { port } = await serve((_, response) => {
      response.writeHead(200, { connection: 'close' }).end('first');
    });
    const { lookup } = nameServer({ 'rebind.test': [['127.0.0.1'], ['169.254.169.254']] });
    const fetch = createGuardedFetch(
      { allow: ['rebind.test'], denyPrivate: true, maxBytes: 100 },
      { lookup },
    );
    expect(await (await fetch(`http://rebind.test:${port}/`)).text()).toBe('first');
    const error = await failure(fetch(`http://rebind.test:${port}/`), 'EGRESS_DENIED');
    expect(error.message).toContain('at a link-local address');
  });

  test('and gives several addresses is reached at the permitted ones alone', async () => {
    const { port } = await serve((_, response) => response.end('right'));
    const { lookup } = nameServer({ 'both.test': [['169.254.169.254', 'fe80::1', '127.0.0.1', '0.0.0.0']] });
    const fetch = createGuardedFetch({ allow: ['both.test'], denyPrivate: true, maxBytes: 100 }, { lookup });
    expect(await (await fetch(`http://both.test:${port}/`)).text()).toBe('right');
  });
});

describe('the allow list', () => {
  /** `inside`: it is asked at loopback. `public`: only public addresses are. `no`: it is not asked. */
  const rows: [allow: string[], url: string, verdict: 'inside' | 'public' | 'no'][] = [
    [[], 'http://cdn.test:PORT/', 'public'],
    [['*'], 'http://cdn.test:PORT/', 'public'],
    [['*.test'], 'http://cdn.test:PORT/', 'public'],
    [['*.cdn.test'], 'http://cdn.test:PORT/', 'no'],
    [['cdn.test'], 'http://cdn.test:PORT/', 'inside'],
    [['CDN.test'], 'http://cdn.TEST:PORT/', 'inside'],
    [['cdn.test.'], 'http://cdn.test:PORT/', 'inside'],
    [['cdn.test'], 'http://cdn.test.:PORT/', 'inside'],
    [['cdn.test:PORT'], 'http://cdn.test:PORT/', 'inside'],
    [['cdn.test:443'], 'http://cdn.test:PORT/', 'no'],
    [['cdn.test'], 'http://a.cdn.test:PORT/', 'no'],
    [['cdn.test'], 'http://cdn.test.evil.test:PORT/', 'no'],
    [['cdn.test'], 'http://evilcdn.test:PORT/', 'no'],
    [['cdn.test'], 'http://127.0.0.1:PORT/', 'no'],
    [['cdn.test', '*'], 'http://127.0.0.1:PORT/', 'public'],
    [['127.0.0.1'], 'http://127.1:PORT/', 'inside'],
    [['2130706433'], 'http://127.0.0.1:PORT/', 'inside'],
    [['127.0.0.1'], 'http://cdn.test:PORT/', 'no'],
    [['例子.测试'], 'http://xn--fsqu00a.xn--0zwm56d:PORT/', 'inside'],
    [['xn--fsqu00a.xn--0zwm56d'], 'http://例子.测试:PORT/', 'inside'],
  ];
  const inside = [['127.0.0.1']];
  const { lookup } = nameServer({
    ...{ 'cdn.test': inside, 'cdn.test.': inside, 'a.cdn.test': inside, 'cdn.test.evil.test': inside },
    ...{ 'evilcdn.test': inside, 'xn--fsqu00a.xn--0zwm56d': inside },
  });

  test.each(rows)('%j and %s: %s', async (allow, url, verdict) => {
    const { port, asked } = await serve((_, response) => response.end('inside'));
    const here = (text: string) => text.replace('PORT', String(port));
    const rules = { allow: allow.map(here), denyPrivate: true, maxBytes: 100 };
    const answer = createGuardedFetch(rules, { lookup })(here(url));
    if (verdict === 'inside') expect(await (await answer).text()).toBe('inside');
    else {
      const error = await failure(answer, 'EGRESS_DENIED');
      expect(error.message).toContain(verdict === 'no' ? 'not in the egress allow list' : 'loopback address');
    }
    expect(asked).toHaveLength(verdict === 'inside' ? 1 : 0);
  });

  test('a name that is allowed does not reach the metadata of a cloud; the address itself would', async () => {
    for (const name of [
      ...['meta.test', 'azure.test', 'alibaba.test', 'amazon.test', 'zero.test', 'nat64.test'],
    ]) {
      const error = await failure(guarded({ allow: [name] })(`http://${name}:2/`), 'EGRESS_DENIED');
      expect(error.message).toMatch(/at a (?:link-local|metadata|reserved) address/);
      expect(error.hint).toBeUndefined();
    }
    const { port, asked } = await serve((_, response) => response.end('hello'));
    const fetch = guarded({ allow: ['0.0.0.0'] });
    expect(await (await fetch(`http://0.0.0.0:${port}/`)).text()).toBe('hello');
    expect(asked).toHaveLength(1);
  });
});
