import { vi } from 'vitest';

const { waitFor } = vi;
/** As long as `expect.poll` has (vitest.config.ts): Vitest has a setting for that one alone. */
const PATIENCE_MS = 10_000;

vi.waitFor = (callback, options = PATIENCE_MS) => waitFor(callback, options);
