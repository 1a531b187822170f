/** How people sign in. A link is none: it works once. */
export const WAYS = ['password', 'passkey', 'provider'] as const;
export type Way = (typeof WAYS)[number];
