import { z } from 'zod';
import { trimmedText } from '@/lib/sessions/text';

/** A passkey as it is stored. */
export interface Passkey {
  readonly name: string;
  readonly credentialId: string;
  readonly publicKey: string;
  readonly counter: number;
}

export const PASSKEYS_MAX = 20;
const PASSKEY_NAME_MAX = 64;

/** Bytes in base64url. WebAuthn's own texts are far shorter than this. */
const bytes = z
  .string()
  .max(20_000)
  .regex(/^[\w-]+$/, 'Send this in base64url');

const credential = {
  id: bytes,
  rawId: bytes,
  type: z.literal('public-key'),
  authenticatorAttachment: z.string().max(100).optional(),
  clientExtensionResults: z.looseObject({}).default({}),
};

/** What a browser answers to `navigator.credentials.get`, as its `toJSON` writes it. */
export const assertion = z.object({
  ...credential,
  response: z.object({
    clientDataJSON: bytes,
    authenticatorData: bytes,
    signature: bytes,
    userHandle: bytes.optional(),
  }),
});

/** The same for `navigator.credentials.create`. */
export const attestation = z.object({
  ...credential,
  response: z.object({
    clientDataJSON: bytes,
    attestationObject: bytes,
    transports: z.array(z.string().max(100)).max(20).optional(),
  }),
});

export type Assertion = z.infer<typeof assertion>;
export type Attestation = z.infer<typeof attestation>;

export const passkeySignInInput = z.object({ response: assertion });

/** `current`: the password of the person, if there is one. */
export const confirmInput = z.object({ current: z.string().max(1000).optional() });

export const newPasskeyInput = z.object({
  name: trimmedText.pipe(
    z
      .string()
      .min(1, 'Give the passkey a name')
      .max(PASSKEY_NAME_MAX, `The name may have at most ${String(PASSKEY_NAME_MAX)} characters`),
  ),
  response: attestation,
});
