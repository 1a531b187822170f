/** The paths for signing in, making an account and opening a link. */
const PAGES = new Set(['/sign-in', '/sign-up', '/reset', '/device']);
const CALLS = new Set([
  '/api/auth/sign-in',
  '/api/auth/sign-up',
  '/api/auth/link',
  '/api/auth/oidc',
  '/api/auth/oidc/callback',
  '/api/auth/passkeys/challenge',
  '/api/auth/passkeys/sign-in',
]);

/** True for what works without signing in. Written exactly: any other spelling of a path needs a sign-in. */
export const isPublicPath = (path: string): boolean => PAGES.has(path) || CALLS.has(path);

/** Where a page redirects a person who is not signed in. */
export const signInPath = (wanted: string): string =>
  wanted === '/' ? '/sign-in' : `/sign-in?next=${encodeURIComponent(wanted)}`;
