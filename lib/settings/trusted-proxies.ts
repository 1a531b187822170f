import { readNetwork, type Network } from './networks';

/** Which proxies in front of the program are believed in what they say of a client. */
export type TrustedProxies =
  | { readonly by: 'count'; readonly count: number }
  | { readonly by: 'networks'; readonly networks: readonly Network[] }
  /** The header in which the platform names the client, whatever a client sent under that name. */
  | { readonly by: 'header'; readonly name: string };

const COUNT_MAX = 10;

/** Names for networks that everybody would otherwise look up. */
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
  // https://www.cloudflare.com/ips without 2a06:98c0::/29, from which anybody's Workers ask: they may say anything of
  // who stands before them.
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

/** Null for what is neither a number of proxies, nor networks and their names, nor `fly`. */
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
