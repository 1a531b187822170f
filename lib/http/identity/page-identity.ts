import 'server-only';
import { headers } from 'next/headers';
import { cache } from 'react';
import { AppError } from '@/lib/errors';
import { verifiedCaller } from './internal-signature';
import { REQUEST_ID_HEADER } from '@/lib/http/request/request-id';

/** The visitor of the page being rendered. Throws `forbidden` when the request bypassed the middleware. */
const visitorOfPage = cache(async () => {
  const request = await headers();
  const requestId = request.get(REQUEST_ID_HEADER) ?? '';
  const caller = verifiedCaller(request, requestId);
  if (caller === null) throw new AppError({ kind: 'forbidden', reason: 'unsigned' });
  return { owner: caller.owner, requestId };
});

/**
 * Runs `read` for the visitor of the page being rendered. A browser gets only the digest of an error, so the digest is
 * the request id.
 */
export async function readForPage<Value>(read: (owner: string) => Promise<Value>): Promise<Value> {
  const { owner, requestId } = await visitorOfPage();
  try {
    return await read(owner);
  } catch (thrown) {
    if (thrown instanceof Error && !('digest' in thrown)) {
      Object.assign(thrown, { digest: requestId });
    }
    throw thrown;
  }
}
