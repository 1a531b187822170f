/** Not limited, and answered whoever asks. */
export const isHealthPath = (path: string): boolean => /^\/health(\/ready)?$/.test(path);

/** True for what programs read; every other address is a page, and its answer is for a browser to show. */
export const isDataPath = (path: string): boolean =>
  isHealthPath(path) || /^\/api(\/|$)/.test(path);
