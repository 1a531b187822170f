/** Aborts its signal on timeout. The caller must call `end`, which aborts too, so that no connection stays open. */
export interface Watchdog {
  readonly signal: AbortSignal;
  /** True after a timeout. */
  timedOut(): boolean;
  /** Restarts the timeout with `ms`. */
  restart(ms: number): void;
  end(): void;
}

export function watchdog(ms: number): Watchdog {
  const controller = new AbortController();
  let timedOut = false;
  const onTimeout = () => {
    timedOut = true;
    controller.abort();
  };
  let due = ms;
  let timer = setTimeout(onTimeout, due);
  return {
    signal: controller.signal,
    timedOut: () => timedOut,
    restart(next) {
      if (next === due) {
        timer.refresh();
        return;
      }
      clearTimeout(timer);
      due = next;
      timer = setTimeout(onTimeout, due);
    },
    end() {
      clearTimeout(timer);
      controller.abort();
    },
  };
}
