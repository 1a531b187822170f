import { isIP, isIPv6 } from 'node:net';

/** Where serve-app.mjs keeps the name of the header with the socket's address: random, so not forgeable. */
const SOCKET_HEADER = Symbol.for('ask-next.socket-header');

export function socketAddress(headers: Pick<Headers, 'get'>): string | null {
  const name = (globalThis as { [SOCKET_HEADER]?: string })[SOCKET_HEADER];
  return name === undefined ? null : headers.get(name);
}

/** True behind scripts/server/serve-app.mjs. */
export const isBehindServer = (): boolean => SOCKET_HEADER in globalThis;

/** What counts as one client: an IPv4 address, or an IPv6 /64, which is what one customer gets. */
export function networkOf(address: string | null): string {
  if (address === null) return 'unknown';
  return isIPv6(address) ? `${groupsOf(address).slice(0, 4).join(':')}::/64` : address;
}

/** An address without port, brackets and zone; null if invalid. An IPv4-mapped IPv6 address becomes IPv4. */
export function normalizedAddress(address: string | null): string | null {
  const bare = (address ?? '')
    .replace(/^\[(.+)\](:\d+)?$/, '$1')
    .replace(/%.*$/, '')
    .replace(/^(\d+(?:\.\d+){3}):\d+$/, '$1');
  if (!isIP(bare)) return null;
  return isIPv6(bare) ? (mappedIPv4(bare) ?? bare) : bare;
}

function mappedIPv4(address: string): string | null {
  const groups = groupsOf(address);
  if (groups.slice(0, 6).join(':') !== '0:0:0:0:0:ffff') return null;
  return groups
    .slice(6)
    .map((group) => Number.parseInt(group, 16))
    .flatMap((number) => [number >> 8, number & 255])
    .join('.');
}

/** The eight groups of an IPv6 address, without leading zeros. */
function groupsOf(address: string): string[] {
  // The URL parser normalizes IPv6 addresses to the shortest form.
  const short = new URL(`http://[${address}]`).hostname.slice(1, -1);
  const [left = '', right] = short.split('::');
  const groups = left.split(':').filter(Boolean);
  const tail = right?.split(':').filter(Boolean) ?? [];
  const zeros = right === undefined ? 0 : 8 - groups.length - tail.length;
  return [...groups, ...Array<string>(zeros).fill('0'), ...tail];
}
