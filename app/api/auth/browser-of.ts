import type { Browser } from '@/lib/accounts/accounts';
import { deviceLabel } from '@/lib/accounts/device-label';
import { signInToken } from '@/lib/http/identity/cookies/sign-in-cookie';

/** The browser that a request signs in. */
export const browserOf = (request: Request): Browser => ({
  device: deviceLabel(request.headers.get('user-agent')),
  before: signInToken(request),
});
