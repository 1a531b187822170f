import { isIP } from 'node:net';

/** This server, as a passkey knows it: it works only at the host name where it was made. */
export interface RelyingParty {
  readonly id: string;
  readonly origin: string;
}

export const relyingParty = (origin: string): RelyingParty => ({
  id: new URL(origin).hostname,
  origin,
});

/**
 * Why browsers make no passkeys at this origin; null where they do. `insecure`: it is neither HTTPS nor this machine.
 * `address`: a passkey needs a host name.
 */
export function noPasskeysAt(origin: string): 'insecure' | 'address' | null {
  const { protocol, hostname } = new URL(origin);
  if (protocol !== 'https:' && !LOOPBACK.test(hostname)) return 'insecure';
  return isIP(hostname.replaceAll(/[[\]]/g, '')) === 0 ? null : 'address';
}

const LOOPBACK = /^(([\w-]+\.)*localhost|127(\.\d{1,3}){3}|\[::1\])$/;
