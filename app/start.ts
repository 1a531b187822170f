import 'server-only';
import { logAccess } from '@/lib/http/access-log';
import { services } from './composition';

const DRAIN_MS = 25_000;

/**
 * Opens everything at once, so that a wrong configuration or database is said at start and not at the first
 * request, and leaves scripts/serve.mjs the ways to log a request and to end the process.
 */
export async function start(): Promise<void> {
  const { close } = await services();
  Object.assign(globalThis, {
    [Symbol.for('ask-next.log-access')]: logAccess,
    [Symbol.for('ask-next.shutdown')]: () => close(DRAIN_MS),
  });
}
