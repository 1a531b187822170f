import { z } from 'zod';
import type { Browser, SignInResult } from '../accounts';
import { signInBrowser, type SignInDeps } from '../sign-in-browser';
import { loginOf } from '../person';
import type { SignUp } from '../sign-up-policy';
import { hashOfToken } from '../token';
import { CHALLENGE_VALID_MS, hashOfChallenge } from '../ways/challenge';
import type { WayStore } from '../ways/way-store';
import { AppError, failureOf, type Failure } from '@/lib/errors';
import type { Provider, SignedInThere } from './provider';
import { mayJoin, namesFrom } from './sign-in-policy';

interface Deps extends SignInDeps {
  readonly ways: Pick<WayStore, 'identities' | 'challenges'>;
  readonly provider: Provider;
  readonly signUp: () => SignUp;
  /** Whether the first account, the operator's, needs no link. */
  readonly isPrivate: boolean;
}

interface Beginning {
  /** The token in the browser's cookie, without which the answer is not accepted. */
  readonly browser: string;
  readonly redirectUri: string;
  /** Where to go then. */
  readonly next: string;
  /** An invitation's token. */
  readonly link?: string | undefined;
  /** The person who connects an account; null: a person signs in. */
  readonly personId: string | null;
}

/** `signedIn`: null where an account was connected, to the person who is signed in already. */
interface Finished {
  readonly signedIn: SignInResult | null;
  readonly next: string;
}

export interface ProviderSignIn {
  readonly issuer: string;
  readonly name: string;
  /** The address at the provider. */
  begin(beginning: Beginning): Promise<string>;
  /** Accepts each answer once, from the browser that began. `personId`: who is signed in there. */
  finish(
    answer: URL,
    from: { readonly browser: string; readonly personId: string | null },
    browser: Browser,
  ): Promise<Finished>;
}

const begunSchema = z.object({
  nonce: z.string(),
  verifier: z.string(),
  next: z.string(),
  invitation: z.string().nullable(),
});

/**
 * Signing in at a provider. A person is known by issuer and subject alone: an e-mail address never leads to an account
 * that exists, since names of accounts are not verified.
 */
export function openProviderSignIn(deps: Deps): ProviderSignIn {
  const { ways, provider, now } = deps;
  const { issuer, name } = provider;
  return {
    issuer,
    name,
    async begin({ browser, redirectUri, next, link, personId }) {
      const { url, state, secrets } = await provider.begin(redirectUri);
      const invitation = link === undefined ? null : hashOfToken(link);
      await ways.challenges.add({
        hash: hashOfChallenge(browser, state),
        kind: personId === null ? 'provider' : 'connect',
        personId,
        content: JSON.stringify({ ...secrets, next, invitation }),
        endsAt: new Date(now().getTime() + CHALLENGE_VALID_MS),
      });
      return url;
    },
    async finish(answer, from, browser) {
      const state = answer.searchParams.get('state') ?? '';
      const hash = hashOfChallenge(from.browser, state);
      const begun = await ways.challenges.take(hash, ['provider', 'connect'], now());
      if (!begun || (begun.kind === 'connect' && begun.personId !== from.personId))
        throw new AppError({ kind: 'unauthenticated', reason: 'sign-in-over' });
      const { next, invitation, ...secrets } = begunSchema.parse(JSON.parse(begun.content));
      const there = await provider.finish(answer, { state, secrets });
      if (begun.personId === null)
        return { signedIn: await enter(deps, there, invitation, browser), next };
      const by = {
        personId: begun.personId,
        signIn: hashOfToken(browser.before ?? ''),
        now: now(),
      };
      await ways.identities.connect({ issuer, subject: there.subject }, by);
      return { signedIn: null, next };
    },
  };
}

const enter = (
  deps: Deps,
  there: SignedInThere,
  invitation: string | null,
  browser: Browser,
): Promise<SignInResult> =>
  signInBrowser(deps, browser, async (signIn) => {
    const { ways, provider, newId, now, signUp, isPrivate } = deps;
    const identity = { issuer: provider.issuer, subject: there.subject };
    const personId = await ways.identities.enter(identity, signIn);
    if (personId !== null) return personId;
    const claims = await there.claims();
    const open = mayJoin(signUp(), claims);
    const id = newId();
    for (const name of namesFrom(claims, id)) {
      const person = { id, name, login: loginOf(name), password: null, invitation };
      const rules = { open, mayBeFirst: isPrivate, now: now() };
      try {
        return await ways.identities.join(identity, { ...person, ...rules }, signIn);
      } catch (thrown) {
        const failure = failureOf(thrown);
        if (isClosed(failure)) throw new AppError({ kind: 'forbidden', reason: 'not-connected' });
        if (!isTaken(failure)) throw thrown;
      }
    }
    throw new AppError({ kind: 'conflict', reason: 'name-taken' });
  });

const isTaken = (failure: Failure): boolean =>
  failure.kind === 'conflict' && failure.reason === 'name-taken';

/** Many have an account here already, with a password. */
const isClosed = (failure: Failure): boolean =>
  failure.kind === 'forbidden' && failure.reason === 'sign-up-closed';
