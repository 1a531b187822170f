import 'server-only';
import { logAccess } from '@/lib/http/response/access-log';
import { logProxies } from '@/lib/http/edge/log-proxies';
import { logPages } from '@/lib/http/edge/page-lines';
import { networkOfRequest, firstRefusal } from '@/lib/http/edge/first-check';
import { receivedRequest } from '@/lib/http/edge/received-request';
import { shareSignIns } from '@/lib/http/identity/signed-in';
import { shareKeys } from '@/lib/http/keys/stored-key';
import { forwardedRequest } from '@/lib/http/network/forwarded-request';
import { addressFields } from '@/lib/http/identity/principal-fields';
import { services, type Services } from './composition';

/** What scripts/server/serve-app.mjs waits for; absent under other servers. */
interface Opened {
  /** `notice`: printed when the server is ready. */
  resolve(
    app: Pick<Services, 'drain' | 'close'> & typeof forServer & { notice: string | null },
  ): void;
  reject(cause: unknown): void;
}
const forServer = {
  logAccess,
  firstRefusal,
  receivedRequest,
  logProxies,
  isProxied: (headers: Pick<Headers, 'get'>) => forwardedRequest(headers).isProxied,
  addressFields: (headers: Pick<Headers, 'get'>) => addressFields(networkOfRequest(headers)),
};
const OPENED = Symbol.for('ask-next.opened');

/** Not in the log, which others may read. */
const firstAccount = (token: string): string =>
  `There is no account yet. Open /sign-up#${token} on this server to create the operator's (works once, for seven days).`;

/** Opens all services, so that an invalid configuration or database fails at start and not at the first request. */
export async function start(): Promise<void> {
  const server = (globalThis as { [OPENED]?: Opened })[OPENED];
  if (!server) logPages();
  shareSignIns(async () => (await services()).store.accounts.signIns);
  shareKeys(async () => (await services()).store.keys);
  try {
    const { accounts, drain, close } = await services();
    const token = (await accounts?.firstLink()) ?? null;
    if (token !== null && !server) process.stdout.write(`${firstAccount(token)}\n`);
    server?.resolve({ ...forServer, drain, close, notice: token && firstAccount(token) });
  } catch (cause) {
    if (!server) throw cause;
    // The server exits with one line; Next would log the error twice, with stacks, and keep serving.
    server.reject(cause);
  }
}
