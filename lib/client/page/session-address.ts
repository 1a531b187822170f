/** The session whose page is at a path; null: none. */
export const sessionAt = (pathname: string): string | null =>
  /^\/s\/([^/]+)$/.exec(pathname)?.[1] ?? null;
