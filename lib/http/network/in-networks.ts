import { BlockList, isIPv6 } from 'node:net';
import type { Network } from '@/lib/env/networks';
import { normalizedAddress } from './client-address';

/** Length of the prefix of IPv4-mapped IPv6 addresses. */
const MAPPED_BITS = 96;

/** Returns a test of whether an address, normalized by `oneSpelling`, is in one of the networks. */
export function inNetworks(networks: readonly Network[]): (address: string | null) => boolean {
  if (networks.length === 0) return () => false;
  const list = new BlockList();
  for (const { address, length, family } of networks) {
    const plain = normalizedAddress(address) ?? address;
    if (family === 'ipv6' && !isIPv6(plain) && length >= MAPPED_BITS)
      list.addSubnet(plain, length - MAPPED_BITS, 'ipv4');
    else list.addSubnet(address, length, family);
  }
  return (address) => address !== null && list.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');
}
