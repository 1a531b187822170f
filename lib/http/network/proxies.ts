import type { TrustedProxies } from '@/lib/settings/trusted-proxies';
import { oneSpelling } from './client-address';
import { inNetworks } from './in-networks';

/** What the proxies on a request's way say of it. */
interface Come {
  /** The client's, in one spelling; null when it is unknown. */
  readonly address: string | null;
  /** Through how many trusted proxies; 0: what its headers say of its way the client wrote itself. */
  readonly hops: number;
}

type Headers = Pick<globalThis.Headers, 'get'>;

export const listOf = (header: string | null): string[] =>
  (header ?? '')
    .split(',')
    .map((entry) => entry.trim())
    .filter(Boolean);

/**
 * Each proxy appends the address that it saw to X-Forwarded-For, so only what trusted ones appended is believed:
 * counted from the right, or as far as the entries are in trusted networks. What is further left the client may have
 * made up.
 */
export function comeThrough(
  trusted: TrustedProxies,
): (headers: Headers, socket: string | null) => Come {
  switch (trusted.by) {
    case 'count':
      return (headers, socket) => counted(listOf(headers.get('x-forwarded-for')), socket, trusted);
    case 'networks': {
      const isTrusted = inNetworks(trusted.networks);
      return (headers, socket) => walked(listOf(headers.get('x-forwarded-for')), socket, isTrusted);
    }
    case 'header':
      return (headers, socket) => ({
        address: oneSpelling(headers.get(trusted.name)) ?? oneSpelling(socket),
        hops: 1,
      });
  }
}

function counted(chain: string[], socket: string | null, { count }: { count: number }): Come {
  const seen = count === 0 ? socket : (chain.at(-count) ?? chain[0] ?? null);
  return { address: oneSpelling(seen) ?? oneSpelling(socket), hops: count };
}

function walked(
  chain: string[],
  socket: string | null,
  isTrusted: (address: string | null) => boolean,
): Come {
  let address = oneSpelling(socket);
  let hops = 0;
  while (isTrusted(address)) {
    hops += 1;
    const before = oneSpelling(chain.at(-hops) ?? null);
    // The proxy itself asks, or does not say for whom.
    if (before === null) break;
    address = before;
  }
  return { address, hops };
}

/** True when fewer proxies reported than are trusted: then the client can choose what is taken for its address. */
export function hasTooFewProxies(forwardedFor: string | null, trusted: TrustedProxies): boolean {
  const { length } = listOf(forwardedFor);
  return trusted.by === 'count' && length > 0 && length < trusted.count;
}
