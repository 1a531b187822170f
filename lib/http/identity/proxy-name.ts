import 'server-only';
import { PROXY_NAME_MAX } from '@/lib/accounts/principal';
import type { Env } from '@/lib/env';
import { normalizedAddress, socketAddress } from '@/lib/http/network/client-address';
import { inNetworks } from '@/lib/http/network/in-networks';
import { log } from '@/lib/log';

type RequestHeaders = Pick<Headers, 'get'>;
type Named = Pick<Env, 'PROXY_USER_HEADER' | 'PROXY_USER_FROM'>;

const WARN_EVERY_MS = 60_000;

/**
 * Returns a function that reads by which name the proxy in front calls the person; null without one. Only the socket's
 * peer counts: what X-Forwarded-For says, a client may have written.
 */
export function proxyNames(
  { PROXY_USER_HEADER, PROXY_USER_FROM = [] }: Named,
  ticks: () => number,
) {
  const mayName = inNetworks(PROXY_USER_FROM);
  let warnedAt = -Infinity;
  return (headers: RequestHeaders): string | null => {
    const value = headers.get(PROXY_USER_HEADER);
    if (value === null) return null;
    if (mayName(normalizedAddress(socketAddress(headers)))) return readName(value);
    if (ticks() - warnedAt >= WARN_EVERY_MS) {
      warnedAt = ticks();
      log().warn({
        event: 'proxy.user_ignored',
        cause: `A sender outside of PROXY_USER_FROM sent ${PROXY_USER_HEADER}: a proxy that is not listed there, or an attempt to be someone else`,
      });
    }
    return null;
  };
}

/**
 * Case stays: to some proxies, Ada and ada are two people. Several headers arrive as one value, joined by a comma and a
 * space: one of them may be the client's own, so neither is used.
 */
export function readName(value: string): string | null {
  const name = decoded(value).normalize('NFC').trim();
  return name === '' || name.length > PROXY_NAME_MAX || name.includes(', ') ? null : name;
}

/** Node reads each byte of a header as a character. */
function decoded(value: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(value, 'latin1'));
  } catch {
    return value;
  }
}
