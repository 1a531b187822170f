const LOOK_EVERY_MS = 2000;

export interface SilenceWatchdog {
  heard(): void;
  end(): void;
}

/** Uses wall-clock time, so that after a suspend old connections are detected at once. */
export function silenceWatchdog(ms: number, onSilence: () => void): SilenceWatchdog {
  let heardAt = Date.now();
  const timer = setInterval(
    () => {
      if (Date.now() - heardAt > ms) onSilence();
    },
    Math.min(LOOK_EVERY_MS, ms / 2),
  );
  return {
    heard() {
      heardAt = Date.now();
    },
    end() {
      clearInterval(timer);
    },
  };
}
