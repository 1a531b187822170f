/** Aborts its signal on timeout. The caller must call `end`, which aborts too, so that no connection stays open. */
export interface Watchdog {
  readonly signal: AbortSignal;
  /** True after a timeout. */
  barked(): boolean;
  /** Restarts the timeout with `ms`. */
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
