import 'server-only';
import { headers } from 'next/headers';
import { cache } from 'react';
import { AppError } from '@/lib/errors';
import { callerThroughGate } from './gate';
import { REQUEST_ID_HEADER } from './request-id';

/** The visitor of the page that is rendered. Throws when the request did not come through the middleware. */
export const ownerOfPage = cache(async (): Promise<string> => {
  const request = await headers();
  const caller = callerThroughGate(request, request.get(REQUEST_ID_HEADER) ?? '');
  if (caller === null) throw new AppError({ kind: 'forbidden', message: 'Forbidden' });
  return caller.owner;
});
