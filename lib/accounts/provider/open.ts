import { randomUUID } from 'node:crypto';
import type { Log } from '@/lib/ports/log';
import type { AccountStore } from '../account-store';
import type { WayStore } from '../ways/way-store';
import type { SignUp } from '../sign-up-policy';
import { newToken } from '../token';
import { openIdProvider } from './openid-provider';
import type { ProviderSettings } from './provider';
import { openProviderSignIn, type ProviderSignIn } from './provider-sign-in';

/** Signing in at a real provider, with real tokens and time. */
export const signInAtProvider = (
  stores: { readonly store: AccountStore; readonly ways: WayStore },
  settings: ProviderSettings,
  rules: { readonly signUp: () => SignUp; readonly isPrivate: boolean },
  log: Log,
): ProviderSignIn =>
  openProviderSignIn({
    ...stores,
    provider: openIdProvider(settings, log),
    newToken,
    newId: randomUUID,
    now: () => new Date(),
    ...rules,
  });
