/** Health checks: no rate limit, no credentials. */
export const isHealthPath = (path: string): boolean => /^\/health(\/ready)?$/.test(path);

/** What monitors ask: it waits behind no other request. */
export const isMonitoringPath = (path: string): boolean =>
  isHealthPath(path) || path === '/metrics';

/** True for the API and health checks; every other path is a page for a browser. */
export const isApiPath = (path: string): boolean =>
  isMonitoringPath(path) || /^\/(api|v1)(\/|$)/.test(path) || path === '/openapi.json';

/**
 * True where the handler writes the access log, or none is needed (static files). The rest is logged from outside, such
 * as Next's redirects of paths with a trailing slash.
 */
export const isLoggedInside = (path: string): boolean =>
  (isApiPath(path) && !/\/(\/|$)/.test(path)) || path.startsWith('/_next/static/');
