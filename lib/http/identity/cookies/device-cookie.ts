import 'server-only';
import { createHmac, timingSafeEqual } from 'node:crypto';
import { keyFor } from './secret';
import { hostCookie } from './sign-in-cookie';
import type { Reached } from './owner-cookie';

/**
 * Marks a browser in which a person signed in to this account: its attempts are counted apart, so that others who guess
 * cannot lock its person out. It signs no one in.
 */
const cookie = hostCookie('ask_device');

const signatureOf = (id: string, login: string): string =>
  createHmac('sha256', keyFor('device')).update(`${id}\n${login}`).digest('base64url');

/** The browser's id, if it is known for this account. */
export function knownDevice(
  cookies: string | null,
  login: string,
  reached: Reached,
): string | null {
  const value = cookie.read(cookies, reached) ?? '';
  const [, id, signature] = /^([\da-f-]{36})\.([\w-]{43})$/.exec(value) ?? [];
  if (!id || !signature) return null;
  return timingSafeEqual(Buffer.from(signature), Buffer.from(signatureOf(id, login))) ? id : null;
}

export const writeDevice = (id: string, login: string, reached: Reached): string =>
  cookie.write(`${id}.${signatureOf(id, login)}`, reached);
