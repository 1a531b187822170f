import { SECURITY_HEADERS } from './lib/http/headers/security-headers.ts';

/**
 * Where another server stands before Next, files, redirects and what the framework refuses get these from it. Not the
 * policy, which is another for pages, nor Strict-Transport-Security, which is set where the program runs.
 */
const { 'Content-Security-Policy': policy, ...constant } = SECURITY_HEADERS;
const asHeaders = (headers) => Object.entries(headers).map(([key, value]) => ({ key, value }));
const filePolicy = asHeaders({ 'Content-Security-Policy': policy });

/** Where functions are made of the traces there is no disk, so no SQLite either. */
const hasDisk = !process.env.VERCEL;

/** What the tracer takes along and nothing loads in production. */
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
  serverExternalPackages: [...(hasDisk ? ['better-sqlite3'] : []), 'pg', 'ioredis', 'pino'],
  // The image optimiser fetches what a request names; nothing here needs it.
  images: { unoptimized: true },
  outputFileTracingIncludes: { '/**': [hasDisk ? './drizzle/**' : './drizzle/postgres/**'] },
  // What is excluded below is still taken along for the middleware and the instrumentation.
  turbopack: { resolveAlias: hasDisk ? {} : { 'better-sqlite3': false } },
  outputFileTracingExcludes: { '**': UNUSED },
  experimental: {
    // Next would keep answers of static routes beside the build, which may be on a disk that cannot be written.
    isrFlushToDisk: false,
    // A link pressed without a network waits for it; otherwise the browser's own error page takes the place of ours.
    useOffline: true,
    // Next reads a body before the middleware does and drops, without a word, the pieces that go over this. Pieces
    // are of 64 KB at most, so what is left of a cut body is still longer than any that is allowed (lib/http/request/body-max.ts).
    proxyClientMaxBodySize: '2mb',
  },
  headers: () =>
    Promise.resolve([
      { source: '/:path*', headers: asHeaders(constant) },
      { source: '/_next/static/:path*', headers: filePolicy },
      { source: '/icon.svg', headers: filePolicy },
    ]),
};

export default config;
