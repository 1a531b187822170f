const PLAIN = /^[\w.-]{1,128}$/;
/** What nothing is called. */
const UNKNOWN = '-';

/** Ids are short and plain. Anything else cannot be one, and a database need not see it: it is looked up as unknown. */
export const plainId = (id: string): string => (PLAIN.test(id) ? id : UNKNOWN);
