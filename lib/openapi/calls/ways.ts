import { z } from 'zod';
import { beginAtProviderInput } from '@/lib/accounts/provider/inputs';
import { confirmInput, newPasskeyInput, passkeySignInInput } from '@/lib/accounts/ways/passkey';
import { BODY, response, noContent, type Call, type Calls } from './call';
import { id, time } from './shapes';

const passkey = z
  .object({ id, name: z.string(), created_at: time, last_used_at: time.nullable() })
  .meta({ id: 'Passkey' });

/** As WebAuthn has them: for `parseRequestOptionsFromJSON` and `parseCreationOptionsFromJSON`. */
const options = z.looseObject({ challenge: z.string() });

const entered = response('The path to go to', z.object({ next: z.string() }));
const elsewhere = (description: string) => ({ status: 303, description });
/** `not-found`: with another `ACCESS` than `accounts`, or without a provider. */
const ANY: Call['failures'] = ['not-found'];

/** Signing in at a provider of OpenID Connect, and with passkeys. */
export const wayCalls: Calls = {
  '/api/auth/oidc': {
    get: {
      title: 'Sign in at the provider',
      description: 'For a browser. The problem that keeps it from that is shown by `/sign-in`.',
      query: z.object({ next: z.string().optional().describe('A path on this server') }),
      responses: [elsewhere('Sends the browser to the provider')],
      failures: ANY,
    },
    post: {
      title: 'Begin to sign in at the provider, or to connect an account there',
      body: beginAtProviderInput,
      bodyOptional: true,
      responses: [response('The address at the provider', z.object({ next: z.url() }))],
      failures: BODY,
    },
    delete: {
      title: 'Disconnect your account at the provider',
      responses: [noContent('Disconnected')],
      failures: ['not-found', 'conflict'],
    },
  },
  '/api/auth/oidc/callback': {
    get: {
      title: 'Come back from the provider',
      description:
        'Register this address at the provider. It works once, in the browser that began.',
      responses: [elsewhere('Signed in or connected; or a page that shows what went wrong')],
      failures: ANY,
    },
  },
  '/api/auth/passkeys/challenge': {
    post: {
      title: 'Begin to sign in with a passkey',
      responses: [response('What `navigator.credentials.get` needs', options)],
      failures: ANY,
    },
  },
  '/api/auth/passkeys/sign-in': {
    post: {
      title: 'Sign in with a passkey',
      body: passkeySignInInput.extend({
        next: z.string().optional().describe('A path on this server'),
      }),
      responses: [entered],
      failures: BODY,
    },
  },
  '/api/auth/passkeys/registration': {
    post: {
      title: 'Begin to add a passkey',
      body: confirmInput,
      bodyOptional: true,
      responses: [response('What `navigator.credentials.create` needs', options)],
      failures: BODY,
    },
  },
  '/api/auth/passkeys': {
    get: {
      title: 'List your passkeys',
      responses: [response('All of them', z.object({ passkeys: z.array(passkey) }))],
      failures: ANY,
    },
    post: {
      title: 'Add a passkey',
      body: newPasskeyInput,
      responses: [response('It was added', z.object({ id, name: z.string() }), { status: 201 })],
      failures: BODY,
    },
  },
  '/api/auth/passkeys/{id}': {
    delete: {
      title: 'Remove a passkey',
      responses: [noContent('Removed')],
      failures: ['not-found', 'conflict'],
    },
  },
};
