/** The most sessions of one call: as many as a page of the list can show. */
export const BULK_MAX = 200;
