import { isIP, isIPv6 } from 'node:net';

/** Where scripts/serve.mjs says under which header it wrote the socket's address: random, so nobody can forge it. */
const SOCKET_HEADER = Symbol.for('ask-next.socket-header');

export function socketAddress(headers: Headers): string | null {
  const name = (globalThis as { [SOCKET_HEADER]?: string })[SOCKET_HEADER];
  return name === undefined ? null : headers.get(name);
}

/**
 * The address that a request is counted for. Each trusted proxy appends the address it saw to X-Forwarded-For, so the client stands
 * that many places from the right; what is further left the client may have made up.
 */
export function clientAddress(
  forwardedFor: string | null,
  socket: string | null,
  trustedProxies: number,
): string {
  const chain = (forwardedFor ?? '').split(',').map((entry) => entry.trim());
  const seen = trustedProxies === 0 ? socket : (chain.at(-trustedProxies) ?? chain[0] ?? null);
  return normalise(seen) ?? normalise(socket) ?? 'unknown';
}

/** IPv4 as it is; IPv6 by its first 64 bits, which is what one customer gets. Null for what is no address. */
function normalise(address: string | null): string | null {
  const bare = (address ?? '').replace(/^\[(.+)\](:\d+)?$/, '$1').replace(/%.*$/, '');
  const mapped =
    /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(bare)?.[1] ??
    bare.replace(/^(\d+(?:\.\d+){3}):\d+$/, '$1');
  if (!isIP(mapped)) return null;
  return isIPv6(mapped) ? `${network64(mapped)}::/64` : mapped;
}

function network64(address: string): string {
  // The URL parser writes any IPv6 address in its one shortest form.
  const short = new URL(`http://[${address}]`).hostname.slice(1, -1);
  const [left = '', right] = short.split('::');
  const groups = left.split(':').filter(Boolean);
  const tail = right?.split(':').filter(Boolean) ?? [];
  const zeros = right === undefined ? 0 : 8 - groups.length - tail.length;
  return [...groups, ...Array<string>(zeros).fill('0'), ...tail].slice(0, 4).join(':');
}
