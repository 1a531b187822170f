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

const header = (description: string, schema: object = text) => ({ description, schema });

export const RESPONSE_HEADERS: Readonly<Record<string, object>> = {
  'X-Request-ID': header('The id of the request, or of the turn that answers it'),
  'X-RateLimit-Limit': header('How many requests the fullest window allows', whole),
  'X-RateLimit-Remaining': header('How many are left', whole),
  'X-RateLimit-Reset': header('When it is reset, in seconds since 1970', whole),
  RateLimit: header('The same, as in the draft of the IETF'),
  'RateLimit-Policy': header('All windows'),
  'Retry-After': header('Seconds to wait before a retry', whole),
  'WWW-Authenticate': header('Bearer'),
  Link: header('The next page, as rel="next"'),
  'Content-Disposition': header('The name of the file'),
};
