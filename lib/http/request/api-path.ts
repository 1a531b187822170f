/** Not limited, and answered whoever asks. */
export const isHealthPath = (path: string): boolean => /^\/health(\/ready)?$/.test(path);

/** True for what programs read; every other address is a page, and its answer is for a browser to show. */
export const isDataPath = (path: string): boolean =>
  isHealthPath(path) || /^\/api(\/|$)/.test(path);

/**
 * Handlers write a line of their own; how anything else ended can only be seen from outside, as where Next takes away a
 * slash too many. Files need none.
 */
export const isLoggedInside = (path: string): boolean =>
  (isDataPath(path) && !/\/(\/|$)/.test(path)) || path.startsWith('/_next/static/');
