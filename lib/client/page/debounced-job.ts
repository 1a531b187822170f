import { paced } from '@/lib/poll';
import { systemClock } from '@/lib/system-clock';

/** Something that is asked for often and done seldom. */
export interface Coalesced {
  ask(): void;
  end(): void;
}

/**
 * Does `job` once `ms` after it is asked for, however often, and never twice at once. What is asked for meanwhile is
 * done afterwards. `job` answers after how long it wants to be done again; null: when asked. One that rejects is told to
 * `onError`, and does not keep the next from being done.
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
