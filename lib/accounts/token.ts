import { createHash, randomBytes } from 'node:crypto';

/** 256 random bits: nobody guesses one, and its hash needs no salt. */
export const newToken = (): string => randomBytes(32).toString('base64url');

export const isToken = (text: string): boolean => /^[\w-]{43}$/.test(text);

/** What is stored of a token: who reads the database or a backup of it cannot sign in. */
export const hashOfToken = (token: string): string =>
  createHash('sha256').update(token).digest('base64url');
