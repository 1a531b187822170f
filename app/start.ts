import 'server-only';
import { logAccess } from '@/lib/http/access-log';
import { services } from './composition';

const DRAIN_MS = 25_000;

/** What scripts/serve.mjs and the app leave for each other; under another server there is none of it. */
const shared = globalThis as Record<symbol, unknown>;

/**
 * Opens everything at once, so that a wrong configuration or database is said at start and not at the first
 * request, and leaves scripts/serve.mjs the ways to log a request and to end the process.
 */
export async function start(): Promise<void> {
  try {
    const { close } = await services();
    shared[Symbol.for('ask-next.log-access')] = logAccess;
    shared[Symbol.for('ask-next.shutdown')] = () => close(DRAIN_MS);
  } catch (cause) {
    // Next would write it down twice and serve on.
    const giveUp = shared[Symbol.for('ask-next.give-up')];
    if (typeof giveUp !== 'function') throw cause;
    giveUp(cause);
  }
}
