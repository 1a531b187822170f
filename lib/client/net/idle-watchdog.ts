const CHECK_EVERY_MS = 2000;

export interface IdleWatchdog {
  activity(): void;
  end(): void;
}

/** Uses wall-clock time, so that after a suspend old connections are detected at once. */
export function idleWatchdog(ms: number, onSilence: () => void): IdleWatchdog {
  let heardAt = Date.now();
  const timer = setInterval(
    () => {
      if (Date.now() - heardAt > ms) onSilence();
    },
    Math.min(CHECK_EVERY_MS, ms / 2),
  );
  return {
    activity() {
      heardAt = Date.now();
    },
    end() {
      clearInterval(timer);
    },
  };
}
