/** `updated`: last activity first; `created`: newest first; `title`: alphabetical, upper and lower case alike. */
export const SORTS = ['updated', 'created', 'title'] as const;
export type Sort = (typeof SORTS)[number];
