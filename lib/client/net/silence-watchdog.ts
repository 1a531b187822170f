const LOOK_EVERY_MS = 2000;

export interface SilenceWatchdog {
  heard(): void;
  end(): void;
}

/** Goes by the clock on the wall, so that a machine that slept sees at once that its connections are old. */
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
