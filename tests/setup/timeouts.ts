import { vi } from 'vitest';

const { waitFor } = vi;
/** The same timeout for `vi.waitFor` as for `expect.poll` in vitest.config.ts, since Vitest has no setting for it. */
const TIMEOUT_MS = 50_000;

vi.waitFor = (callback, options = TIMEOUT_MS) => waitFor(callback, options);
