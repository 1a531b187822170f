import 'server-only';
import { createHmac, timingSafeEqual } from 'node:crypto';
import { keyFor } from './secret';
import { hostCookie } from './sign-in-cookie';
import type { BrowserAddress } from './owner-cookie';

/**
 * Marks a browser in which a person signed in to this account with its present password: its attempts are counted apart,
 * so that others who guess cannot lock the person out. It signs no one in.
 */
const cookie = hostCookie('ask_device');

/** The account that a browser is known for. */
interface Known {
  readonly login: string;
  /** The hash of its password: with a new one the marks of a thief end. Null without one. */
  readonly password: string | null;
}

const signatureOf = (id: string, { login, password }: Known): string =>
  createHmac('sha256', keyFor('device'))
    .update([id, login, password ?? ''].join('\n'))
    .digest('base64url');

/** The browser's id, if it is known for this account. */
export function knownDevice(
  cookies: string | null,
  account: Known,
  at: BrowserAddress,
): string | null {
  const value = cookie.read(cookies, at) ?? '';
  const [, id, signature] = /^([\da-f-]{36})\.([\w-]{43})$/.exec(value) ?? [];
  if (!id || !signature) return null;
  return timingSafeEqual(Buffer.from(signature), Buffer.from(signatureOf(id, account))) ? id : null;
}

export const writeDevice = (id: string, account: Known, at: BrowserAddress): string =>
  cookie.write(`${id}.${signatureOf(id, account)}`, at);
