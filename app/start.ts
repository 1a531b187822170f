import 'server-only';
import { logAccess } from '@/lib/http/response/access-log';
import { noteProxies } from '@/lib/http/edge/note-proxies';
import { logPages } from '@/lib/http/edge/page-lines';
import { networkOfRequest, refusalOf } from '@/lib/http/edge/screen';
import { wayOf } from '@/lib/http/network/way';
import { addressFields } from '@/lib/http/identity/who-fields';
import { services, type Services } from './composition';

/** What scripts/server/serve-app.mjs waits for. Under another server there is none. */
interface Opened {
  resolve(app: Pick<Services, 'drain' | 'close'> & typeof forServer): void;
  reject(cause: unknown): void;
}
const forServer = {
  logAccess,
  refusalOf,
  noteProxies,
  isProxied: (headers: Pick<Headers, 'get'>) => wayOf(headers).isProxied,
  addressFields: (headers: Pick<Headers, 'get'>) => addressFields(networkOfRequest(headers)),
};
const OPENED = Symbol.for('ask-next.opened');

/** Opens everything at once, so that a wrong configuration or database is said at start and not at the first request. */
export async function start(): Promise<void> {
  const server = (globalThis as { [OPENED]?: Opened })[OPENED];
  if (!server) logPages();
  try {
    const { drain, close } = await services();
    server?.resolve({ ...forServer, drain, close });
  } catch (cause) {
    if (!server) throw cause;
    // It ends the process with one sentence; Next would say it twice, with stacks, and serve on.
    server.reject(cause);
  }
}
