import { securityHeaders } from '../../lib/http/headers/security-headers.ts';
import { unquoted } from '../../lib/settings/unquoted.ts';

/** On every answer, whoever gives it. lib/env.ts refuses a wrong word. */
export const CONSTANT_HEADERS = securityHeaders(unquoted(process.env.HSTS ?? '') || 'host');
