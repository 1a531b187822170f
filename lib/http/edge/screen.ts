import 'server-only';
import { hostname } from 'node:os';
import { env, type Env } from '@/lib/env';
import { AppError, failureOf, statusOf, tell, type ToldFailure } from '@/lib/errors';
import { networkOf } from '@/lib/http/network/client-address';
import { failureFields } from '@/lib/http/response/failure-fields';
import { inNetworks } from '@/lib/http/network/in-networks';
import { ownHosts, readHost } from '@/lib/http/network/own-hosts';
import { wayOf } from '@/lib/http/network/way';
import { apiSentence } from '@/lib/texts/api-errors';
import { failureSentence } from '@/lib/texts/failure-sentence';

type Asked = Pick<Headers, 'get'>;

function open(configuration: Env) {
  const isOwn = ownHosts(configuration, hostname());
  const isBlocked = inNetworks(configuration.BLOCKED_ADDRESSES);
  const isForeign = (name: string | null) => name !== null && !isOwn(readHost(name)?.name ?? '');

  return (headers: Asked): void => {
    const { address, host } = wayOf(headers);
    if (isBlocked(address)) throw blocked();
    // A proxy may call this server by a name of its own, which must be known too.
    if (isForeign(headers.get('host')) || isForeign(host)) throw misdirected();
  };
}

let opened: ((headers: Asked) => void) | undefined;

/**
 * What every request is asked before it costs anything. Throws `forbidden` for an address that is blocked, and
 * `misdirected` for a name that is not the program's own.
 */
export function screen(headers: Asked): void {
  (opened ??= open(env()))(headers);
}

/** The same for scripts/server/serve-app.mjs, which answers with it itself; null: nothing is wrong. */
export function refusalOf(headers: Asked): Refusal | null {
  try {
    screen(headers);
    return null;
  } catch (thrown) {
    const failure = failureOf(thrown);
    return {
      status: statusOf(failure),
      told: { ...tell(failure), error: apiSentence(failure) },
      sentence: failureSentence(tell(failure)),
      fields: failureFields(thrown),
    };
  }
}

interface Refusal {
  readonly status: number;
  /** For programs. */
  readonly told: ToldFailure;
  /** For people. */
  readonly sentence: string;
  readonly fields: object;
}

/** The network that a request comes from, as it is counted and logged. */
export const networkOfRequest = (headers: Asked): string => networkOf(wayOf(headers).address);

const blocked = (): AppError => new AppError({ kind: 'forbidden', reason: 'blocked' });

const misdirected = (): AppError => new AppError({ kind: 'misdirected' });
