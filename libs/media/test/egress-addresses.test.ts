import { describe, expect, test } from 'vitest';
import { createAddressJudge } from '../src/egress/address.ts';
import { createGuardedFetch } from '../src/index.ts';
import { failure } from './support.ts';

const judge = createAddressJudge();

describe('addresses', () => {
  test.each([
    ['127.0.0.1', 'loopback'],
    ['127.255.255.254', 'loopback'],
    ['::1', 'loopback'],
    ['0:0:0:0:0:0:0:1', 'loopback'],
    ['10.1.2.3', 'private'],
    ['172.16.0.1', 'private'],
    ['172.31.255.255', 'private'],
    ['192.168.0.10', 'private'],
    ['100.64.0.1', 'private'],
    ['169.254.169.254', 'link-local'],
    ['fe80::1', 'link-local'],
    ['fe80::1%eth0', 'link-local'],
    ['fd00:ec2::254', 'private'],
    ['0.0.0.0', 'reserved'],
    ['192.0.2.1', 'reserved'],
    ['198.19.0.1', 'reserved'],
    ['224.0.0.1', 'reserved'],
    ['255.255.255.255', 'reserved'],
    ['::', 'reserved'],
    ['::7f00:1', 'reserved'],
    ['ff02::1', 'reserved'],
    ['2001:db8::1', 'reserved'],
    ['2001::1', 'reserved'],
    ['64:ff9b:1::1', 'reserved'],
    ['::ffff:127.0.0.1', 'loopback'],
    ['::ffff:7f00:1', 'loopback'],
    ['::ffff:10.0.0.1', 'private'],
    ['64:ff9b::a9fe:a9fe', 'link-local'],
    ['64:ff9b::10.0.0.1', 'private'],
    ['2002:7f00:1::1', 'loopback'],
    ['2002:c0a8:101::', 'private'],
  ])('%s is %s', (address, kind) => {
    expect(judge(address)).toBe(kind);
  });

  test.each([
    '1.1.1.1',
    '9.255.255.255',
    '11.0.0.0',
    '100.63.255.255',
    '100.128.0.0',
    '126.255.255.255',
    '172.15.255.255',
    '172.32.0.0',
    '192.167.255.255',
    '223.255.255.255',
    '2606:4700::1111',
    '2400:3200::1',
    '::ffff:8.8.8.8',
    '64:ff9b::8.8.8.8',
    '2002:808:808::1',
  ])('%s is public', (address) => {
    expect(judge(address)).toBeUndefined();
  });
});

describe('spellings of a loopback or private address in a URL', () => {
  const fetch = createGuardedFetch({ allow: [], denyPrivate: true, maxBytes: 100, totalTimeoutMs: 5_000 });

  test.each([
    'http://127.0.0.1:2/',
    'http://127.1:2/',
    'http://2130706433:2/',
    'http://0x7f000001:2/',
    'http://0x7f.0.0.1:2/',
    'http://0177.0.0.1:2/',
    'http://017700000001:2/',
    'http://127.0.0.1.:2/',
    'http://①②⑦.⓪.⓪.①:2/',
    'http://%31%32%37.0.0.1:2/',
    'http://0:2/',
    'http://[::1]:2/',
    'http://[0:0:0:0:0:0:0:1]:2/',
    'http://[::ffff:127.0.0.1]:2/',
    'http://[::ffff:7f00:1]:2/',
    'http://[64:ff9b::7f00:1]:2/',
    'http://[2002:7f00:1::]:2/',
    'http://169.254.169.254/latest/meta-data/',
    'http://localhost:2/',
    'http://LOCALHOST:2/',
    'https://127.0.0.1:2/',
    'https://localhost:2/',
  ])('%s is refused', async (url) => {
    const error = await failure(fetch(url), 'EGRESS_DENIED');
    expect(error.message).toMatch(/ is at a (loopback|private|link-local|reserved) address$/);
  });
});
