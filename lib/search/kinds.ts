/** What of a session a search finds. */
export const HIT_KINDS = ['message', 'title', 'memory'] as const;
export type HitKind = (typeof HIT_KINDS)[number];
