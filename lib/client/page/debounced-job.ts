import { paced } from '@/lib/poll';
import { systemClock } from '@/lib/system-clock';

/** A debounced job. */
export interface Coalesced {
  ask(): void;
  end(): void;
}

/**
 * Debounces `job`: runs it once, `ms` milliseconds after the first request, never concurrently; requests during a run
 * cause one more. `job` returns after how many milliseconds to run again, or null. If it rejects, `onError` is called
 * and later requests still run.
 */
export function coalesce(
  job: () => Promise<number | null>,
  ms: number,
  onError: (thrown: unknown) => void,
): Coalesced {
  let wait: number | null = null;
  let ended = false;

  const run = async () => {
    wait = null;
    try {
      const again = await job();
      wait ??= again;
    } catch (thrown) {
      onError(thrown);
    }
  };
  const arrange = paced(systemClock, () => (ended ? null : wait), run);

  return {
    ask() {
      wait ??= ms;
      arrange();
    },
    end() {
      ended = true;
      arrange();
    },
  };
}
