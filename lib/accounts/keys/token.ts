import { createHash } from 'node:crypto';

/** Tells people and scanners for leaked secrets what it is. */
const PREFIX = 'ask_';
const BYTES = 32;

/** `random`: returns that many random bytes. */
export const newToken = (random: (bytes: number) => Buffer): string =>
  PREFIX + random(BYTES).toString('base64url');

export const isToken = (text: string): boolean => /^ask_[\w-]{43}$/.test(text);

/** What is stored. A plain hash is enough: 256 random bits cannot be guessed. */
export const hashOfToken = (token: string): string =>
  createHash('sha256').update(token).digest('hex');
