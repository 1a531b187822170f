import { AppError } from '@/lib/errors';
import type { Assertion, Attestation, Passkey } from '../ways/passkey';
import type { StoredPasskey } from '../ways/way-store';
import type { RelyingParty } from './relying-party';

/** Loaded when it is first needed: it is large. */
const webauthn = () => import('@simplewebauthn/server');

/** EdDSA, ES256 and RS256, which all browsers have. Asking Node for more makes it print a warning. */
const ALGORITHMS = [-8, -7, -257];

export const unknownPasskey = (cause?: unknown): AppError =>
  new AppError({ kind: 'unauthenticated', reason: 'passkey' }, { cause });

/** What a browser needs to sign in with any passkey that it has for this server: no account is named. */
export async function assertionOptions({ id }: RelyingParty) {
  const { generateAuthenticationOptions } = await webauthn();
  return generateAuthenticationOptions({ rpID: id, userVerification: 'required' });
}

interface Owner {
  readonly id: string;
  readonly name: string;
  /** Passkeys that the person already has; the browser makes no second one on the same device. */
  readonly credentialIds: readonly string[];
}

export async function attestationOptions({ id }: RelyingParty, person: Owner) {
  const { generateRegistrationOptions } = await webauthn();
  return generateRegistrationOptions({
    rpName: 'Ask-Next',
    rpID: id,
    userID: new TextEncoder().encode(person.id),
    userName: person.name,
    userDisplayName: person.name,
    attestationType: 'none',
    supportedAlgorithmIDs: ALGORITHMS,
    excludeCredentials: person.credentialIds.map((credentialId) => ({ id: credentialId })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  });
}

/** The challenge that a browser says it answers; the signature proves it later. Empty for what cannot be read. */
export function challengeIn({ clientDataJSON }: { readonly clientDataJSON: string }): string {
  try {
    const data: unknown = JSON.parse(Buffer.from(clientDataJSON, 'base64url').toString());
    const challenge = (data as { challenge?: unknown } | null)?.challenge;
    return typeof challenge === 'string' ? challenge : '';
  } catch {
    return '';
  }
}

interface Answered<Response> {
  readonly party: RelyingParty;
  readonly challenge: string;
  readonly answer: Response;
}

/** The passkey's new count. Throws `unauthenticated` when the answer is not by this passkey, or not for this server. */
export async function checkAssertion(
  { party, challenge, answer }: Answered<Assertion>,
  { personId, credentialId, publicKey, counter }: StoredPasskey,
): Promise<number> {
  const { verifyAuthenticationResponse } = await webauthn();
  const { userHandle, ...response } = answer.response;
  if (userHandle !== Buffer.from(personId).toString('base64url')) throw unknownPasskey();
  try {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      ...expected(party, challenge),
      response: { ...plain(answer), response: { ...response, userHandle } },
      credential: {
        id: credentialId,
        publicKey: new Uint8Array(Buffer.from(publicKey, 'base64url')),
        counter,
      },
    });
    if (verified) return authenticationInfo.newCounter;
  } catch (cause) {
    throw unknownPasskey(cause);
  }
  throw unknownPasskey();
}

/** The passkey that a browser made. Throws `unauthenticated`. */
export async function checkAttestation({
  party,
  challenge,
  answer,
}: Answered<Attestation>): Promise<Omit<Passkey, 'name'>> {
  const { verifyRegistrationResponse } = await webauthn();
  const { clientDataJSON, attestationObject } = answer.response;
  try {
    const { verified, registrationInfo } = await verifyRegistrationResponse({
      ...expected(party, challenge),
      supportedAlgorithmIDs: ALGORITHMS,
      response: { ...plain(answer), response: { clientDataJSON, attestationObject } },
    });
    if (!verified) throw unknownPasskey();
    const { id, publicKey, counter } = registrationInfo.credential;
    return { credentialId: id, publicKey: Buffer.from(publicKey).toString('base64url'), counter };
  } catch (cause) {
    throw unknownPasskey(cause);
  }
}

const expected = ({ id, origin }: RelyingParty, challenge: string) => ({
  expectedChallenge: challenge,
  expectedOrigin: origin,
  expectedRPID: id,
  requireUserVerification: true,
});

const plain = ({ id, rawId, type }: Assertion | Attestation) => ({
  id,
  rawId,
  type,
  clientExtensionResults: {},
});
