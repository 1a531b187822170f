import { SECURITY_HEADERS } from './lib/http/security-headers.ts';

/** Every static file carries the constant headers; all else gets them from the middleware. */
const staticHeaders = Object.entries(SECURITY_HEADERS).map(([key, value]) => ({ key, value }));

/** @type {import('next').NextConfig} */
const config = {
  poweredByHeader: false,
  reactStrictMode: true,
  serverExternalPackages: ['better-sqlite3', 'pg', 'ioredis', 'pino'],
  // The image optimiser fetches what a request names; nothing here needs it.
  images: { unoptimized: true },
  outputFileTracingIncludes: { '/**': ['./drizzle/**'] },
  experimental: {
    // Next reads a body before the middleware and cuts it here without a word. A little over the 64 KB that are
    // allowed, so that a cut body is always one that is refused.
    proxyClientMaxBodySize: '80kb',
  },
  headers: () =>
    Promise.resolve([
      { source: '/_next/static/:path*', headers: staticHeaders },
      { source: '/icon.svg', headers: staticHeaders },
    ]),
};

export default config;
