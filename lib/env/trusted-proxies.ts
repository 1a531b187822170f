import { readNetwork, type Network } from './networks';

/** The proxies whose forwarded headers are trusted. */
export type TrustedProxies =
  | { readonly by: 'count'; readonly count: number }
  | { readonly by: 'networks'; readonly networks: readonly Network[] }
  /** The header in which the platform sends the client's address, overwriting what a client sent. */
  | { readonly by: 'header'; readonly name: string };

const COUNT_MAX = 10;

/** Names for well-known networks. */
const NAMED: Readonly<Record<string, readonly string[] | undefined>> = {
  loopback: ['127.0.0.0/8', '::1'],
  private: [
    '127.0.0.0/8',
    '10.0.0.0/8',
    '172.16.0.0/12',
    '192.168.0.0/16',
    '100.64.0.0/10',
    '169.254.0.0/16',
    '::1',
    'fc00::/7',
    'fe80::/10',
  ],
  // https://www.cloudflare.com/ips without 2a06:98c0::/29: anyone's Workers connect from there and can forge headers.
  cloudflare: [
    '173.245.48.0/20',
    '103.21.244.0/22',
    '103.22.200.0/22',
    '103.31.4.0/22',
    '141.101.64.0/18',
    '108.162.192.0/18',
    '190.93.240.0/20',
    '188.114.96.0/20',
    '197.234.240.0/22',
    '198.41.128.0/17',
    '162.158.0.0/15',
    '104.16.0.0/13',
    '104.24.0.0/14',
    '172.64.0.0/13',
    '131.0.72.0/22',
    '2400:cb00::/32',
    '2606:4700::/32',
    '2803:f800::/32',
    '2405:b500::/32',
    '2405:8100::/32',
    '2c0f:f248::/32',
  ],
};

const networksOf = (written: readonly string[]): Network[] =>
  written.flatMap((text) => readNetwork(text) ?? []);

export const PRIVATE: readonly Network[] = networksOf(NAMED['private'] ?? []);

/**
 * Parses networks from which a proxy may name people: addresses, networks, `loopback` or `private`. Null for anything
 * else, `cloudflare` too: all of Cloudflare's customers connect from there.
 */
export function readProxyNetworks(text: string): readonly Network[] | null {
  const trusted = /cloudflare/i.test(text) ? null : readTrustedProxies(text);
  return trusted?.by === 'networks' ? trusted.networks : null;
}

/** Parses a number of proxies, a list of networks or their names, or `fly`. Null for anything else. */
export function readTrustedProxies(text: string): TrustedProxies | null {
  const words = text
    .toLowerCase()
    .split(',')
    .map((word) => word.trim())
    .filter(Boolean);
  const [first = ''] = words;
  if (words.length === 1 && first === 'fly') return { by: 'header', name: 'fly-client-ip' };
  if (words.length === 1 && /^\d{1,2}$/.test(first)) {
    const count = Number(first);
    return count <= COUNT_MAX ? { by: 'count', count } : null;
  }
  const written = words.flatMap((word) => NAMED[word] ?? [word]);
  const networks = networksOf(written);
  return networks.length > 0 && networks.length === written.length
    ? { by: 'networks', networks }
    : null;
}
