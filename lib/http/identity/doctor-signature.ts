import { createHmac, timingSafeEqual, type KeyObject } from 'node:crypto';

/** With this header the doctor asks a server how its proxy forwards requests. */
export const DOCTOR_HEADER = 'x-ask-doctor';

const VALID_MS = 5 * 60_000;

/** Proves that the sender has the server's secret. */
export const doctorSignature = (key: KeyObject, now: number): string =>
  `${String(now)}.${createHmac('sha256', key).update(String(now)).digest('base64url')}`;

export function isDoctor(key: KeyObject, signature: string | null, now: number): boolean {
  const at = Number(signature?.split('.', 1)[0]);
  if (signature === null || !(Math.abs(now - at) <= VALID_MS)) return false;
  const [one, other] = [Buffer.from(signature), Buffer.from(doctorSignature(key, at))];
  return one.length === other.length && timingSafeEqual(one, other);
}
