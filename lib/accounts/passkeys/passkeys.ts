import { AppError } from '@/lib/errors';
import type { Maker } from '../account-store';
import type { AccountStore } from '../account-store';
import type { Browser, SignInResult } from '../accounts';
import { enterBrowser, type Entering } from '../enter-browser';
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

interface Deps extends Entering {
  readonly store: Pick<AccountStore, 'people' | 'signIns'>;
  readonly ways: Pick<WayStore, 'passkeys' | 'challenges'>;
}

/** Who is asked. `browser`: the token in its cookie, without which an answer is not accepted. */
interface Asked {
  readonly party: RelyingParty;
  readonly browser: string;
}

export interface Passkeys {
  /** What a browser needs to sign in; the same for every browser. */
  beginSignIn(asked: Asked): Promise<object>;
  /** Throws `unauthenticated`. */
  signIn(asked: Asked, answer: Assertion, browser: Browser): Promise<SignInResult>;
  /** What a browser needs to make a passkey for a person. */
  beginNew(asked: Asked, personId: string): Promise<object>;
  /** Stores it and returns its id. `signIn`: the hash of the token of the browser's sign-in. Throws `unauthenticated` and `conflict`. */
  add(
    asked: Asked,
    by: Maker,
    made: { readonly name: string; readonly response: Attestation },
  ): Promise<string>;
}

/** Each challenge is answered once, soon, and in the browser that it was given to. */
export function openPasskeys(deps: Deps): Passkeys {
  const { store, newId, now } = deps;
  const { passkeys } = deps.ways;
  return {
    async beginSignIn(asked) {
      const options = await assertionOptions(asked.party);
      await remember(deps, asked, {
        kind: 'passkey',
        challenge: options.challenge,
        personId: null,
      });
      return options;
    },
    async signIn(asked, answer, browser) {
      const challenge = await take(deps, asked, {
        kind: 'passkey',
        challenge: challengeIn(answer.response),
        personId: null,
      });
      const known = await passkeys.byCredential(answer.id);
      if (!known) throw unknownPasskey();
      const counter = await checkAssertion({ party: asked.party, challenge, answer }, known);
      return enterBrowser(deps, browser, async (entering) => {
        await passkeys.enter(known, counter, entering);
        return known.personId;
      });
    },
    async beginNew(asked, personId) {
      const [person, known] = await Promise.all([
        store.people.get(personId),
        passkeys.list(personId),
      ]);
      if (!person) throw new AppError({ kind: 'not-found', reason: 'person' });
      const credentialIds = known.map(({ credentialId }) => credentialId);
      const owner = { id: personId, name: person.name, credentialIds };
      const options = await attestationOptions(asked.party, owner);
      await remember(deps, asked, {
        kind: 'new-passkey',
        challenge: options.challenge,
        personId,
      });
      return options;
    },
    async add(asked, { personId, signIn }, { name, response: answer }) {
      const challenge = await take(deps, asked, {
        kind: 'new-passkey',
        challenge: challengeIn(answer.response),
        personId,
      });
      const made = await checkAttestation({ party: asked.party, challenge, answer });
      const id = newId();
      const by = { personId, signIn, now: now() };
      await passkeys.add({ id, name, ...made }, by);
      return id;
    },
  };
}

interface Given {
  readonly kind: ChallengeKind;
  readonly challenge: string;
  readonly personId: string | null;
}

async function remember(
  { ways, now }: Deps,
  { browser }: Asked,
  { kind, challenge, personId }: Given,
): Promise<void> {
  const endsAt = new Date(now().getTime() + CHALLENGE_VALID_MS);
  const hash = hashOfChallenge(browser, challenge);
  await ways.challenges.add({ hash, kind, personId, content: '', endsAt });
}

/** Returns the challenge that is answered. Throws `unauthenticated`. */
async function take(
  { ways, now }: Deps,
  { browser }: Asked,
  { kind, challenge, personId }: Given,
): Promise<string> {
  const hash = hashOfChallenge(browser, challenge);
  const taken = await ways.challenges.take(hash, [kind], now());
  if (taken?.personId !== personId)
    throw new AppError({ kind: 'unauthenticated', reason: 'sign-in-over' });
  return challenge;
}
