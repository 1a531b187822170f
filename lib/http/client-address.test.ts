import { expect, test } from 'vitest';
import { clientAddress, hasTooFewProxies, networkOf } from './client-address';

test('without trusted proxies only the socket is believed', () => {
  expect(clientAddress('1.1.1.1', '9.9.9.9', 0)).toBe('9.9.9.9');
  expect(clientAddress(null, '9.9.9.9', 0)).toBe('9.9.9.9');
});

test('the client stands as many places from the right as there are trusted proxies', () => {
  expect(clientAddress('6.6.6.6, 1.1.1.1', '9.9.9.9', 1)).toBe('1.1.1.1');
  expect(clientAddress('6.6.6.6, 1.1.1.1, 2.2.2.2', '9.9.9.9', 2)).toBe('1.1.1.1');
  expect(clientAddress('1.1.1.1', '9.9.9.9', 3)).toBe('1.1.1.1');
});

test('what is no address falls back to the socket', () => {
  expect(clientAddress('<script>', '9.9.9.9', 1)).toBe('9.9.9.9');
  expect(clientAddress('', '9.9.9.9', 1)).toBe('9.9.9.9');
  expect(clientAddress(null, null, 0)).toBeNull();
  expect(networkOf(null)).toBe('unknown');
});

test.each([
  ['::ffff:1.2.3.4', '1.2.3.4'],
  ['::ffff:808:808', '8.8.8.8'],
  ['0:0:0:0:0:FFFF:0808:0808', '8.8.8.8'],
  ['[::FfFf:8.8.8.8]:443', '8.8.8.8'],
  ['::ffff:0:808:808', '0:0:0:0::/64'],
  ['1.2.3.4:5678', '1.2.3.4'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:db8:1:2::9', '2001:db8:1:2::/64'],
  ['[2001:DB8:1:2::9]:443', '2001:db8:1:2::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
])('%s counts as %s', (address, counted) => {
  expect(networkOf(clientAddress(address, null, 1))).toBe(counted);
});

test('fewer proxies than are trusted are noticed, nobody in front is not', () => {
  expect(hasTooFewProxies('6.6.6.6', 2)).toBe(true);
  expect(hasTooFewProxies('6.6.6.6, 1.1.1.1', 2)).toBe(false);
  expect(hasTooFewProxies(null, 2)).toBe(false);
  expect(hasTooFewProxies('6.6.6.6', 0)).toBe(false);
});
