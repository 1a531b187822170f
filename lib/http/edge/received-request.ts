import 'server-only';
import { keyFor } from '@/lib/http/identity/cookies/secret';
import { DOCTOR_HEADER, isDoctor } from '@/lib/http/identity/doctor-signature';
import { forwardedRequest } from '@/lib/http/network/forwarded-request';

type RequestHeaders = Pick<Headers, 'get'>;

/** A request of the doctor, as it arrived here. */
export interface ReceivedRequest {
  /** Who counts as its client. */
  readonly address: string | null;
  readonly protocol: string | null;
  /** Whether forwarded headers are believed. */
  readonly isProxied: boolean;
  /** X-Forwarded-For as it arrived. */
  readonly forwardedFor: string | null;
}

/** Null for a request that no doctor signed. */
export function receivedRequest(
  headers: RequestHeaders,
  forwardedFor: string | undefined,
): ReceivedRequest | null {
  if (!isDoctor(keyFor('doctor'), headers.get(DOCTOR_HEADER), Date.now())) return null;
  const { address, protocol, isProxied } = forwardedRequest(headers);
  return { address, protocol, isProxied, forwardedFor: forwardedFor ?? null };
}
