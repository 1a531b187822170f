import { createHash } from 'node:crypto';

/**
 * Every token of an owner begins with this, so that the cost of a search depends on the owner's texts alone. Two owners
 * may share a code: the queries check the owner too.
 */
export const ownerCode = (owner: string): string =>
  createHash('sha256').update(owner).digest('hex').slice(0, 5);

/** Marks tokens that are no words of a text, but say what it is. No word has these characters. */
export const roleToken = (role: string): string => `§${role}`;
export const modelToken = (model: string): string =>
  `¦${createHash('sha256').update(model).digest('hex').slice(0, 8)}`;
