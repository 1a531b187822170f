import type { HstsScope } from '@/lib/env/hsts';

/** On every response, static files included. */
export const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  // For everything but pages, which have `pagePolicy` instead.
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'X-Frame-Options': 'DENY',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), microphone=(), geolocation=(), browsing-topics=()',
};

/** More than this host only where the operator states that the whole domain has HTTPS. */
const MORE: Readonly<Record<HstsScope, string>> = {
  host: '',
  subdomains: '; includeSubDomains',
  preload: '; includeSubDomains; preload',
};

/** The same with HSTS, which browsers ignore over plain HTTP. */
export const securityHeaders = (hsts: HstsScope): Readonly<Record<string, string>> => ({
  ...SECURITY_HEADERS,
  'Strict-Transport-Security': `max-age=31536000${MORE[hsts]}`,
});

/** The Content-Security-Policy of pages. Next's overlay in development needs `eval` and inline styles. */
export function pagePolicy(nonce: string, development: boolean): string {
  return Object.entries({
    'default-src': "'none'",
    'script-src': `'nonce-${nonce}' 'strict-dynamic'${development ? " 'unsafe-eval'" : ''}`,
    'style-src': development ? "'self' 'unsafe-inline'" : `'self' 'nonce-${nonce}'`,
    'img-src': "'self' data: blob:",
    'font-src': "'self'",
    'connect-src': development ? "'self' ws:" : "'self'",
    'frame-src': "'self'",
    'manifest-src': "'self'",
    'worker-src': "'self'",
    'base-uri': "'none'",
    'form-action': "'self'",
    'frame-ancestors': "'none'",
    'object-src': "'none'",
  })
    .map(([directive, sources]) => `${directive} ${sources}`)
    .join('; ');
}

/**
 * The policy of the frame that draws diagrams (docs/decisions/057): of no origin, with its own files and styles, and
 * without a network.
 */
export const FRAME_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; sandbox allow-scripts";

/** The policy of the page that shows where the server cannot be reached, and of the worker that keeps it. */
export const OFFLINE_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
