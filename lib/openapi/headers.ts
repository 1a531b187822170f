import type { RequestHeader } from './calls/call';

const text = { type: 'string' };
const whole = { type: 'integer', minimum: 0 };

export const REQUEST_HEADERS: Readonly<Record<RequestHeader, object>> = {
  'Idempotency-Key': {
    description: 'A retry with the same key within 24 hours is the same request',
    schema: { type: 'string', pattern: '^[\\x21-\\x7e]{1,255}$' },
  },
  'Last-Event-ID': {
    description: 'The id of the last frame received',
    schema: { type: 'string', pattern: '^\\d{1,12}$' },
  },
  'X-Ask-Session': { description: 'The session whose turn this is', schema: text },
};

const told = (description: string, schema: object = text) => ({ description, schema });

export const RESPONSE_HEADERS: Readonly<Record<string, object>> = {
  'X-Request-ID': told('The id of the request, or of the turn that answers it'),
  'X-RateLimit-Limit': told('How many requests the fullest window allows', whole),
  'X-RateLimit-Remaining': told('How many are left', whole),
  'X-RateLimit-Reset': told('When it is reset, in seconds since 1970', whole),
  RateLimit: told('The same, as in the draft of the IETF'),
  'RateLimit-Policy': told('All windows'),
  'Retry-After': told('Seconds to wait before a retry', whole),
  'WWW-Authenticate': told('Bearer'),
  Link: told('The next page, as rel="next"'),
  'Content-Disposition': told('The name of the file'),
};
