/** On every response, static files included. */
export const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  // For all that no browser shows as a page; pages have a policy of their own in its place.
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'X-Frame-Options': 'DENY',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), microphone=(), geolocation=(), browsing-topics=()',
};

export const HSTS_SCOPES = ['host', 'subdomains', 'preload'] as const;
type HstsScope = (typeof HSTS_SCOPES)[number];

/** For how far HTTPS is demanded; more than this host only where the operator says that all of the domain has it. */
const MORE: Readonly<Record<HstsScope, string>> = {
  host: '',
  subdomains: '; includeSubDomains',
  preload: '; includeSubDomains; preload',
};

/** The same with the header that browsers heed over HTTPS alone. */
export const securityHeaders = (hsts: HstsScope): Readonly<Record<string, string>> => ({
  ...SECURITY_HEADERS,
  'Strict-Transport-Security': `max-age=31536000${MORE[hsts]}`,
});

/** The policy of pages. In development the framework's overlay needs `eval` and styles of its own. */
export function pagePolicy(nonce: string, development: boolean): string {
  return Object.entries({
    'default-src': "'none'",
    'script-src': `'nonce-${nonce}' 'strict-dynamic'${development ? " 'unsafe-eval'" : ''}`,
    'style-src': development ? "'self' 'unsafe-inline'" : `'self' 'nonce-${nonce}'`,
    'img-src': "'self' data: blob:",
    'font-src': "'self'",
    'connect-src': development ? "'self' ws:" : "'self'",
    'manifest-src': "'self'",
    'base-uri': "'none'",
    'form-action': "'self'",
    'frame-ancestors': "'none'",
    'object-src': "'none'",
  })
    .map(([directive, sources]) => `${directive} ${sources}`)
    .join('; ');
}
