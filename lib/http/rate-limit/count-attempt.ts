import 'server-only';
import { createHash } from 'node:crypto';
import { countRequest } from './count-request';

interface Attempt {
  /** The client's network. */
  readonly address: string;
  /** The account that is tried; null for a link or a new account. */
  readonly login: string | null;
  /** The browser's id, if it is known for this account. */
  readonly device: string | null;
}

const hashed = (login: string): string => createHash('sha256').update(login).digest('base64url');

/**
 * Counts an attempt to sign in, by address and by account. One in a browser known for the account counts apart from these,
 * so that others cannot lock its person out. Throws `rate-limited`.
 */
export async function countAttempt({ address, login, device }: Attempt): Promise<void> {
  const count = (key: string) => countRequest('sign-in', key, new Headers());
  if (login !== null && device !== null) {
    await count(`device:${device}:${hashed(login)}`);
    // A client that signs in repeatedly without a cookie gets any number of known browsers.
    await count(`known-ip:${address}`);
    return;
  }
  await count(`ip:${address}`);
  if (login !== null) await count(`account:${hashed(login)}`);
}
