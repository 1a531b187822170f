import type { NextRequest } from 'next/server';
import { edge } from '@/lib/http/edge/middleware';

/** Node, not the edge runtime: it signs with the same secret and counts in the same process as the handlers. */
export const config = {
  runtime: 'nodejs',
  matcher: ['/((?!_next/static/|icon\\.svg$).*)'],
};

export const middleware = (request: NextRequest) => edge(request);
