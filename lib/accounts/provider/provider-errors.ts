import { AppError, causesOf } from '@/lib/errors';

/** Codes of `openid-client` for an answer of the provider that failed validation. */
const NOT_BELIEVED =
  /^OAUTH_(AUTHORIZATION_RESPONSE_ERROR|INVALID_RESPONSE|JWT_\w+|JSON_ATTRIBUTE_COMPARISON_FAILED|KEY_SELECTION_FAILED)$/;

/** True where the provider did not confirm who signed in, false where it could not be asked. */
export function isRefusal(thrown: unknown): boolean {
  if (thrown instanceof AppError) return thrown.failure.kind === 'unauthenticated';
  const code = fieldOf(thrown, 'code');
  return NOT_BELIEVED.test(code) || fieldOf(thrown, 'error') === 'invalid_grant';
}

/** For the log: with the provider's own code, such as `invalid_client`, but none of its sentences. */
export function reasonOf(thrown: unknown): string {
  const error = fieldOf(thrown, 'error') || challengeOf(thrown);
  return /^[\w.-]{1,64}$/.test(error) ? `${causesOf(thrown)} (${error})` : causesOf(thrown);
}

/** Who is refused as a client gets the code in a `WWW-Authenticate` header. */
function challengeOf(thrown: unknown): string {
  const challenges: unknown = thrown instanceof Error ? thrown.cause : undefined;
  const [first] = Array.isArray(challenges) ? (challenges as unknown[]) : [];
  const { parameters } = (first ?? {}) as { parameters?: { error?: unknown } };
  return typeof parameters?.error === 'string' ? parameters.error : '';
}

function fieldOf(thrown: unknown, name: 'code' | 'error'): string {
  const value: unknown =
    thrown instanceof Error ? (thrown as { code?: unknown; error?: unknown })[name] : undefined;
  return typeof value === 'string' ? value : '';
}
