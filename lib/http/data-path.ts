/** True for what programs read; every other address is a page, and its answer is for a browser to show. */
export const isDataPath = (path: string): boolean => /^\/(api(\/.*)?|health(\/ready)?)$/.test(path);
