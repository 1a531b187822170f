import { AppError } from '@/lib/errors';
import type { Maker } from '../account-store';
import type { AccountStore } from '../account-store';
import type { Browser, SignInResult } from '../accounts';
import { signInBrowser, type SignInDeps } from '../sign-in-browser';
import { CHALLENGE_VALID_MS, hashOfChallenge, type ChallengeKind } from '../ways/challenge';
import type { Assertion, Attestation } from '../ways/passkey';
import type { WayStore } from '../ways/way-store';
import type { RelyingParty } from './relying-party';
import {
  assertionOptions,
  attestationOptions,
  challengeIn,
  checkAssertion,
  checkAttestation,
  unknownPasskey,
} from './webauthn';

interface Deps extends SignInDeps {
  readonly store: Pick<AccountStore, 'people' | 'signIns'>;
  readonly ways: Pick<WayStore, 'passkeys' | 'challenges'>;
}

/**
 * A registration or sign-in with a passkey. `browser`: the token in its cookie; an answer from another browser is
 * refused.
 */
interface Ceremony {
  readonly party: RelyingParty;
  readonly browser: string;
}

export interface Passkeys {
  /** The options for `navigator.credentials.get`; the same for every browser. */
  beginSignIn(ceremony: Ceremony): Promise<object>;
  /** Throws `unauthenticated`. */
  signIn(ceremony: Ceremony, answer: Assertion, browser: Browser): Promise<SignInResult>;
  /** The options for `navigator.credentials.create`. */
  beginNew(ceremony: Ceremony, personId: string): Promise<object>;
  /** Stores it and returns its id. `signIn`: the hash of the token of the browser's sign-in. Throws `unauthenticated` and `conflict`. */
  add(
    ceremony: Ceremony,
    by: Maker,
    made: { readonly name: string; readonly response: Attestation },
  ): Promise<string>;
}

/** A challenge can be answered once, within minutes, by the browser that got it. */
export function openPasskeys(deps: Deps): Passkeys {
  const { store, newId, now } = deps;
  const { passkeys } = deps.ways;
  return {
    async beginSignIn(ceremony) {
      const options = await assertionOptions(ceremony.party);
      await remember(deps, ceremony, {
        kind: 'passkey',
        challenge: options.challenge,
        personId: null,
      });
      return options;
    },
    async signIn(ceremony, answer, browser) {
      const challenge = await take(deps, ceremony, {
        kind: 'passkey',
        challenge: challengeIn(answer.response),
        personId: null,
      });
      const passkey = await passkeys.byCredential(answer.id);
      if (!passkey) throw unknownPasskey();
      const counter = await checkAssertion({ party: ceremony.party, challenge, answer }, passkey);
      return signInBrowser(deps, browser, async (signIn) => {
        await passkeys.enter(passkey, counter, signIn);
        return passkey.personId;
      });
    },
    async beginNew(ceremony, personId) {
      const [person, known] = await Promise.all([
        store.people.get(personId),
        passkeys.list(personId),
      ]);
      if (!person) throw new AppError({ kind: 'not-found', reason: 'person' });
      const credentialIds = known.map(({ credentialId }) => credentialId);
      const owner = { id: personId, name: person.name, credentialIds };
      const options = await attestationOptions(ceremony.party, owner);
      await remember(deps, ceremony, {
        kind: 'new-passkey',
        challenge: options.challenge,
        personId,
      });
      return options;
    },
    async add(ceremony, { personId, signIn }, { name, response: answer }) {
      const challenge = await take(deps, ceremony, {
        kind: 'new-passkey',
        challenge: challengeIn(answer.response),
        personId,
      });
      const made = await checkAttestation({ party: ceremony.party, challenge, answer });
      const id = newId();
      const by = { personId, signIn, now: now() };
      await passkeys.add({ id, name, ...made }, by);
      return id;
    },
  };
}

interface IssuedChallenge {
  readonly kind: ChallengeKind;
  readonly challenge: string;
  readonly personId: string | null;
}

async function remember(
  { ways, now }: Deps,
  { browser }: Ceremony,
  { kind, challenge, personId }: IssuedChallenge,
): Promise<void> {
  const endsAt = new Date(now().getTime() + CHALLENGE_VALID_MS);
  const hash = hashOfChallenge(browser, challenge);
  await ways.challenges.add({ hash, kind, personId, content: '', endsAt });
}

/** Returns the challenge that is answered. Throws `unauthenticated`. */
async function take(
  { ways, now }: Deps,
  { browser }: Ceremony,
  { kind, challenge, personId }: IssuedChallenge,
): Promise<string> {
  const hash = hashOfChallenge(browser, challenge);
  const taken = await ways.challenges.take(hash, [kind], now());
  if (taken?.personId !== personId)
    throw new AppError({ kind: 'unauthenticated', reason: 'sign-in-over' });
  return challenge;
}
