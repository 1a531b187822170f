import { isIP, isIPv6 } from 'node:net';

/** A CIDR block. */
export interface Network {
  readonly address: string;
  /** The prefix length in bits. */
  readonly length: number;
  readonly family: 'ipv4' | 'ipv6';
}

/** Parses CIDR, or an address as a network of one. Null for anything else. */
export function readNetwork(text: string): Network | null {
  const [address = '', prefix] = text.split('/');
  const longest = isIPv6(address) ? 128 : 32;
  const length = prefix === undefined ? longest : Number(prefix);
  if (!isIP(address) || !/^(\d{1,3})?$/.test(prefix ?? '') || length > longest) return null;
  return { address, length, family: isIPv6(address) ? 'ipv6' : 'ipv4' };
}
