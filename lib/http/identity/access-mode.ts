import 'server-only';
import { accessOf, type Access } from '@/lib/accounts/access';
import type { Env } from '@/lib/env';
import { AppError } from '@/lib/errors';
import { isBehindServer } from '@/lib/http/network/client-address';

/** Who may use this process. Throws `unavailable` where the operator must choose: only our own server refuses to start. */
export function accessMode(configuration: Env): Access {
  const access = accessOf(configuration, isBehindServer());
  if (access === null) throw new AppError({ kind: 'unavailable', reason: 'access' });
  return access;
}
