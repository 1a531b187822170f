/** The longest body of a request, in bytes. */
export const BODY_MAX = 64 * 1024;
