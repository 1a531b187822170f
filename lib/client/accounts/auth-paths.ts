import { AUTH_CALLS } from './api';

/** True for the pages around signing in: they have no sidebar and no feed of changes. */
export const isAuthPath = (pathname: string): boolean =>
  pathname === '/claim' || Object.hasOwn(AUTH_CALLS, pathname.slice(1));
