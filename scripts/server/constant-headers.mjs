import { securityHeaders } from '../../lib/http/headers/security-headers.ts';
import { unquoted } from '../../lib/env/unquoted.ts';

/** Headers of every response. lib/env.ts refuses an invalid HSTS. */
export const CONSTANT_HEADERS = securityHeaders(unquoted(process.env.HSTS ?? '') || 'host');
