import { expect, test } from 'vitest';
import { readEnv } from '@/lib/env';
import { networkOf } from './client-address';
import { forwardedBy, hasTooFewProxies } from './proxies';

const CLOUDFLARE = '104.22.17.40';
const NEAR = '10.21.157.68';

/** The client's address and the number of proxies for the variables, X-Forwarded-For and the socket's address. */
function come(
  variables: Record<string, string>,
  forwardedFor: string | null,
  socket: string | null,
  more: Record<string, string> = {},
) {
  const headers = new Headers(more);
  if (forwardedFor !== null) headers.set('X-Forwarded-For', forwardedFor);
  const { address, hops } = forwardedBy(readEnv(variables).TRUSTED_PROXIES)(headers, socket);
  return [address, hops];
}

test.each<[string, string | null, string | null, string | null, number]>([
  // No trusted proxies.
  ['0', '1.1.1.1', '9.9.9.9', '9.9.9.9', 0],
  ['0', null, null, null, 0],
  // A count: the client's entry, counted from the right.
  ['1', '6.6.6.6, 1.1.1.1', '9.9.9.9', '1.1.1.1', 1],
  ['2', '6.6.6.6, 1.1.1.1, 2.2.2.2', '9.9.9.9', '1.1.1.1', 2],
  ['3', '1.1.1.1', '9.9.9.9', '1.1.1.1', 3],
  ['1', '<script>', '9.9.9.9', '9.9.9.9', 1],
  ['1', '', '9.9.9.9', '9.9.9.9', 1],
  // Networks: as long as entries are trusted.
  ['10.0.0.0/8', '6.6.6.6, 1.1.1.1', NEAR, '1.1.1.1', 1],
  ['10.0.0.0/8', '6.6.6.6, 1.1.1.1', '9.9.9.9', '9.9.9.9', 0],
  ['10.0.0.0/8', '6.6.6.6, 1.1.1.1, 10.1.1.1', NEAR, '1.1.1.1', 2],
  ['10.0.0.0/8', null, NEAR, NEAR, 1],
  ['10.0.0.0/8', '<script>', NEAR, NEAR, 1],
  ['10.0.0.0/8', '6.6.6.6, unknown, 10.1.1.1', NEAR, '10.1.1.1', 2],
  ['10.0.0.0/8', '1.1.1.1', null, null, 0],
  ['::1, 2001:db8::/32', '1.1.1.1, 2001:DB8::5', '::1', '1.1.1.1', 2],
  ['loopback', '1.1.1.1', '::ffff:127.0.0.1', '1.1.1.1', 1],
  ['loopback', '1.1.1.1', NEAR, NEAR, 0],
  ['private', '1.1.1.1', 'fdaa::3', '1.1.1.1', 1],
  ['private', '1.1.1.1', '172.18.0.1', '1.1.1.1', 1],
  ['private, cloudflare', `6.6.6.6, 1.1.1.1, ${CLOUDFLARE}`, NEAR, '1.1.1.1', 2],
  ['private, cloudflare', `6.6.6.6, ${CLOUDFLARE}`, '9.9.9.9', '9.9.9.9', 0],
  // Anyone's Workers connect from there and can forge headers.
  ['cloudflare', '6.6.6.6, 2a06:98c0:3600::103', CLOUDFLARE, '2a06:98c0:3600::103', 1],
])('TRUSTED_PROXIES=%s: "%s" by %s is %s, through %i', (trusted, chain, socket, address, hops) => {
  expect(come({ TRUSTED_PROXIES: trusted }, chain, socket)).toEqual([address, hops]);
});

test.each<[string, Record<string, string>, string, string | null, Record<string, string>]>([
  ['Vercel', { VERCEL: '1' }, '1.1.1.1', null, {}],
  ['Render', { RENDER: 'true' }, `6.6.6.6, 1.1.1.1, ${CLOUDFLARE}`, NEAR, {}],
  ['Render, one hop more', { RENDER: 'true' }, `1.1.1.1, ${CLOUDFLARE}, 10.1.1.1`, NEAR, {}],
  [
    'Fly',
    { FLY_APP_NAME: 'chat' },
    '6.6.6.6, 1.1.1.1, 66.241.124.1',
    '172.19.0.2',
    { 'Fly-Client-IP': '1.1.1.1' },
  ],
  ['Heroku', { DYNO: 'web.1' }, '6.6.6.6, 1.1.1.1', NEAR, {}],
])('%s works without configuration', (_, variables, chain, socket, headers) => {
  expect(come(variables, chain, socket, headers)[0]).toBe('1.1.1.1');
  expect(come({ ...variables, TRUSTED_PROXIES: '0' }, chain, socket, headers)[0]).toBe(socket);
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
  const [client] = come({ TRUSTED_PROXIES: '1' }, address, null);
  expect(networkOf(client as string | null)).toBe(counted);
});

test('all unknown addresses count as one client', () => {
  expect(networkOf(null)).toBe('unknown');
});

test('fewer entries than trusted proxies are detected, but no entry at all is fine', () => {
  const by = (count: number) => ({ by: 'count', count }) as const;
  expect(hasTooFewProxies('6.6.6.6', by(2))).toBe(true);
  expect(hasTooFewProxies('6.6.6.6, 1.1.1.1', by(2))).toBe(false);
  expect(hasTooFewProxies(null, by(2))).toBe(false);
  expect(hasTooFewProxies('6.6.6.6', by(0))).toBe(false);
});

test.each([
  '-1',
  '11',
  'many',
  '10.0.0.0/33',
  '1,2',
  'private,elsewhere',
  'fly,private',
  '10.0.0/8',
])('TRUSTED_PROXIES=%s is refused', (TRUSTED_PROXIES) => {
  expect(() => readEnv({ TRUSTED_PROXIES })).toThrow('TRUSTED_PROXIES must be a number');
});

test('on a platform with an external proxy, the server listens on all addresses', () => {
  expect(readEnv({ RENDER: 'true' }).HOST).toBe('::');
  expect(readEnv({ RENDER: 'true', HOST: '127.0.0.1' }).HOST).toBe('127.0.0.1');
  expect(readEnv({ PORT: '10000', RENDER: '' }).HOST).toBe('127.0.0.1');
});
