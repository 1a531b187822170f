import 'server-only';
import { services } from './composition';

const DRAIN_MS = 25_000;

/**
 * Opens everything at once, so that a wrong configuration or database is said at start and not at the first
 * request, and leaves scripts/serve.mjs the way to end it.
 */
export async function start(): Promise<void> {
  const { close } = await services();
  Object.assign(globalThis, { [Symbol.for('ask-next.shutdown')]: () => close(DRAIN_MS) });
}
