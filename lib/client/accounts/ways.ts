import { requestJson, type CallResult } from '@/lib/client/net/call';
import { localProblem } from '@/lib/client/net/problem';

/** Where a browser begins to sign in at the provider, without a script too. */
export const providerPath = (next: string): string =>
  next === '/' ? '/api/auth/oidc' : `/api/auth/oidc?next=${encodeURIComponent(next)}`;

/** The same with an invitation, or to connect an account there. Returns the address at the provider. */
export const beginAtProvider = (body: {
  readonly next: string;
  readonly link?: string;
  readonly connect?: boolean;
  readonly current?: string;
}) => requestJson<{ next: string }>('/api/auth/oidc', { method: 'POST', body });

export const disconnectProvider = () => requestJson<null>('/api/auth/oidc', { method: 'DELETE' });

export const removePasskey = (id: string) =>
  requestJson<null>(`/api/auth/passkeys/${encodeURIComponent(id)}`, { method: 'DELETE' });

/** Loaded when a passkey is used. */
const webauthn = () => import('@simplewebauthn/browser');
type WebAuthn = Awaited<ReturnType<typeof webauthn>>;
type RequestOptions = Parameters<WebAuthn['startAuthentication']>[0]['optionsJSON'];
type CreationOptions = Parameters<WebAuthn['startRegistration']>[0]['optionsJSON'];

/** Signs in with a passkey of this device. Returns the path to go to. */
export async function signInWithPasskey(next: string): Promise<CallResult<{ next: string }>> {
  const optionsJSON = await requestJson<RequestOptions>('/api/auth/passkeys/challenge', {
    method: 'POST',
  });
  if (!optionsJSON.ok) return optionsJSON;
  const used = await orProblem(async () =>
    (await webauthn()).startAuthentication({ optionsJSON: optionsJSON.value }),
  );
  if (!used.ok) return used;
  return requestJson('/api/auth/passkeys/sign-in', {
    method: 'POST',
    body: { response: used.value, next },
  });
}

/** Makes a passkey for the person who is signed in. `current`: the password, if there is one. */
export async function addPasskey(name: string, current: string): Promise<CallResult<object>> {
  const optionsJSON = await requestJson<CreationOptions>('/api/auth/passkeys/registration', {
    method: 'POST',
    body: { current },
  });
  if (!optionsJSON.ok) return optionsJSON;
  const made = await orProblem(async () =>
    (await webauthn()).startRegistration({ optionsJSON: optionsJSON.value }),
  );
  if (!made.ok) return made;
  return requestJson('/api/auth/passkeys', {
    method: 'POST',
    body: { name, response: made.value },
  });
}

/** Browsers do not say whether the person declined, took too long, or has no passkey. */
async function orProblem<Value>(use: () => Promise<Value>): Promise<CallResult<Value>> {
  try {
    return { ok: true, value: await use(), rate: null };
  } catch (thrown) {
    const isKnown = thrown instanceof Error && thrown.name === 'InvalidStateError';
    const problem = localProblem(isKnown ? 'passkey-here' : 'passkey-unused');
    return { ok: false, problem, rate: null };
  }
}
