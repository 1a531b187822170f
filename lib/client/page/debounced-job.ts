import { poll } from '@/lib/poll';
import { systemClock } from '@/lib/system-clock';

/** A debounced job. */
export interface DebouncedJob {
  request(): void;
  end(): void;
}

/**
 * Debounces `job`: runs it once, `ms` milliseconds after the first request, never concurrently; requests during a run
 * cause one more. `job` returns after how many milliseconds to run again, or null. If it rejects, `onError` is called
 * and later requests still run.
 */
export function debouncedJob(
  job: () => Promise<number | null>,
  ms: number,
  onError: (thrown: unknown) => void,
): DebouncedJob {
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
  const arrange = poll(systemClock, () => (ended ? null : wait), run);

  return {
    request() {
      wait ??= ms;
      arrange();
    },
    end() {
      ended = true;
      arrange();
    },
  };
}
