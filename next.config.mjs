import {
  FRAME_POLICY,
  OFFLINE_POLICY,
  SECURITY_HEADERS,
} from './lib/http/headers/security-headers.ts';

/**
 * Under servers other than ours, files, redirects and Next's own errors get these headers from here. Not the
 * Content-Security-Policy, which differs for pages, nor HSTS, which is configured at run time.
 */
const { 'Content-Security-Policy': policy, ...constant } = SECURITY_HEADERS;
const asHeaders = (headers) => Object.entries(headers).map(([key, value]) => ({ key, value }));
const filePolicy = asHeaders({ 'Content-Security-Policy': policy });
/** The worker stands in a folder, and serves the whole origin. */
const offlinePolicy = asHeaders({
  'Content-Security-Policy': OFFLINE_POLICY,
  'Service-Worker-Allowed': '/',
});

/** The frame that draws diagrams has no origin, so it loads its files as a stranger would. */
const framePolicy = asHeaders({
  'Content-Security-Policy': FRAME_POLICY,
  'X-Frame-Options': 'SAMEORIGIN',
});
const frameFiles = asHeaders({
  'Access-Control-Allow-Origin': '*',
  'Cross-Origin-Resource-Policy': 'cross-origin',
});
const forever = asHeaders({ 'Cache-Control': 'public, max-age=31536000, immutable' });

/** Vercel's functions have no persistent disk, so no SQLite either. */
const hasDisk = !process.env.VERCEL;

/** Traced files that production never loads. */
const UNUSED = [
  'node_modules/{sharp,@img}/**',
  'node_modules/node-{linux,darwin,win,bin}-*/**',
  'node_modules/pino-pretty/**',
  '{data,tests,docs,test-results,coverage}/**',
  ...(hasDisk ? [] : ['drizzle/sqlite/**']),
];

/** @type {import('next').NextConfig} */
const config = {
  poweredByHeader: false,
  reactStrictMode: true,
  // `npm run check` checks the types of everything; a build would only repeat that.
  typescript: { ignoreBuildErrors: true },
  serverExternalPackages: [
    ...(hasDisk ? ['better-sqlite3'] : []),
    'pg',
    'ioredis',
    'pino',
    '@prometheus-io/client',
    '@opentelemetry/api',
    '@opentelemetry/sdk-trace',
    '@opentelemetry/exporter-trace-otlp-http',
    '@opentelemetry/resources',
  ],
  // The image optimizer fetches URLs that a request names; nothing here needs it.
  images: { unoptimized: true },
  outputFileTracingIncludes: { '/**': [hasDisk ? './drizzle/**' : './drizzle/postgres/**'] },
  // The excludes below do not apply to the middleware and the instrumentation.
  turbopack: { resolveAlias: hasDisk ? {} : { 'better-sqlite3': false } },
  outputFileTracingExcludes: { '**': UNUSED },
  experimental: {
    // Next would load the code of every page and route after each start, and the first requests would wait for it.
    preloadEntriesOnStart: false,
    // Nothing in production reads them, and they were four fifths of the build's size.
    turbopackSourceMaps: process.env.NODE_ENV === 'development',
    // Next would cache static routes beside the build, which may be on a read-only disk.
    isrFlushToDisk: false,
    // Offline, a link waits for the network; otherwise the browser would show its own error page.
    useOffline: true,
    // Next buffers the body before the middleware and silently drops chunks over this limit. Chunks are of 64 KB at
    // most, so a truncated body is still longer than any allowed one (lib/http/request/body-max.ts).
    proxyClientMaxBodySize: '34mb',
  },
  headers: () =>
    Promise.resolve([
      { source: '/:path*', headers: asHeaders(constant) },
      { source: '/_next/static/:path*', headers: filePolicy },
      { source: '/icon.svg', headers: filePolicy },
      { source: '/pwa/:path*', headers: offlinePolicy },
      { source: '/diagrams/:path*', headers: [...filePolicy, ...frameFiles] },
      { source: '/diagrams/:version/:path+', headers: forever },
      { source: '/diagrams/frame.html', headers: framePolicy },
    ]),
};

export default config;
