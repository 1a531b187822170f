import 'server-only';
import { createHash, timingSafeEqual } from 'node:crypto';
import { env } from '@/lib/env';

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Whether an Authorization header has METRICS_TOKEN. Runs in constant time. */
export function isMetricsToken(authorization: string | null): boolean {
  const { METRICS_TOKEN } = env();
  const token = /^Bearer\s+(\S+)\s*$/i.exec(authorization ?? '')?.[1];
  if (METRICS_TOKEN === undefined || token === undefined) return false;
  return timingSafeEqual(digest(token), digest(METRICS_TOKEN));
}
