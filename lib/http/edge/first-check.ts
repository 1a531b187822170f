import 'server-only';
import { hostname } from 'node:os';
import { isAccessChosen } from '@/lib/accounts/access';
import { env, type Env } from '@/lib/env';
import { AppError, failureOf, statusOf } from '@/lib/errors';
import { publicFailure, type PublicFailure } from '@/lib/public-failure';
import { networkOf } from '@/lib/http/network/client-address';
import { failureFields } from '@/lib/http/response/failure-fields';
import { inNetworks } from '@/lib/http/network/in-networks';
import { ownHosts, readHost } from '@/lib/http/network/own-hosts';
import { forwardedRequest } from '@/lib/http/network/forwarded-request';
import { directionOf } from '@/lib/texts/languages';
import { apiSentence } from '@/lib/texts/api-errors';
import { personSentence } from '@/lib/texts/person-sentence';
import { translationFor } from '@/lib/http/identity/asked-language';

type RequestHeaders = Pick<Headers, 'get'>;

function open(configuration: Env) {
  const isOwn = ownHosts(configuration, hostname());
  const isBlocked = inNetworks(configuration.BLOCKED_ADDRESSES);
  const isForeign = (name: string | null) => name !== null && !isOwn(readHost(name)?.name ?? '');

  return (headers: RequestHeaders, isRelayed: boolean): void => {
    const { address, host } = forwardedRequest(headers);
    if (isBlocked(address)) throw blocked();
    // Listening on this machine alone was no choice: a proxy on it lets others in.
    if (isRelayed && !isAccessChosen(configuration))
      throw new AppError({ kind: 'unavailable', reason: 'access' });
    // The Host that a proxy sends must be an allowed name too.
    if (isForeign(headers.get('host')) || isForeign(host)) throw misdirected();
  };
}

let opened: ReturnType<typeof open> | undefined;

/**
 * The first check of every request. Throws `forbidden` for a blocked address, `misdirected` for a Host that is not this
 * server's, and `unavailable` for one that a proxy passes on (`isRelayed`) before the operator chose who may use it.
 */
export function firstCheck(headers: RequestHeaders, isRelayed = false): void {
  (opened ??= open(env()))(headers, isRelayed);
}

/** The same for scripts/server/serve-app.mjs, which sends the response itself; null: allowed. */
export function firstRefusal(headers: RequestHeaders, isRelayed: boolean): Refusal | null {
  try {
    firstCheck(headers, isRelayed);
    return null;
  } catch (thrown) {
    const failure = failureOf(thrown);
    const translation = translationFor(headers);
    return {
      status: statusOf(failure),
      failure: { ...publicFailure(failure), error: apiSentence(failure, translation) },
      language: translation.language,
      direction: directionOf(translation.language),
      sentence: personSentence(translation, publicFailure(failure)),
      fields: failureFields(thrown),
    };
  }
}

interface Refusal {
  readonly status: number;
  /** For programs. */
  readonly failure: PublicFailure;
  /** For people. */
  readonly sentence: string;
  readonly language: string;
  readonly direction: 'ltr' | 'rtl';
  readonly fields: object;
}

/** The client's network, as it is counted and logged. */
export const networkOfRequest = (headers: RequestHeaders): string =>
  networkOf(forwardedRequest(headers).address);

const blocked = (): AppError => new AppError({ kind: 'forbidden', reason: 'blocked' });

const misdirected = (): AppError => new AppError({ kind: 'misdirected' });
