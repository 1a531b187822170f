/** The session id in a path; null: none. */
export const sessionAt = (pathname: string): string | null =>
  /^\/s\/([^/]+)$/.exec(pathname)?.[1] ?? null;
