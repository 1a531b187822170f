import { createHash, randomBytes } from 'node:crypto';

const BYTES = 32;

/** Of a sign-in or a link. 256 random bits cannot be guessed, so the hash needs no salt. */
export const newToken = (): string => randomBytes(BYTES).toString('base64url');

export const isToken = (text: string): boolean => /^[\w-]{43}$/.test(text);

/** Only the hash of a token is stored, so nobody can sign in with a stolen database or backup. */
export const hashOfToken = (token: string): string => sha256(token).digest('base64url');

/** The token of an API key. The prefix tells people and scanners for leaked secrets what it is. */
const KEY_PREFIX = 'ask_';

/** `random`: returns that many random bytes. */
export const newKeyToken = (random: (bytes: number) => Buffer): string =>
  KEY_PREFIX + random(BYTES).toString('base64url');

export const isKeyToken = (text: string): boolean => /^ask_[\w-]{43}$/.test(text);

/** What is stored of a key's token. */
export const hashOfKeyToken = (token: string): string => sha256(token).digest('hex');

const sha256 = (token: string) => createHash('sha256').update(token);
