import { expect, test } from 'vitest';
import { readEnv } from '@/lib/env';
import { inNetworks } from './in-networks';
import { normalizedAddress } from './client-address';

const isBlocked = inNetworks(
  readEnv({
    BLOCKED_ADDRESSES: '203.0.113.0/24, 198.51.100.7, 2001:db8:1:2::/64, ::ffff:192.0.2.0/120',
  }).BLOCKED_ADDRESSES,
);

test.each([
  ['203.0.113.200', true],
  ['203.0.114.1', false],
  ['198.51.100.7', true],
  ['198.51.100.8', false],
  ['::ffff:203.0.113.1', true],
  ['::ffff:cb00:7101', true],
  ['2001:DB8:1:2:ffff::1', true],
  ['2001:db8:1:3::1', false],
  ['192.0.2.9', true],
  ['192.0.3.9', false],
])('%s: %s', (address, blocked) => {
  expect(isBlocked(normalizedAddress(address))).toBe(blocked);
});

test('an unknown address is not blocked, and an empty list blocks none', () => {
  expect(isBlocked(null)).toBe(false);
  expect(inNetworks([])('203.0.113.200')).toBe(false);
});
