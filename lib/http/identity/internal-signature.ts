import 'server-only';
import { createHmac, timingSafeEqual } from 'node:crypto';
import { keyFor } from './secret';

/** Who asks, as the middleware found out. */
export interface Caller {
  readonly owner: string;
  /** False for a stranger, whose owner nobody will know again. */
  readonly known: boolean;
  /** The network that they ask from. */
  readonly address: string;
}

/** Set by the middleware on the request that handlers see; whatever a client sends under these names is replaced. */
const OWNER_HEADER = 'x-ask-owner';
const KNOWN_HEADER = 'x-ask-known';
const ADDRESS_HEADER = 'x-ask-address';
const GATE_HEADER = 'x-ask-gate';

/** What only the middleware can write: that this request, by this caller, went through it. */
const gateOf = (requestId: string, { owner, known, address }: Caller): string =>
  createHmac('sha256', keyFor('gate'))
    .update([requestId, owner, String(known), address].join('\n'))
    .digest('base64url');

/** Hands the caller on to the handler. */
export function passGate(headers: Headers, requestId: string, caller: Caller): void {
  headers.set(OWNER_HEADER, caller.owner);
  headers.set(KNOWN_HEADER, String(caller.known));
  headers.set(ADDRESS_HEADER, caller.address);
  headers.set(GATE_HEADER, gateOf(requestId, caller));
}

/** The caller that the middleware established; null when the request did not come through it. */
export function callerThroughGate(headers: Pick<Headers, 'get'>, requestId: string): Caller | null {
  const owner = headers.get(OWNER_HEADER);
  const address = headers.get(ADDRESS_HEADER);
  if (owner === null || address === null) return null;
  const caller = { owner, known: headers.get(KNOWN_HEADER) === 'true', address };
  const gate = Buffer.from(headers.get(GATE_HEADER) ?? '');
  const expected = Buffer.from(gateOf(requestId, caller));
  return gate.length === expected.length && timingSafeEqual(gate, expected) ? caller : null;
}
