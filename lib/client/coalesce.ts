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
  let timer: ReturnType<typeof setTimeout> | undefined;
  let busy = false;
  let asked = false;
  let ended = false;

  const ask = (wait = ms) => {
    if (ended) return;
    asked ||= busy;
    if (!busy) timer ??= setTimeout(() => void run(), wait);
  };
  const run = async () => {
    timer = undefined;
    busy = true;
    let again: number | null = null;
    try {
      again = await job();
    } catch (thrown) {
      onError(thrown);
    }
    busy = false;
    const wasAsked = asked;
    asked = false;
    if (wasAsked) ask();
    else if (again !== null) ask(again);
  };
  return {
    ask: () => {
      ask();
    },
    end() {
      ended = true;
      clearTimeout(timer);
    },
  };
}
