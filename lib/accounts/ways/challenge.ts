import { createHash } from 'node:crypto';

/**
 * `provider`: signs in at the provider. `connect`: connects an account there. `passkey`: signs in with a passkey.
 * `new-passkey`: adds one.
 */
export const CHALLENGE_KINDS = ['provider', 'connect', 'passkey', 'new-passkey'] as const;
export type ChallengeKind = (typeof CHALLENGE_KINDS)[number];

/** Enough to find a security key, or to make an account at a provider first. */
export const CHALLENGE_VALID_MS = 10 * 60_000;

/** What is stored of a challenge: only the browser that was given it can answer it. `browser`: the token in its cookie. */
export const hashOfChallenge = (browser: string, challenge: string): string =>
  createHash('sha256').update(`${browser}\n${challenge}`).digest('base64url');
