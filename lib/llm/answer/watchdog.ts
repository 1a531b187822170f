/** Aborts its signal when nothing is heard of for too long. `end` aborts it too, so that nothing is left open. */
export interface Watchdog {
  readonly signal: AbortSignal;
  /** True when it was silence that aborted. */
  barked(): boolean;
  /** Starts the wait anew: the next sign of life is due within `ms`. */
  expect(ms: number): void;
  end(): void;
}

export function watchdog(ms: number): Watchdog {
  const controller = new AbortController();
  let barked = false;
  const bark = () => {
    barked = true;
    controller.abort();
  };
  let due = ms;
  let timer = setTimeout(bark, due);
  return {
    signal: controller.signal,
    barked: () => barked,
    expect(next) {
      if (next === due) {
        timer.refresh();
        return;
      }
      clearTimeout(timer);
      due = next;
      timer = setTimeout(bark, due);
    },
    end() {
      clearTimeout(timer);
      controller.abort();
    },
  };
}
