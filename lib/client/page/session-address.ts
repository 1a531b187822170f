/** The session id in a path; null: none. */
export const sessionAt = (pathname: string): string | null =>
  /^\/s\/([^/]+)$/.exec(pathname)?.[1] ?? null;

/** Whether a path is that of a chat, stored or not. */
export const isChatAt = (pathname: string): boolean =>
  pathname === '/' || pathname === '/temporary' || sessionAt(pathname) !== null;
