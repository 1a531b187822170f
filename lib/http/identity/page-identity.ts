import 'server-only';
import { headers } from 'next/headers';
import { cache } from 'react';
import type { Principal } from '@/lib/accounts/principal';
import { AppError } from '@/lib/errors';
import { verifiedCaller } from './internal-signature';
import { REQUEST_ID_HEADER } from '@/lib/http/request/request-id';

/** Who asks for the page being rendered. Throws `forbidden` when the request bypassed the middleware. */
const callerOfPage = cache(async () => {
  const request = await headers();
  const requestId = request.get(REQUEST_ID_HEADER) ?? '';
  const caller = verifiedCaller(request, requestId);
  if (caller === null) throw new AppError({ kind: 'forbidden', reason: 'unsigned' });
  return { principal: caller.principal, requestId };
});

/**
 * Runs `read` for the principal of the page being rendered. A browser gets only the digest of an error, so the digest is
 * the request id.
 */
export async function readForPage<Value>(
  read: (principal: Principal) => Promise<Value>,
): Promise<Value> {
  const { principal, requestId } = await callerOfPage();
  try {
    return await read(principal);
  } catch (thrown) {
    if (thrown instanceof Error && !('digest' in thrown)) {
      Object.assign(thrown, { digest: requestId });
    }
    throw thrown;
  }
}
