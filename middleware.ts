import type { NextRequest } from 'next/server';
import { handleRequest } from '@/lib/http/edge/middleware';

/** Node, not the edge runtime: it shares the handlers' secret, and counts in their process. */
export const config = {
  runtime: 'nodejs',
  matcher: ['/((?!_next/static/|icon\\.svg$).*)'],
};

export const middleware = (request: NextRequest) => handleRequest(request);
