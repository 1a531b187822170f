import { ENTRANCES } from './api';

/** True for the pages around signing in: they have no sidebar and no feed of changes. */
export const isEntrance = (pathname: string): boolean =>
  pathname === '/claim' || Object.hasOwn(ENTRANCES, pathname.slice(1));
