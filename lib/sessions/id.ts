const PLAIN = /^[\w.-]{1,128}$/;
/** An id that is never assigned. */
const UNKNOWN = '-';

/** Replaces anything that cannot be an id, so that databases only see short, plain ids and find nothing. */
export const plainId = (id: string): string => (PLAIN.test(id) ? id : UNKNOWN);
