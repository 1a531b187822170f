import { afterAll, beforeAll, expect, test } from 'vitest';
import { failureOf } from '@/lib/errors';
import type { LogFields } from '@/lib/ports/log';
import { startOpenIdProvider, type OpenIdProvider } from '@/tests/programs/sign-in/openid-provider';
import { openIdProvider } from './openid-provider';

const APP = 'https://chat.example.com';

let there: OpenIdProvider;
beforeAll(async () => {
  there = await startOpenIdProvider();
  there.allow(APP);
  there.setPerson('ada');
});
afterAll(() => there.close());

/** What the app says, and what it logs, of a sign-in with these settings. */
async function problemWith(settings: object) {
  const logged: LogFields[] = [];
  const warn = (fields: LogFields) => void logged.push(fields);
  const { issuer } = there;
  const client = { issuer, clientId: 'ask-next', clientSecret: 'wrong', name: undefined };
  const log = { debug: warn, info: warn, warn, error: warn };
  const provider = openIdProvider({ ...client, ...settings }, log);
  const signIn = async () => {
    const begun = await provider.begin(`${APP}/api/auth/oidc/callback`);
    return provider.finish(await there.signIn(begun.url), begun);
  };
  const failure = await signIn().then(() => null, failureOf);
  return [failure, logged.map(({ cause }) => cause)];
}

const unavailable = { kind: 'unavailable', reason: 'provider', retryAfterSeconds: 5 };

test('a provider that does not accept this server as a client is named in the log', async () => {
  const [failure, causes] = await problemWith({});
  expect(failure).toEqual(unavailable);
  expect(causes).toEqual([expect.stringMatching(/\(invalid_client\)$/)]);
});

test('an issuer that differs from what the provider says is refused before the redirect', async () => {
  const [failure, causes] = await problemWith({
    issuer: there.issuer.replace('127.0.0.1', 'localhost'),
  });
  expect(failure).toEqual(unavailable);
  expect(causes).toEqual([expect.stringContaining('does not match the expected issuer')]);
});
