import type { NextRequest } from 'next/server';
import { handleRequest } from '@/lib/http/edge/middleware';
import { areSignInsShared } from '@/lib/http/identity/signed-in';

/** Node, not the edge runtime: it shares the handlers' secret, and counts in their process. */
export const config = {
  runtime: 'nodejs',
  matcher: ['/((?!_next/static/|diagrams/|pwa/|icon\\.svg$).*)'],
};

export async function middleware(request: NextRequest) {
  // Vercel runs it as a function of its own, where app/start.ts has not opened the store.
  if (!areSignInsShared()) {
    const { openMiddlewareStore } = await import('./app/middleware-store');
    openMiddlewareStore();
  }
  return handleRequest(request);
}
