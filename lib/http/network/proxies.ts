import type { TrustedProxies } from '@/lib/env/trusted-proxies';
import { normalizedAddress } from './client-address';
import { inNetworks } from './in-networks';

/** What trusted proxies report about a request. */
interface Forwarded {
  /** The client's, normalized; null if unknown. */
  readonly address: string | null;
  /** The number of trusted proxies; 0: the client may have forged the forwarded headers. */
  readonly hops: number;
}

type Headers = Pick<globalThis.Headers, 'get'>;

export const listOf = (header: string | null): string[] =>
  (header ?? '')
    .split(',')
    .map((entry) => entry.trim())
    .filter(Boolean);

/**
 * Each proxy appends its client's address to X-Forwarded-For, so only entries from trusted proxies count: a number from
 * the right, or as long as entries are in trusted networks. A client can forge the entries further left.
 */
export function forwardedBy(
  trusted: TrustedProxies,
): (headers: Headers, socket: string | null) => Forwarded {
  switch (trusted.by) {
    case 'count':
      return (headers, socket) => counted(listOf(headers.get('x-forwarded-for')), socket, trusted);
    case 'networks': {
      const isTrusted = inNetworks(trusted.networks);
      return (headers, socket) =>
        pastTrusted(listOf(headers.get('x-forwarded-for')), socket, isTrusted);
    }
    case 'header':
      return (headers, socket) => ({
        address: normalizedAddress(headers.get(trusted.name)) ?? normalizedAddress(socket),
        hops: 1,
      });
  }
}

function counted(chain: string[], socket: string | null, { count }: { count: number }): Forwarded {
  const client = count === 0 ? socket : (chain.at(-count) ?? chain[0] ?? null);
  return { address: normalizedAddress(client) ?? normalizedAddress(socket), hops: count };
}

function pastTrusted(
  chain: string[],
  socket: string | null,
  isTrusted: (address: string | null) => boolean,
): Forwarded {
  let address = normalizedAddress(socket);
  let hops = 0;
  while (isTrusted(address)) {
    hops += 1;
    const before = normalizedAddress(chain.at(-hops) ?? null);
    // The proxy is the client itself, or does not report one.
    if (before === null) break;
    address = before;
  }
  return { address, hops };
}

/** True when X-Forwarded-For has fewer entries than trusted proxies: then a client can forge its address. */
export function hasTooFewProxies(forwardedFor: string | null, trusted: TrustedProxies): boolean {
  const { length } = listOf(forwardedFor);
  return trusted.by === 'count' && length > 0 && length < trusted.count;
}
