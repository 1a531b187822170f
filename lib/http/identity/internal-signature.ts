import 'server-only';
import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { principalSchema } from '@/lib/accounts/principal';
import { keyFor } from './cookies/secret';

const callerSchema = z.strictObject({
  principal: principalSchema,
  /** False for a visitor without a cookie or key: the owner is made up for this request. */
  known: z.boolean(),
  /** The client's network. */
  address: z.string().max(100),
});
const signedSchema = callerSchema.extend({ at: z.number() });

/** The caller, as the middleware identified it. */
export type Caller = Readonly<z.infer<typeof callerSchema>>;

/** The middleware sets it on the request that handlers see, and replaces what a client sent under this name. */
const HEADER = 'x-ask-caller';
const VALUE_MAX = 2048;
/** Clients choose request ids and may repeat them, so a signature expires. The way to the handler takes far less. */
const VALID_MS = 5 * 60_000;

/** HMAC that proves that the request with this id, by this caller, passed the middleware. */
const signatureOf = (requestId: string, signed: string): string =>
  createHmac('sha256', keyFor('signature')).update(`${requestId}\n${signed}`).digest('base64url');

/** Passes the caller on to the handler, signed. */
export function signRequest(headers: Headers, requestId: string, caller: Caller): void {
  const content: z.infer<typeof signedSchema> = { ...caller, at: Date.now() };
  const signed = Buffer.from(JSON.stringify(content)).toString('base64url');
  headers.set(HEADER, `${signatureOf(requestId, signed)}.${signed}`);
}

/** The caller that the middleware identified; null when the request bypassed it. */
export function verifiedCaller(headers: Pick<Headers, 'get'>, requestId: string): Caller | null {
  const value = headers.get(HEADER);
  if (value === null || value.length > VALUE_MAX) return null;
  const [signature = '', signed = '', ...more] = value.split('.');
  if (more.length > 0 || !isEqual(signature, signatureOf(requestId, signed))) return null;
  // Another version of this program may have signed something else.
  const content: unknown = JSON.parse(Buffer.from(signed, 'base64url').toString());
  const { success, data } = signedSchema.safeParse(content);
  if (!success || Math.abs(Date.now() - data.at) > VALID_MS) return null;
  const { at: _at, ...caller } = data;
  return caller;
}

function isEqual(actual: string, expected: string): boolean {
  const [one, other] = [Buffer.from(actual), Buffer.from(expected)];
  return one.length === other.length && timingSafeEqual(one, other);
}
