import 'server-only';
import { createHmac, timingSafeEqual } from 'node:crypto';
import { keyFor } from './secret';

/** Set by the middleware on the request that handlers see; whatever a client sends under these names is replaced. */
export const OWNER_HEADER = 'x-ask-owner';
export const GATE_HEADER = 'x-ask-gate';

/** What only the middleware can write: that this request, by this owner, went through it. */
export const gateOf = (requestId: string, owner: string): string =>
  createHmac('sha256', keyFor('gate')).update(`${requestId}\n${owner}`).digest('base64url');

/** The owner that the middleware established; null when the request did not come through it. */
export function ownerThroughGate(headers: Headers, requestId: string): string | null {
  const owner = headers.get(OWNER_HEADER);
  const gate = Buffer.from(headers.get(GATE_HEADER) ?? '');
  if (owner === null) return null;
  const expected = Buffer.from(gateOf(requestId, owner));
  return gate.length === expected.length && timingSafeEqual(gate, expected) ? owner : null;
}
